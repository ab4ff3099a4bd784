from .common import BusinessRulesCase
from .sync_case import SyncMixin


class TestDocumentSync(SyncMixin, BusinessRulesCase):
    def _document(self, tenant, name="Policy", content="Seven days."):
        return self.env["business.support.document"].create(
            {
                "name": name,
                "content": content,
                "state": "approved",
                "internal_note": "the supplier is late",
                "company_id": tenant.company_id.id,
            }
        )

    def test_from_approval_to_the_store_and_back(self):
        document = self._document(self.tenant_7)
        self._sync("support_documents")
        self.assertEqual(document.sync_state, "indexed")
        [item] = self._stored(self.tenant_7).values()
        self.assertEqual((item.title, item.text), ("Policy", "Seven days."))
        self.assertNotIn("supplier", item.model_dump_json())
        document.action_reset_to_draft()
        self._sync("support_documents")
        self.assertEqual(self._stored(self.tenant_7), {})
        self.assertEqual(document.sync_state, "none")

    def test_same_names_and_texts_of_two_tenants_stay_two(self):
        own, other = self._document(self.tenant_7), self._document(self.tenant_8)
        self._sync("support_documents")
        self.assertEqual(list(self._stored(self.tenant_7)), [own.id])
        self.assertEqual(list(self._stored(self.tenant_8)), [other.id])
        before = self._stored(self.tenant_8)
        own.unlink()
        self._sync("support_documents")
        self.assertEqual(self._stored(self.tenant_7), {})
        self.assertEqual(self._stored(self.tenant_8), before)

    def test_one_documents_removal_leaves_the_others(self):
        kept, gone = self._document(self.tenant_7, "A"), self._document(self.tenant_7, "B")
        self._sync("support_documents")
        gone.active = False
        self._sync("support_documents")
        self.assertEqual(list(self._stored(self.tenant_7)), [kept.id])
