from odoo import fields, models
from odoo.addons.company_services.fields import Secret

from .chatwoot_account import MANAGER


class AccountRegistration(models.Model):
    """How Chatwoot knows us: as the bot of inboxes, or as a webhook of the whole account.

    Both may be set up at once, with a secret each; a message that comes by both is one message.
    """

    _inherit = "chatwoot.account"

    registration = fields.Selection(
        [("agent_bot", "Bot of the inboxes"), ("account_webhook", "Webhook of the account")],
        required=True,
        default="agent_bot",
        tracking=True,
        help="As the bot of inboxes, the assistant answers while a conversation is pending and "
        "hands it over by opening it; Chatwoot repeats events that it could not deliver. As a "
        "mere webhook of the account nothing is ever pending: the assistant answers open "
        "conversations until a person is assigned or answers, and a lost event is not repeated.",
    )
    account_webhook_secret = Secret(
        string="Account Webhook's Secret",
        groups=MANAGER,
        help="Secret of the webhook in Chatwoot's Settings, Integrations, Webhooks. It is "
        "another one than the bot's.",
    )
    accept_body_signature = fields.Boolean(
        string="Accept Signatures without Time",
        tracking=True,
        groups=MANAGER,
        help="Accept events signed over the body alone, as older bridges send them. Whoever "
        "overhears such an event can send it again at any later time. Chatwoot itself never "
        "needs this.",
    )

    def _has_signing_secret(self):
        """Whether the secret is there that events of this kind of registration are signed with."""
        self.ensure_one()
        name = {"agent_bot": "webhook_secret", "account_webhook": "account_webhook_secret"}
        return bool(self[name[self.registration]])
