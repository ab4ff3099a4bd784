from odoo.addons.business_rules2.tests.sync_case import SyncMixin

from .common import ProductCase


class TestProductSync(SyncMixin, ProductCase):
    def test_hiding_and_archiving_reach_the_store(self):
        hidden = self._product("Hidden", self.tenant_7)
        archived = self._product("Archived", self.tenant_7)
        kept = self._product("Kept", self.tenant_7)
        self._sync("products")
        self.assertEqual(set(self._stored(self.tenant_7)), {hidden.id, archived.id, kept.id})
        hidden.visible_in_ai = False
        archived.active = False
        self._sync("products")
        self.assertEqual(set(self._stored(self.tenant_7)), {kept.id})

    def test_account_8_gets_the_shared_product_and_nothing_of_account_7(self):
        own = self._product("Own", self.tenant_7, standard_price=61.37)
        shared = self._product("Shared")
        self._sync("products")
        self.assertEqual(set(self._stored(self.tenant_7)), {own.id, shared.id})
        self.assertEqual(set(self._stored(self.tenant_8)), {shared.id})
        shared.company_id = self.tenant_7.company_id
        self._sync("products")
        self.assertEqual(self._stored(self.tenant_8), {})
        for item in self.runtime.stored.values():
            self.assertNotIn("61", item.text)
