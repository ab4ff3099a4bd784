"""The technical user through which the assistant reads this tenant's Odoo data."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from agent_runtime.contracts import OdooAccess

from ..fields import Secret
from ..tools.secrets import reveal
from ..tools.settings import setting

KEY_NAME = "AI agent"
KEY_SCOPE = "rpc"
KEY_LIFETIME = timedelta(days=30)
KEY_RENEWAL = timedelta(days=10)
"""A key is renewed when it has less than this left, so that a few lost nights do no harm."""
KEY_OVERLAP = timedelta(hours=1)
"""How long the former key still works after a rotation, for turns already under way."""


class AiTenant(models.Model):
    """Agent user and API key of the tenant: the first layer that keeps tenants apart."""

    _inherit = "ai.tenant"

    agent_user_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    agent_api_key = Secret(
        string="Agent API Key", readonly=True, groups="company_services.group_ai_manager"
    )
    agent_key_expires = fields.Datetime(readonly=True, copy=False)

    @api.constrains("agent_user_id")
    def _check_agent_user(self):
        group = self.env.ref("company_services.group_ai_agent")
        for tenant in self.sudo().filtered("agent_user_id"):
            agent = tenant.agent_user_id
            if agent.company_ids != tenant.company_id or group not in agent.group_ids:
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot be the agent of %(company)s: an agent is a technical "
                        "user of that company alone.",
                        user=agent.login,
                        company=tenant.company_id.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        tenants = super().create(vals_list)
        for tenant in tenants:
            tenant.sudo().agent_user_id = tenant._make_agent_user()
        return tenants

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals:
            agents = self.sudo().with_context(active_test=False).agent_user_id
            agents.active = bool(vals["active"])
            if not vals["active"]:
                self.sudo()._revoke_agent_keys()
        return result

    def unlink(self):
        self.check_access("unlink")
        agents = self.sudo().agent_user_id
        self.sudo()._revoke_agent_keys()
        result = super().unlink()
        agents.active = False
        return result

    def _make_agent_user(self):
        """A user without password and without any group but the agent's own.

        The login belongs to the company, so a tenant made anew takes up the former user.
        """
        self.ensure_one()
        users = self.env["res.users"].sudo().with_context(active_test=False)
        login = f"ai-agent-{self.company_id.id}"
        values = {
            "name": self.env._("AI agent of %s", self.company_id.name),
            "company_id": self.company_id.id,
            "company_ids": [fields.Command.set(self.company_id.ids)],
            "group_ids": [fields.Command.set(self.env.ref("company_services.group_ai_agent").ids)],
            "active": self.active,
        }
        existing = users.search([("login", "=", login)])
        if existing:
            existing.write(values)
            return existing
        quiet = users.with_context(no_reset_password=True, mail_create_nosubscribe=True)
        return quiet.create({**values, "login": login})

    def _agent_access(self) -> OdooAccess:
        """How MCP-Odoo reaches this database as the tenant's agent, key in clear for the wire.

        Renews a key that would expire soon. The key is of use only once the transaction that
        made it is committed; publication makes it long before the first turn needs it.
        """
        self.ensure_one()
        tenant = self.sudo()
        tenant._renew_agent_key()
        base_url = self.env["ir.config_parameter"].sudo().get_param("web.base.url")
        return OdooAccess(
            url=setting("odoo_url") or base_url,
            database=self.env.cr.dbname,
            login=tenant.agent_user_id.login,
            api_key=reveal(tenant, "agent_api_key"),
        )

    def _renew_agent_key(self):
        """Give the tenant a key that lasts at least ``KEY_RENEWAL`` from now."""
        for tenant in self:
            limit = fields.Datetime.now() + KEY_RENEWAL
            if not tenant.agent_api_key or (tenant.agent_key_expires or limit) <= limit:
                tenant._rotate_agent_key()

    def _rotate_agent_key(self):
        """New key; the former ones end after ``KEY_OVERLAP``."""
        self.ensure_one()
        now = fields.Datetime.now()
        self._limit_agent_keys(now + KEY_OVERLAP)
        expires = now + KEY_LIFETIME
        keys = self.env["res.users.apikeys"].with_user(self.agent_user_id).sudo()
        self.with_context(tracking_disable=True).write(
            {
                "agent_api_key": keys._generate(KEY_SCOPE, KEY_NAME, expires),
                "agent_key_expires": expires,
            }
        )

    def _revoke_agent_keys(self):
        """Make every key of these tenants' agents useless at once."""
        users = self.with_context(active_test=False).agent_user_id
        self.env["res.users.apikeys"].sudo().search([("user_id", "in", users.ids)]).unlink()
        self.with_context(tracking_disable=True).write(
            {"agent_api_key": False, "agent_key_expires": False}
        )

    def _limit_agent_keys(self, moment):
        # The key table has no ORM columns that may be written; Odoo's own clean-up removes
        # what has expired.
        self.env.cr.execute(
            SQL(
                "UPDATE res_users_apikeys SET expiration_date = LEAST(expiration_date, %s) "
                "WHERE user_id = %s",
                moment,
                self.agent_user_id.id,
            )
        )

    @api.model
    def _cron_renew_agent_keys(self):
        """Rotate keys before they expire; new tenants get their first one here at the latest."""
        self.sudo().search([("active", "=", True)])._renew_agent_key()
