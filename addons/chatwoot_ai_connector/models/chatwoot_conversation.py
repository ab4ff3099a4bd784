from odoo import api, fields, models

from .chatwoot_inbox import CHANNELS
from .chatwoot_routing_rule import PRIORITIES


class ChatwootConversation(models.Model):
    """A conversation as Chatwoot last told of it, with what waits to be answered.

    The row is the lock of everything that happens to the conversation: whoever changes its
    messages' or turns' state locks it first (:meth:`_lock`).
    """

    _name = "chatwoot.conversation"
    _description = "Chatwoot conversation"
    _order = "last_message_at desc, id desc"

    chatwoot_account_id = fields.Many2one(
        "chatwoot.account", string="Account", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="chatwoot_account_id.company_id", store=True, index=True)
    inbox_id = fields.Many2one("chatwoot.inbox", required=True, index=True, ondelete="restrict")
    channel = fields.Selection(CHANNELS, required=True)
    display_id = fields.Integer(string="Number", required=True)
    contact_name = fields.Char(string="Customer")
    contact_id = fields.Integer(string="Contact number")
    contact_blocked = fields.Boolean()
    status = fields.Selection(
        [
            ("pending", "With the assistant"),
            ("open", "With people"),
            ("resolved", "Resolved"),
            ("snoozed", "Snoozed"),
        ],
        required=True,
        default="pending",
        index=True,
    )
    assignee_type = fields.Char()
    assignee_name = fields.Char(string="Attendant")
    can_reply = fields.Boolean(default=True)
    labels = fields.Json(string="Labels, as data")
    labels_text = fields.Char(string="Labels", compute="_compute_labels_text")
    priority = fields.Selection(PRIORITIES, help="As people or automations set it in Chatwoot.")
    internal_phone = fields.Char(
        string="Special phone",
        groups="company_services.group_ai_manager",
        help="The number the conversation comes from, kept only when it is one of the company's "
        "special phones.",
    )
    remote_updated_at = fields.Float(
        digits=(16, 6),
        help="When Chatwoot last changed the conversation (Unix seconds); older news is ignored.",
    )
    due_at = fields.Datetime(
        string="Answer due at", help="When the waiting messages are to be answered."
    )
    first_waiting_at = fields.Datetime()
    answered_until = fields.Integer(
        string="Answered up to message",
        help="Highest Chatwoot message number that a finished turn covers.",
    )
    compared_until = fields.Integer(
        copy=False,
        help="Chatwoot's number of the message up to which all were compared with those known "
        "here, so that none is missing between two others.",
    )
    last_message_at = fields.Datetime(index=True)
    message_ids = fields.One2many("chatwoot.message", "conversation_id", string="Messages")
    turn_ids = fields.One2many("chatwoot.turn", "conversation_id", string="Turns")
    turn_count = fields.Integer(compute="_compute_turn_count")
    chatwoot_url = fields.Char(compute="_compute_chatwoot_url")

    _conversation_uniq = models.Constraint(
        "UNIQUE(chatwoot_account_id, display_id)", "This conversation is already known."
    )
    _due = models.Index("(due_at) WHERE due_at IS NOT NULL")

    @api.depends("display_id", "contact_name")
    def _compute_display_name(self):
        for conversation in self:
            customer = conversation.contact_name or self.env._("Customer")
            conversation.display_name = f"#{conversation.display_id} {customer}"

    @api.depends("labels")
    def _compute_labels_text(self):
        for conversation in self:
            conversation.labels_text = ", ".join(conversation.labels or [])

    def _compute_turn_count(self):
        groups = self.env["chatwoot.turn"]._read_group(
            [("conversation_id", "in", self.ids)], ["conversation_id"], ["__count"]
        )
        counts = {conversation.id: count for conversation, count in groups}
        for conversation in self:
            conversation.turn_count = counts.get(conversation.id, 0)

    @api.depends("display_id", "chatwoot_account_id.base_url", "chatwoot_account_id.account_id")
    def _compute_chatwoot_url(self):
        for conversation in self:
            account = conversation.chatwoot_account_id
            conversation.chatwoot_url = (
                f"{account.base_url}/app/accounts/{account.account_id}"
                f"/conversations/{conversation.display_id}"
            )

    def _lock(self):
        """Lock the rows until the transaction ends, in the order of ids (no deadlocks).

        PostgreSQL refuses when another transaction has changed a row since this one's snapshot.
        That is expected and answered by beginning anew, so it is no error for the log.
        """
        if self:
            self.env.cr.execute(
                "SELECT id FROM chatwoot_conversation WHERE id IN %s ORDER BY id FOR UPDATE",
                (tuple(self.ids),),
                log_exceptions=False,
            )
            self.invalidate_recordset()

    def _history(self, asked, limit):
        """The last ``limit`` public messages that the question ``asked`` follows on, in order.

        What we said after its first message counts as well: that was the answer to something
        earlier, and the question may have waited behind it.
        """
        self.ensure_one()
        if not limit:
            return self.env["chatwoot.message"]
        messages = self.env["chatwoot.message"].search(
            [
                ("conversation_id", "=", self.id),
                "|",
                ("message_id", "<", min(asked.mapped("message_id"))),
                ("author", "!=", "customer"),
                ("private", "=", False),
                ("author", "in", ("customer", "bot", "attendant")),
                ("content", "!=", False),
                # What the channel refused, the customer has not read.
                ("delivery_error", "=", False),
            ],
            order="message_id desc",
            limit=limit,
        )
        return messages.sorted("message_id")

    def action_open_in_chatwoot(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self.chatwoot_url, "target": "new"}

    def action_view_turns(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chatwoot_ai_connector.action_chatwoot_turn"
        )
        action["domain"] = [("conversation_id", "=", self.id)]
        action["context"] = {}
        return action
