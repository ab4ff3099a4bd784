from odoo import api, fields, models
from odoo.exceptions import ValidationError

CONTEXT_MESSAGES = 10
"""What the first system's ``MAX_CONTEXT_MESSAGES`` was."""
MOST_CONTEXT = 100


class AccountLimits(models.Model):
    """How much of a conversation is read, and how often the assistant may answer in it."""

    _inherit = "chatwoot.account"

    context_messages = fields.Integer(
        string="Earlier Messages",
        default=CONTEXT_MESSAGES,
        required=True,
        help="So many of the conversation's latest messages are read together with the "
        "customer's question, also what people wrote. 0: only the question.",
    )
    loop_replies = fields.Integer(
        string="Hand Over After",
        default=10,
        required=True,
        help="When the assistant has answered so often within these minutes, the next question "
        "goes to a person: two machines may be talking to each other. 0: no limit.",
    )
    loop_minutes = fields.Integer(
        string="Within Minutes",
        default=5,
        required=True,
        help="The minutes within which the assistant's answers are counted.",
    )

    @api.constrains("context_messages", "loop_replies", "loop_minutes")
    def _check_limits(self):
        for account in self:
            if not 0 <= account.context_messages <= MOST_CONTEXT:
                raise ValidationError(
                    self.env._(
                        "The assistant of “%(account)s” can read between 0 and %(most)s messages.",
                        account=account.name,
                        most=MOST_CONTEXT,
                    )
                )
            if account.loop_replies < 0 or account.loop_minutes < 1:
                raise ValidationError(
                    self.env._(
                        "“Hand Over After” of “%s” needs 0 or more answers and at least one "
                        "minute.",
                        account.name,
                    )
                )
