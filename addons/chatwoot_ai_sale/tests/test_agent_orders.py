import json

from odoo.addons.company_services.tests.common import CompanyServicesCase
from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from agent_runtime.contracts import dump_json

TOLD = ["name", "ai_order_state", "date_order", "ai_delivery_date", "amount_total"]
TOLD += ["currency_id", "ai_order_lines"]


@tagged("post_install", "-at_install")
class TestAgentOrders(HttpCase, CompanyServicesCase):
    """What the tenant's own key reaches of orders: what their customer may know."""

    def setUp(self):
        super().setUp()
        self.ana = self.env["res.partner"].create({"name": "Ana"})
        self.order_7 = self.order(self.tenant_7, confirmed=True)
        self.order_8 = self.order(self.tenant_8, confirmed=True)
        self.draft = self.order(self.tenant_7)

    def order(self, tenant, confirmed=False):
        product = self.env["product.product"].create(
            {"name": "Kibble", "list_price": 50.0, "standard_price": 31.0, "taxes_id": False}
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.ana.id,
                "company_id": tenant.company_id.id,
                "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 2})],
            }
        )
        if confirmed:
            order.action_confirm()
        return order

    def post(self, tenant, model, **body):
        access = json.loads(dump_json(tenant._agent_access()))
        self.env.flush_all()
        return self.url_open(
            f"/json/2/{model}/search_read",
            data=json.dumps({"domain": [], **body}),
            headers={
                "Authorization": f"Bearer {access['api_key']}",
                "Content-Type": "application/json",
                "X-Odoo-Database": access["database"],
            },
        )

    def test_an_order_as_it_is_told(self):
        answer = self.post(self.tenant_7, "sale.order", fields=TOLD)
        self.assertEqual(answer.status_code, 200, answer.text)
        [row] = answer.json()
        self.assertEqual(row["id"], self.order_7.id, "no draft, nothing of account 8")
        self.assertEqual(row["ai_order_state"], "confirmed")
        self.assertEqual(row["amount_total"], 100.0)
        self.assertEqual(row["ai_order_lines"], [["Kibble", 2.0]])

    def test_the_day_is_that_of_the_company_whoever_reads(self):
        self.tenant_7.resource_calendar_id.tz = "America/Sao_Paulo"
        self.order_7.commitment_date = "2026-11-25 00:30:00"
        self.assertFalse(self.tenant_7.agent_user_id.tz)
        [row] = self.post(self.tenant_7, "sale.order", fields=TOLD).json()
        self.assertEqual(row["ai_delivery_date"], "2026-11-24")

    def test_a_line_without_words_keeps_no_order_from_being_told(self):
        line = self.env["sale.order.line"].create(
            {"order_id": self.order_7.id, "name": "x", "product_uom_qty": 1, "price_unit": 5}
        )
        self.env.flush_all()
        self.env.cr.execute("UPDATE sale_order_line SET name = '' WHERE id = %s", [line.id])
        self.env.invalidate_all()
        [row] = self.post(self.tenant_7, "sale.order", fields=TOLD).json()
        self.assertEqual(row["ai_order_lines"], [["Kibble", 2.0], ["", 1.0]])

    def test_that_there_are_orders_is_published(self):
        self.assertTrue(self.tenant_7._reads_orders())

    def test_its_customer_is_what_it_is_found_by(self):
        domain = [["partner_id", "in", self.ana.ids]]
        found = self.post(self.tenant_7, "sale.order", domain=domain, fields=["name"]).json()
        self.assertEqual([row["id"] for row in found], self.order_7.ids)
        bruno = self.env["res.partner"].create({"name": "Bruno"})
        domain = [["partner_id", "in", bruno.ids]]
        self.assertEqual(self.post(self.tenant_7, "sale.order", domain=domain).json(), [])

    @mute_logger("odoo.http", "odoo.orm.models", "odoo.models")
    def test_costs_margins_notes_and_addresses_are_unreachable(self):
        fields = {"margin", "margin_percent", "note", "partner_shipping_id", "user_id"}
        fields |= {"access_token", "order_line", "client_order_ref", "team_id"}
        for field in fields & set(self.env["sale.order"]._fields):
            for body in ({"fields": [field]}, {"domain": [[field, "in", [1]]]}):
                with self.subTest(body=body):
                    answer = self.post(self.tenant_7, "sale.order", **body)
                    self.assertEqual(answer.status_code, 403, answer.text)

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model")
    def test_lines_contacts_and_invoices_are_closed(self):
        for model in ("sale.order.line", "res.partner", "account.move"):
            with self.subTest(model=model):
                answer = self.post(self.tenant_7, model, fields=["id"])
                self.assertEqual(answer.status_code, 403, answer.text)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_account_7_never_reaches_an_order_of_8(self):
        agent = self.tenant_7.agent_user_id
        orders = self.env["sale.order"].with_user(agent)
        with self.assertRaises(AccessError):
            orders.browse(self.order_8.id).read(["name"])
        with self.assertRaises(AccessError):
            orders.with_context(allowed_company_ids=self.tenant_8.company_id.ids).search([])
        with self.assertRaises(AccessError):
            orders.browse(self.order_7.id).write({"name": "mine"})

    def test_what_goes_with_a_product_is_on_offer_itself(self):
        product, bowl, hidden = self.env["product.template"].create(
            [
                {"name": name, "visible_in_ai": visible}
                for name, visible in (("Kibble", True), ("Bowl", True), ("Hidden", False))
            ]
        )
        product.optional_product_ids = bowl | hidden
        domain = [["id", "=", product.id]]
        [row] = self.post(
            self.tenant_7, "product.template", domain=domain, fields=["ai_goes_with"]
        ).json()
        self.assertEqual(row["ai_goes_with"], [[bowl.id, "Bowl"]])
