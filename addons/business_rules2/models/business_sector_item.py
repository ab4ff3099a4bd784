from odoo import fields, models
from odoo.tools import escape_psql

from ..tools.blanks import blanks

TEXT_FIELDS = {
    "business.rule": "text",
    "business.scheduling.rule": "required_information",
    "business.delivery.rule": "remarks",
    "ai.service.offer": "description",
    "business.support.document": "content",
}
"""Which field of a model holds an item's text."""

ONE_SUBJECT = ("payment", "delivery", "return")
"""Subjects of a rule that a second rule of the same subject may contradict."""


class BusinessSectorItem(models.Model):
    """A record that a sector template proposes; several sectors may share it.

    Only a rule without blanks is visible to the AI at once. Everything else waits: a document as
    a draft, the rest hidden, because only its owner knows the missing terms.
    """

    _name = "business.sector.item"
    _description = "Record of a Sector Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    target = fields.Selection(
        [
            ("business.rule", "Rules"),
            ("business.scheduling.rule", "Scheduling"),
            ("business.delivery.rule", "Delivery"),
            ("ai.service.offer", "Service Catalogue"),
            ("business.support.document", "Documents"),
        ],
        string="Part",
        required=True,
        default="business.rule",
    )
    text = fields.Text(
        translate=True,
        help="Text for customers. A blank such as [✎ state the deadline] is left to the owner.",
    )
    details = fields.Json(help="Further values of the record, by field name.")
    sector_ids = fields.Many2many("business.sector", string="Sectors")

    def _for_tenant(self, tenant):
        """The item and its texts in the tenant's language."""
        return self.with_context(lang=tenant.lang)

    def _goes_live(self):
        """Whether answers may use the record as soon as it is created."""
        self.ensure_one()
        return self.target == "business.rule" and not blanks(self.text)

    def _record_values(self, tenant):
        """Values to create the record with for the tenant's company, in the tenant's language."""
        self.ensure_one()
        item = self._for_tenant(tenant)
        values = {
            **(item.details or {}),
            "name": item.name,
            TEXT_FIELDS[item.target]: item.text,
        }
        if item.target == "ai.service.offer":
            values["tenant_id"] = tenant.id
        else:
            values["company_id"] = tenant.company_id.id
        if item.target == "business.scheduling.rule":
            values["service"] = item.name
        # A document is not said while it is a draft, whatever this switch says.
        if item.target != "business.support.document":
            values["visible_in_ai"] = item._goes_live()
        return values

    def _existing(self, tenant):
        """The company's record of the same name, archived ones included."""
        name = escape_psql(self._for_tenant(tenant).name)
        return self._of_company(tenant, [("name", "=ilike", name)])

    def _similar(self, tenant):
        """A record of the company on the same subject, under whatever name."""
        details = self.details or {}
        if self.target == "business.rule":
            if details["kind"] not in ONE_SUBJECT:
                return self.env[self.target]
            return self._of_company(tenant, [("kind", "=", details["kind"])])
        if self.target == "business.support.document":
            same_type = [("document_type", "=", details["document_type"])]
            return self._of_company(tenant, same_type)
        return self._of_company(tenant, [])

    def _of_company(self, tenant, domain):
        self.ensure_one()
        model = self.env[self.target].with_context(active_test=False)
        return model.search([("company_id", "=", tenant.company_id.id), *domain], limit=1)
