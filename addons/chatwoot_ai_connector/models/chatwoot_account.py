import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.company_services.fields import MASK, Secret
from odoo.addons.company_services.tools.settings import setting
from odoo.exceptions import ValidationError

from ..intake import directory
from ..tools.web_address import is_elsewhere, parts_of

WEBHOOK_PATH = "/webhook/chatwoot"
MANAGER = "company_services.group_ai_manager"
TOKENS = ("bot_token", "user_token")
"""Secrets that are sent to the account's address."""


class ChatwootAccount(models.Model):
    """One Chatwoot account, wired to one tenant.

    The number in ``account_id`` is the tenant's: there is one place in the suite where it is
    entered. Whoever wants to call in must know the signature's secret; whoever calls the plain
    address is found by the number, whoever calls the address with the route token by the token.
    """

    _name = "chatwoot.account"
    _description = "Chatwoot account"
    _inherit = ["mail.thread"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(required=True, tracking=True)
    active = fields.Boolean(default=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        help="The company whose assistant answers in this account.",
    )
    tenant_id = fields.Many2one(
        "ai.tenant",
        string="Assistant",
        required=True,
        check_company=True,
        ondelete="restrict",
        default=lambda self: self.env["ai.tenant"]._for_company(self.env.company),
    )
    account_id = fields.Integer(
        string="Account Number",
        related="tenant_id.account_id",
        store=True,
        help="The number in the address of your Chatwoot dashboard: /app/accounts/<number>.",
    )
    base_url = fields.Char(
        string="Chatwoot Address",
        required=True,
        help="For example https://chat.example.com. Another host takes the tokens away: they are "
        "the former one's.",
    )
    route_token = fields.Char(
        copy=False, readonly=True, groups=MANAGER, default=lambda self: secrets.token_urlsafe(24)
    )
    webhook_url = fields.Char(
        string="Webhook Address",
        compute="_compute_webhook_url",
        compute_sudo=True,
        groups=MANAGER,
        help="Enter this in Chatwoot as the address of the bot or of the webhook.",
    )
    bot_token = Secret(groups=MANAGER, help="Access token of the agent bot; sends the answers.")
    webhook_secret = Secret(
        string="Bot's Webhook Secret",
        groups=MANAGER,
        help="Webhook secret of the agent bot; Chatwoot signs what it sends with it.",
    )
    user_token = Secret(
        groups=MANAGER,
        help="Optional access token of somebody who belongs to the answered inboxes, from the "
        "bottom of their profile. Only with it can messages be listed: what was "
        "said before the assistant joined, what no webhook told, and whether an interrupted "
        "sending reached the customer. With an administrator's, the test of the connection also "
        "sees Chatwoot's settings.",
    )
    inbox_ids = fields.One2many("chatwoot.inbox", "chatwoot_account_id", string="Inboxes")
    conversation_count = fields.Integer(compute="_compute_conversation_count")
    last_event_at = fields.Datetime(readonly=True, copy=False)
    last_error = fields.Text(readonly=True, copy=False)
    setup_state = fields.Selection(
        [
            ("no_secret", "Webhook secret missing"),
            ("no_token", "Bot token missing"),
            ("waiting", "Waiting for the first event"),
            ("error", "Error"),
            ("ready", "Connected"),
        ],
        compute="_compute_setup_state",
        compute_sudo=True,
    )

    _tenant_uniq = models.Constraint(
        "UNIQUE(tenant_id)", "This assistant is already connected to a Chatwoot account."
    )
    _route_token_uniq = models.Constraint(
        "UNIQUE(route_token)", "The webhook address must be unique."
    )

    @api.depends("route_token")
    def _compute_webhook_url(self):
        base = self.get_base_url()
        for account in self:
            # A neutralised copy has no token, and no address until it is given a new one.
            token = account.route_token
            account.webhook_url = f"{base}{WEBHOOK_PATH}/{token}" if token else False

    def _compute_conversation_count(self):
        groups = self.env["chatwoot.conversation"]._read_group(
            [("chatwoot_account_id", "in", self.ids)], ["chatwoot_account_id"], ["__count"]
        )
        counts = {account.id: count for account, count in groups}
        for account in self:
            account.conversation_count = counts.get(account.id, 0)

    @api.depends(
        "registration",
        "webhook_secret",
        "account_webhook_secret",
        "bot_token",
        "last_event_at",
        "last_error",
    )
    def _compute_setup_state(self):
        for account in self:
            if not account._has_signing_secret():
                account.setup_state = "no_secret"
            elif not account.bot_token:
                account.setup_state = "no_token"
            elif account.last_error:
                account.setup_state = "error"
            elif not account.last_event_at:
                account.setup_state = "waiting"
            else:
                account.setup_state = "ready"

    @api.constrains("base_url")
    def _check_base_url(self):
        for account in self:
            parts = parts_of(account.base_url)
            if parts is None:
                raise ValidationError(
                    self.env._(
                        "The Chatwoot address consists of https:// or http://, the host and, where "
                        "needed, port and path; without blanks."
                    )
                )
            allowed = (setting("chatwoot_hosts") or "").replace(",", " ").split()
            if allowed and parts.hostname not in allowed:
                raise ValidationError(
                    self.env._(
                        "Whoever runs this server has not allowed the Chatwoot host %s "
                        "(setting chatwoot_hosts).",
                        parts.hostname,
                    )
                )

    @api.constrains("tenant_id", "account_id")
    def _check_account_number(self):
        for account in self:
            if account.account_id <= 0:
                raise ValidationError(
                    self.env._(
                        "Give the assistant its account number first: it is the Chatwoot account's."
                    )
                )

    @api.onchange("company_id")
    def _onchange_company_id(self):
        if self.company_id and self.tenant_id.company_id != self.company_id:
            self.tenant_id = self.env["ai.tenant"]._for_company(self.company_id)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("base_url"):
                vals["base_url"] = vals["base_url"].strip().rstrip("/")
        accounts = super().create(vals_list)
        accounts._mark_directory()
        return accounts

    def write(self, vals):
        if vals.get("base_url"):
            vals = dict(vals, base_url=vals["base_url"].strip().rstrip("/"))
            moved = self.filtered(lambda account: is_elsewhere(account.base_url, vals["base_url"]))
            # Whoever may change the address may not read the tokens, nor have them sent there.
            kept = [name for name in TOKENS if vals.get(name, MASK) == MASK]
            if moved and kept:
                super(ChatwootAccount, moved).write(dict.fromkeys(kept, False))
        result = super().write(vals)
        if {"active", "tenant_id", "account_id", "route_token"} & set(vals):
            self._mark_directory()
        return result

    def unlink(self):
        self._mark_directory()
        return super().unlink()

    def action_new_route(self):
        """Replace the webhook address; the former one stops working."""
        for account in self:
            account.route_token = secrets.token_urlsafe(24)

    def action_view_conversations(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chatwoot_ai_connector.action_chatwoot_conversation"
        )
        action["domain"] = [("chatwoot_account_id", "=", self.id)]
        action["context"] = {}
        return action

    def _note_event(self, received_at):
        """Remember that events arrive; to the minute, to leave the row alone in between."""
        self.ensure_one()
        if not self.last_event_at or received_at - self.last_event_at > timedelta(minutes=1):
            self.last_event_at = received_at

    @api.model
    def _mark_directory(self):
        """Have the server-side directory follow, after this transaction.

        Without an identity key: a job that already waits may start before this transaction is
        committed, and would then write a directory without it.
        """
        self.env["chatwoot.account"].sudo().with_delay(
            channel="root.chatwoot",
            description=self.env._("Update the directory of Chatwoot accounts"),
        )._job_write_directory()

    @api.model
    def _job_write_directory(self):
        """Write this database's accounts into the server-side directory."""
        self.env.flush_all()
        directory.publish(self.env.cr)

    @api.model
    def _cron_write_directory(self):
        """Repair the directory when its file or a job was lost."""
        self._job_write_directory()
