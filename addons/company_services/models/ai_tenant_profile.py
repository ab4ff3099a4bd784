"""Who the company is, as far as customers may know."""

from odoo import api, fields, models

from agent_runtime.contracts import CompanyProfile

from ..tools.address import one_line

INHERITED = ("name", "vat", "phone", "email", "website", "address")


class AiTenant(models.Model):
    """Company profile of the tenant.

    Name and contact data come from the company. Writing one of these fields overrides it for
    customers; emptying it inherits again. Overrides live in one JSON column, so that a later
    change of the company still reaches every field that was not overridden.
    """

    _inherit = "ai.tenant"

    profile_overrides = fields.Json(readonly=True, copy=False)
    name = fields.Char(
        string="Public Name", compute="_compute_inherited", inverse="_inverse_inherited"
    )
    vat = fields.Char(
        string="Tax ID",
        compute="_compute_inherited",
        inverse="_inverse_inherited",
        help="CNPJ in Brazil.",
    )
    phone = fields.Char(compute="_compute_inherited", inverse="_inverse_inherited")
    email = fields.Char(compute="_compute_inherited", inverse="_inverse_inherited")
    website = fields.Char(compute="_compute_inherited", inverse="_inverse_inherited")
    address = fields.Char(compute="_compute_inherited", inverse="_inverse_inherited")
    share_vat = fields.Boolean(string="Tell the Tax ID", default=True, tracking=True)
    share_phone = fields.Boolean(string="Tell the Phone", default=True, tracking=True)
    share_email = fields.Boolean(string="Tell the E-mail", default=True, tracking=True)
    share_website = fields.Boolean(string="Mention the Website", default=True, tracking=True)
    share_address = fields.Boolean(string="Tell the Address", default=True, tracking=True)
    website_in_farewell = fields.Boolean(
        string="Website in the Farewell",
        tracking=True,
        help="Mention the website when a customer says goodbye.",
    )
    contact_ids = fields.One2many(
        "ai.company.contact", "tenant_id", string="Further Ways of Contact"
    )
    description = fields.Text(
        help="What the company does, in a few sentences the assistant may use towards customers."
    )
    business_area = fields.Char(
        help="For example: pet shop, dental clinic, building materials.", tracking=True
    )

    @api.depends(
        "profile_overrides",
        "company_id.name",
        "company_id.vat",
        "company_id.phone",
        "company_id.email",
        "company_id.website",
        "company_id.street",
        "company_id.street2",
        "company_id.zip",
        "company_id.city",
        "company_id.state_id",
        "company_id.country_id",
    )
    def _compute_inherited(self):
        for tenant in self:
            overrides = tenant.profile_overrides or {}
            for name, inherited in tenant._company_identity().items():
                tenant[name] = overrides.get(name) or inherited

    def write(self, vals):
        if not vals.keys().isdisjoint(INHERITED):
            # The inverse takes all of them together. Those that are not written are protected
            # meanwhile, and unless they are in the cache they would read as empty.
            for name in INHERITED:
                self.mapped(name)
        return super().write(vals)

    def _inverse_inherited(self):
        for tenant in self:
            inherited = tenant._company_identity()
            written = {name: (tenant[name] or "").strip() for name in INHERITED}
            tenant.sudo().profile_overrides = {
                name: value for name, value in written.items() if value and value != inherited[name]
            }
        # An emptied field shows again what it inherits, also in the rest of this request.
        self.invalidate_recordset(INHERITED, flush=False)

    def _company_identity(self) -> dict[str, str]:
        """What the company itself says; empty texts where it says nothing."""
        company = self.company_id.sudo()
        return {
            "name": company.name or "",
            "vat": company.vat or "",
            "phone": company.phone or "",
            "email": company.email or "",
            "website": company.website or "",
            "address": self._company_address(company.partner_id) if company else "",
        }

    @api.model
    def _company_address(self, partner) -> str:
        """The address in one line, in its country's order and without the country's name."""
        pattern, parts = partner._prepare_display_address(without_company=True)
        if partner.country_id.code == "BR":
            # In running text Brazilians write "Belo Horizonte - MG".
            pattern = pattern.replace("%(city)s %(state_code)s", "%(city)s - %(state_code)s")
        parts["country_name"] = ""
        return one_line(pattern % parts)

    def _publish_relevant_fields(self):
        return super()._publish_relevant_fields() | {
            "profile_overrides",
            "share_vat",
            "share_phone",
            "share_email",
            "share_website",
            "share_address",
            "website_in_farewell",
            "description",
            "business_area",
        }

    def _profile(self) -> CompanyProfile:
        """The published profile; what may not be told is absent, not hidden by a prompt."""
        self.ensure_one()
        return CompanyProfile(
            name=self.name,
            description=self.description or None,
            business_area=self.business_area or None,
            tax_id=self.share_vat and self.vat or None,
            phone=self.share_phone and self.phone or None,
            email=self.share_email and self.email or None,
            website=self.share_website and self.website or None,
            website_in_farewell=bool(
                self.website_in_farewell and self.share_website and self.website
            ),
            address=self.share_address and self.address or None,
            contacts=tuple(
                contact._contract_point()
                for contact in self.contact_ids
                if contact.may_be_mentioned and contact.value
            ),
        )
