from .common import ProductCase


class TestAiTenant(ProductCase):
    def test_count_is_what_the_agent_may_offer(self):
        own = self._product("Own", self.tenant_7)
        shared = self._product("Shared")
        self._product("Other", self.tenant_8)
        self._product("Hidden", self.tenant_7, visible_in_ai=False)
        self.assertEqual(self.tenant_7.ai_product_count, 2)
        action = self.tenant_7.action_open_ai_products()
        found = self.env["product.template"].search(action["domain"])
        self.assertEqual(found, own + shared)
