from odoo import fields, models
from odoo.orm.models import NO_ACCESS


class ChatwootMessage(models.Model):
    """One message of a conversation, whoever wrote it. Chatwoot's ids give the order."""

    _name = "chatwoot.message"
    _description = "Chatwoot message"
    _order = "message_id, id"
    _rec_name = "content"

    conversation_id = fields.Many2one(
        "chatwoot.conversation", required=True, index=True, ondelete="cascade"
    )
    chatwoot_account_id = fields.Many2one(
        related="conversation_id.chatwoot_account_id", store=True, index=True
    )
    company_id = fields.Many2one(related="conversation_id.company_id", store=True, index=True)
    message_id = fields.Integer(string="Number", required=True)
    author = fields.Selection(
        [
            ("customer", "Customer"),
            ("bot", "Assistant"),
            ("attendant", "Attendant"),
            ("system", "Automatic"),
        ],
        required=True,
    )
    author_name = fields.Char()
    private = fields.Boolean(string="Private note")
    content = fields.Text()
    attachments = fields.Json(
        groups=NO_ACCESS,
        help="Files beside the message, as contracts.Attachment. Whoever knows a file's address "
        "may open it, so that nobody is shown it.",
    )
    sent_at = fields.Datetime(required=True)
    automatic = fields.Boolean(string="Automatic reply", help="An auto-responder's e-mail.")
    passed_over = fields.Selection(
        [
            ("own_message", "Written by an assistant"),
            ("private_note", "Private note"),
            ("automation", "Written by an automation"),
            ("attendant", "Written by a person"),
            ("phone_echo", "Written by a person outside Chatwoot"),
            ("deleted", "Deleted before it was answered"),
            ("history", "From before the assistant joined"),
            ("seen_to", "Seen to by a person"),
        ],
        string="Not answered because",
        help="Why this message starts no turn of the assistant.",
    )
    delivery_error = fields.Char(help="What the channel answered when it refused the message.")
    turn_id = fields.Many2one(
        "chatwoot.turn",
        index=True,
        ondelete="set null",
        help="The last turn that took this customer message up.",
    )
    turn_ref = fields.Integer(help="Turn that sent this message, by the message's own mark.")
    part_ref = fields.Integer(help="Number of the part within that turn.")

    # What a customer picks in a message of ours has that message's number.
    _message_uniq = models.Constraint(
        "UNIQUE(chatwoot_account_id, message_id, author)", "This message is already known."
    )
    _waiting = models.Index("(conversation_id) WHERE turn_id IS NULL AND author = 'customer'")
