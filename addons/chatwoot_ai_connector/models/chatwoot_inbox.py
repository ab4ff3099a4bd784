from odoo import api, fields, models
from odoo.exceptions import ValidationError

CHANNELS = [
    ("whatsapp", "WhatsApp"),
    ("facebook", "Facebook Messenger"),
    ("instagram", "Instagram"),
    ("email", "E-mail"),
    ("web", "Website chat"),
    ("sms", "SMS"),
    ("telegram", "Telegram"),
    ("api", "Other (API)"),
]


class ChatwootInbox(models.Model):
    """One inbox of an account: the channel customers write on, and how bursts are grouped."""

    _name = "chatwoot.inbox"
    _description = "Chatwoot inbox"
    _order = "chatwoot_account_id, name, id"

    name = fields.Char(required=True)
    chatwoot_account_id = fields.Many2one(
        "chatwoot.account", string="Account", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="chatwoot_account_id.company_id", store=True, index=True)
    inbox_id = fields.Integer(
        string="Number",
        required=True,
        help="Chatwoot's number of the inbox, as in the address of its settings page.",
    )
    channel = fields.Selection(
        CHANNELS,
        required=True,
        default="web",
        help="For an API inbox behind a bridge, choose what the customers really write on.",
    )
    bot_enabled = fields.Boolean(string="Answered by the assistant", default=True)
    group_window = fields.Integer(
        string="Wait (s)",
        default=8,
        help="Seconds to wait for another message before answering. 0 answers each at once.",
    )
    group_max_wait = fields.Integer(
        string="Max. wait (s)",
        default=40,
        help="The first message of a burst waits no longer than this many seconds.",
    )
    group_max_count = fields.Integer(
        string="Max. messages",
        default=20,
        help="So many waiting messages are answered without further waiting.",
    )

    _inbox_uniq = models.Constraint(
        "UNIQUE(chatwoot_account_id, inbox_id)", "This inbox number is already in the list."
    )

    @api.constrains("group_window", "group_max_wait", "group_max_count")
    def _check_grouping(self):
        for inbox in self:
            if inbox.group_window < 0 or inbox.group_max_count < 1:
                raise ValidationError(
                    self.env._("The wait cannot be negative, the count must be positive.")
                )
            if inbox.group_max_wait < inbox.group_window:
                raise ValidationError(
                    self.env._("The longest wait cannot be shorter than the wait.")
                )

    @api.model
    def _found(self, account, inbox_id, name, channel):
        """The inbox with Chatwoot's number ``inbox_id``; made when it was not known.

        ``None`` as number (payloads without inbox) is kept apart as number 0.
        """
        number = inbox_id or 0
        inbox = self.search(
            [("chatwoot_account_id", "=", account.id), ("inbox_id", "=", number)], limit=1
        )
        if not inbox:
            inbox = self.create(
                {
                    "chatwoot_account_id": account.id,
                    "inbox_id": number,
                    "name": name or self._nameless(number),
                    "channel": channel,
                }
            )
        return inbox

    @api.model
    def _nameless(self, number):
        return self.env._("Inbox %s", number)

    def _learn_name(self, name):
        """Take Chatwoot's name over for an inbox that was first heard of without one."""
        if name and self.name == self._nameless(self.inbox_id):
            self.name = name
