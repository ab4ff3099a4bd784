"""The tenant: one company's AI customer service and its one account number."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

_BY_COMPANY = "company_services.active_tenants"


class AiTenant(models.Model):
    """One per company. ``account_id`` is the key of this tenant in every store."""

    _name = "ai.tenant"
    _inherit = ["ai.publish.mixin", "mail.thread"]
    _description = "AI Customer Service Tenant"
    _rec_names_search = ["company_id.name"]
    _order = "company_id"
    _check_company_auto = True

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        ondelete="restrict",
        index=True,
    )
    account_id = fields.Integer(
        string="Account Number",
        required=True,
        copy=False,
        aggregator=None,
        tracking=True,
        help="Number of the account in Chatwoot. It is the tenant's key in every store and "
        "can only be changed by a guided move once something has been published under it.",
    )
    account_locked = fields.Boolean(compute="_compute_account_locked", compute_sudo=True)
    active = fields.Boolean(default=True, tracking=True)
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Language",
        required=True,
        default=lambda self: self.env.company.partner_id.lang or self.env.lang or "en_US",
        tracking=True,
        help="Language the assistant answers in unless the customer writes in another one.",
    )

    _company_unique = models.Constraint(
        "UNIQUE(company_id)", "This company already has a tenant (it may be archived)."
    )
    _account_unique = models.Constraint(
        "UNIQUE(account_id)", "Another tenant of this database already has this account number."
    )
    _account_positive = models.Constraint(
        "CHECK(account_id > 0)", "The account number must be greater than zero."
    )

    @api.depends("company_id.name", "account_id")
    def _compute_display_name(self):
        for tenant in self:
            tenant.display_name = self.env._(
                "%(company)s (account %(account)s)",
                company=tenant.company_id.sudo().name or "",
                account=tenant.account_id,
            )

    @api.depends("config_version", "publish_state", "moving_to")
    def _compute_account_locked(self):
        for tenant in self:
            tenant.account_locked = bool(tenant._origin) and tenant._origin._account_in_use()

    def _account_in_use(self) -> bool:
        """Whether a store may hold something under the account number."""
        self.ensure_one()
        withdrawn = self.publish_state == "draft"
        published = bool(self.config_version) and not withdrawn
        moving = bool(self.moving_to or self.leaving_account_id)
        return published or self.publish_state == "publishing" or moving

    @api.model
    def _for_company(self, company):
        """The active tenant of a company, or an empty record set. Ignores access rules."""
        return self.sudo().search([("company_id", "=", company.id)], limit=1)

    @api.model
    def _active_by_company(self) -> dict[int, int]:
        """Ids of the active tenants by company id; asked for each record that is marked.

        Remembered for the transaction only. A cache that workers share learns of a new tenant a
        moment after the commit, when the tenant's first jobs may already run: without the tenant
        they would take its records out of the index.
        """
        known = self.env.cr.cache
        if _BY_COMPANY not in known:
            # Said in so many words: callers may have switched the filter on active records off.
            tenants = self.sudo().search([("active", "=", True)])
            known[_BY_COMPANY] = {tenant.company_id.id: tenant.id for tenant in tenants}
        return known[_BY_COMPANY]

    @api.model
    def _database_origin(self) -> str:
        """Identity of this database in stores it shares with others: its ``database.uuid``."""
        return self.env["ir.config_parameter"].sudo().get_param("database.uuid")

    @api.model_create_multi
    def create(self, vals_list):
        tenants = super().create(vals_list)
        self.env.cr.cache.pop(_BY_COMPANY, None)
        return tenants

    def write(self, vals):
        self._refuse_new_identity(vals)
        result = super().write(vals)
        if "active" in vals:
            self.env.cr.cache.pop(_BY_COMPANY, None)
        if "account_id" in vals:
            self._renumbered()
        return result

    def _renumbered(self):
        """The account number has changed; for addons that keep it elsewhere."""

    def unlink(self):
        result = super().unlink()
        self.env.cr.cache.pop(_BY_COMPANY, None)
        return result

    def _refuse_new_identity(self, vals):
        for tenant in self:
            if "company_id" in vals and vals["company_id"] != tenant.company_id.id:
                raise ValidationError(
                    self.env._(
                        "A tenant cannot move to another company. Create a tenant for that "
                        "company and archive this one."
                    )
                )
            renumbered = "account_id" in vals and vals["account_id"] != tenant.account_id
            if renumbered and self.env.su and vals["account_id"] == tenant.moving_to:
                continue  # the job at the end of a guided move, which has renamed everywhere
            if renumbered and tenant.sudo()._account_in_use():
                raise ValidationError(
                    self.env._(
                        "Account %s has already been published, so its number cannot be "
                        "changed here: what the stores hold is kept under it. Use the action "
                        "Move to Another Account, which moves it along.",
                        tenant.account_id,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_use(self):
        for tenant in self.sudo():
            if tenant._account_in_use():
                raise ValidationError(
                    self.env._(
                        "%s has data in the stores and cannot be deleted. Archive it: its data is "
                        "then withdrawn, and as soon as the stores confirm it, it can be deleted.",
                        tenant.display_name,
                    )
                )
