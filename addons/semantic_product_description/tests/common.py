from odoo.addons.company_services.tests.common import CompanyServicesCase
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class ProductCase(CompanyServicesCase):
    """Tenants 7 and 8 with their agents' technical users, and a short way to make products."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Products that the database already has (demo data) would be offered by every tenant.
        cls.env["product.template"].search([]).visible_in_ai = False
        cls.agent_7 = cls.tenant_7.agent_user_id
        cls.agent_8 = cls.tenant_8.agent_user_id
        cls.editor_7 = cls.make_user("editor", cls.tenant_7, "group_ai_editor")

    @classmethod
    def _product(cls, name="Kibble", tenant=None, **values):
        company = tenant.company_id.id if tenant else False
        return cls.env["product.template"].create(
            {"name": name, "list_price": 100.0, "company_id": company, **values}
        )

    def _binding(self, product):
        return self.env["ai.knowledge.binding"].search(
            [("model", "=", "product.template"), ("res_id", "=", product.id)]
        )
