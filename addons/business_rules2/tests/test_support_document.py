from odoo.exceptions import ValidationError

from ..hooks import uninstall_hook
from .common import BusinessRulesCase


class TestSupportDocument(BusinessRulesCase):
    def _document(self, tenant=None, **values):
        return self.env["business.support.document"].create(
            {
                "name": "Returns",
                "content": "Seven days.",
                "company_id": (tenant or self.tenant_7).company_id.id,
                **values,
            }
        )

    def _bindings(self, document):
        return self.env["ai.knowledge.binding"].search(
            [("model", "=", document._name), ("res_id", "=", document.id)]
        )

    def test_only_approved_and_visible_is_wanted(self):
        document = self._document()
        self.assertFalse(document._index_wanted())
        document.action_approve()
        self.assertTrue(document._index_wanted())
        document.visible_in_ai = False
        self.assertFalse(document._index_wanted())
        document.visible_in_ai = True
        document.active = False
        self.assertFalse(document._index_wanted())

    def test_draft_leaves_no_mark(self):
        self.assertFalse(self._bindings(self._document()))

    def test_approval_marks_for_its_own_tenant_only(self):
        document = self._document()
        document.action_approve()
        binding = self._bindings(document)
        self.assertEqual(binding.tenant_id, self.tenant_7)
        self.assertEqual(binding.collection, "support_documents")
        self.assertEqual(binding.state, "to_index")

    def test_taking_back_never_leaves_it_to_be_indexed(self):
        document = self._document(state="approved")
        document.action_reset_to_draft()
        self.assertNotIn("to_index", self._bindings(document).mapped("state"))

    def test_text_is_title_and_content_without_the_note(self):
        document = self._document(content="  Seven days.\n", internal_note="secret")
        self.assertEqual(document._index_title(), "Returns")
        self.assertEqual(document._index_text(), "Seven days.")

    def test_note_alone_is_not_relevant(self):
        self.assertNotIn("internal_note", self._document()._index_relevant_fields())

    def test_empty_content_is_refused(self):
        with self.assertRaises(ValidationError):
            self._document(content=" \n ")

    def test_uninstalling_takes_the_documents_back(self):
        document = self._document(state="approved")
        uninstall_hook(self.env)
        self.assertEqual(self._bindings(document).state, "to_delete")

    def test_copy_starts_as_draft(self):
        self.assertEqual(self._document(state="approved").copy().state, "draft")

    def test_the_state_is_shown_in_the_users_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")

        documents = self.env["business.support.document"].with_context(lang="pt_BR")

        labels = dict(documents.fields_get(["sync_state"])["sync_state"]["selection"])
        self.assertEqual(labels["indexed"], "Sincronizado")
