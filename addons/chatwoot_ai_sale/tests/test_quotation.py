from odoo.addons.chatwoot_ai_connector.tests.request_case import RequestCase
from odoo.tests import tagged

from agent_runtime.contracts import AllowedRequests


@tagged("post_install", "-at_install")
class TestQuotation(RequestCase):
    """A quotation is made of products on offer, at the prices that Odoo tells customers."""

    def setUp(self):
        super().setUp()
        self.account_7.quotation_policy = "approve"
        self.kibble = self.product("Kibble 15 kg", 100.0)

    def product(self, name, price, tenant=None, **values):
        return self.env["product.template"].create(
            {
                "name": name,
                "list_price": price,
                "visible_in_ai": True,
                "taxes_id": False,
                "company_id": (tenant or self.tenant_7).company_id.id,
                **values,
            }
        )

    def quote(self, product, quantity=3.0, turn=None):
        return self.wish(
            turn,
            kind="quotation",
            summary="Three bags",
            products=({"product": product.id, "quantity": quantity},),
        )

    def order(self, request):
        return self.env["sale.order"].browse(request.result_id)

    def test_it_is_published_where_it_is_taken(self):
        self.assertEqual(self.tenant_7._requests(), AllowedRequests(quotation=True))
        self.assertEqual(self.tenant_8._requests(), AllowedRequests())

    def test_approved_it_is_the_company_s_and_the_customer_reads_it(self):
        request = self.quote(self.kibble)
        self.assertEqual(request.details, "3 × Kibble 15 kg")
        self.kibble.list_price = 110.0  # what holds when it is made
        self.approve(request)
        self.assertEqual(request.state, "done", request.problem)
        order = self.order(request)
        self.assertEqual(order.state, "sent", "the customer has it")
        self.assertEqual(order.company_id, self.tenant_7.company_id)
        self.assertEqual(order.order_line.price_unit, 110.0)
        self.assertEqual(order.amount_untaxed, 330.0)
        self.assertEqual((order.partner_id.name, request.partner_id), ("Ana", order.partner_id))
        self.assertIn("330", self.said()[-1])
        self.assertIn(order.name, self.said()[-1])

    def test_what_the_customer_has_been_sent_the_agent_may_tell_of(self):
        agent = self.tenant_7.agent_user_id
        told = self.quote(self.kibble)
        self.as_user(told, self.manager_7).action_approve()
        self.assertIsNone(self.again(told, "_job_execute"))
        orders = self.env["sale.order"].with_user(agent)
        self.assertFalse(orders.search([]), "the customer has not read it yet")
        self.assertIsNone(self.again(told, "_job_tell"))
        self.assertEqual(orders.search([]), self.order(told))
        self.assertEqual(orders.search([]).ai_order_state, "quotation")
        self.assertFalse(orders.with_user(self.tenant_8.agent_user_id).search([]))

    def test_what_people_are_to_tell_is_still_a_draft(self):
        request = self.quote(self.kibble)
        self.chatwoot.set_status(self.remote, "open")
        self.approve(request)
        self.assertEqual((request.told, self.order(request).state), ("people", "draft"))

    def test_a_pricelist_takes_nothing_off_the_price_that_was_told(self):
        for group in ("sale.group_discount_per_so_line", "product.group_product_pricelist"):
            self.env.user.group_ids += self.env.ref(group)
        off = {"compute_price": "percentage", "percent_price": 10, "applied_on": "3_global"}
        pricelist = self.env["product.pricelist"].create(
            {
                "name": "Ten off",
                "company_id": self.tenant_7.company_id.id,
                "item_ids": [(0, 0, off)],
            }
        )
        known = self.env["res.partner"].create({"name": "Ana Lima"})
        known.with_company(self.tenant_7.company_id).property_product_pricelist = pricelist
        request = self.quote(self.kibble)
        self.as_user(request, self.manager_7).partner_id = known
        self.approve(request)
        line = self.order(request).order_line
        self.assertEqual(line.order_id.pricelist_id, pricelist)
        self.assertEqual((line.price_unit, line.discount, line.price_subtotal), (100.0, 0.0, 300.0))

    def test_a_number_makes_one_contact_however_often_it_asks(self):
        requests = self.env["chatwoot.request"]
        for quantity in (1, 2, 3):
            _remote, turn = self.ask("Quero")
            turn.conversation_id._keep_number("+5531977776666")
            requests += self.quote(self.kibble, quantity, turn)
        for request in requests:
            self.approve(request)
        self.assertEqual(len(requests.partner_id), 1)
        self.assertEqual(requests.partner_id.phone, "+5531977776666")
        self.assertFalse(self.env["res.partner"]._proven(
            self.tenant_8.company_id, "customer_phone", "+5531977776666"
        ))  # fmt: skip

    def test_the_contact_that_was_chosen_gets_it(self):
        known = self.env["res.partner"].create({"name": "Ana Lima"})
        request = self.quote(self.kibble)
        self.as_user(request, self.manager_7).partner_id = known
        self.approve(request)
        self.assertEqual(self.order(request).partner_id, known)

    def test_products_that_are_not_on_offer_end_it(self):
        hidden = self.product("Hidden", 5.0, visible_in_ai=False)
        unsold = self.product("Unsold", 5.0, sale_ok=False)
        of_8 = self.product("Of eight", 5.0, self.tenant_8)
        for product in hidden + unsold + of_8:
            _remote, turn = self.ask(f"Quero {product.name}")
            request = self.quote(product, turn=turn)
            self.assertNotIn(product.name, request.details)
            self.approve(request)
            self.assertEqual(request.state, "failed", product.name)
            self.assertFalse(request.result_id)

    def test_a_variant_must_be_chosen_by_somebody(self):
        size = self.env["product.attribute"].create({"name": "Size"})
        values = self.env["product.attribute.value"].create(
            [{"name": name, "attribute_id": size.id} for name in ("S", "M")]
        )
        line = {"attribute_id": size.id, "value_ids": [(6, 0, values.ids)]}
        self.kibble.attribute_line_ids = [(0, 0, line)]
        request = self.quote(self.kibble)
        self.approve(request)
        self.assertEqual(request.state, "failed")
        self.assertIn("several variants", request.problem)
