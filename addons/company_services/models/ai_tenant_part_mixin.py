"""What belongs to one tenant and stays there: ways of contact, services, special phones."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class AiTenantPartMixin(models.AbstractModel):
    """A record of one tenant. It shares the tenant's company and cannot change hands."""

    _name = "ai.tenant.part.mixin"
    _description = "Part of a tenant"
    _check_company_auto = True

    tenant_id = fields.Many2one(
        "ai.tenant",
        string="Company Entry",
        required=True,
        index=True,
        ondelete="cascade",
        check_company=True,
        default=lambda self: self.env["ai.tenant"]._for_company(self.env.company),
        help="The company, as customers know it, that this belongs to.",
    )
    company_id = fields.Many2one(related="tenant_id.company_id", store=True, index=True)

    @api.model_create_multi
    def create(self, vals_list):
        if any(not vals.get("tenant_id") for vals in vals_list) and not self._default_tenant():
            raise UserError(
                self.env._(
                    "%s has no entry of its own under AI Customer Service › Company yet. Create "
                    "it first, then add this to it.",
                    self.env.company.display_name,
                )
            )
        return super().create(vals_list)

    @api.model
    def _default_tenant(self):
        return self.default_get(["tenant_id"]).get("tenant_id")

    def write(self, vals):
        # Record rules look at a record before it is written: they would let one company's
        # record be handed to another company, whose customers would then hear of it.
        for part in self if "tenant_id" in vals else ():
            if part.tenant_id.id != vals["tenant_id"]:
                raise ValidationError(
                    self.env._(
                        "“%s” belongs to one company and cannot move to another. Create it "
                        "again there.",
                        part.display_name,
                    )
                )
        return super().write(vals)

    def _unfit_phone_message(self, number: str) -> str:
        return self.env._(
            "“%s” is not an international phone number. Write it with + and the country's code, "
            "for example +55 31 98888-7777.",
            number,
        )
