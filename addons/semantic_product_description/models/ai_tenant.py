from odoo import fields, models
from odoo.fields import Domain


class AiTenant(models.Model):
    _inherit = "ai.tenant"

    ai_product_count = fields.Integer(
        string="Products Shown to Customers", compute="_compute_ai_product_count"
    )

    def _compute_ai_product_count(self):
        products = self.env["product.template"]
        for tenant in self:
            tenant.ai_product_count = products.search_count(tenant._ai_product_domain())

    def _ai_product_domain(self):
        """Products this tenant's agent may offer: its own and those of no company."""
        self.ensure_one()
        return (
            Domain("visible_in_ai", "=", True)
            & Domain("sale_ok", "=", True)
            & Domain("company_id", "in", [False, self.company_id.id])
        )

    def action_open_ai_products(self):
        """The products behind the count."""
        xmlid = "semantic_product_description.product_template_ai_action"
        action = self.env["ir.actions.act_window"]._for_xml_id(xmlid)
        action["domain"] = list(self._ai_product_domain())
        return action
