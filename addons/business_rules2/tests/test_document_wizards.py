from odoo.addons.company_services.tests.runtime_double import TOKEN, RuntimeDouble
from odoo.exceptions import AccessError, UserError
from odoo.tools import mute_logger

from ..extract import limits
from . import document_files as files
from .document_case import DocumentCase


class TestDocumentWizards(DocumentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.editor_7 = cls.make_user("editor", cls.tenant_7, "group_ai_editor")
        cls.viewer_7 = cls.make_user("viewer", cls.tenant_7, "group_ai_viewer")

    def _attachment(self, name, data):
        """As the upload field leaves it: it belongs to nothing yet."""
        return (
            self.env["ir.attachment"]
            .with_user(self.editor_7)
            .create({"name": name, "raw": data, "res_model": "business.support.document.upload"})
        )

    def _upload(self, *attachments, **values):
        wizard = self.env["business.support.document.upload"].with_user(self.editor_7)
        return wizard.create({"attachment_ids": [a.id for a in attachments], **values})

    def test_every_file_becomes_a_draft(self):
        attachments = self._attachment("Trocas e devoluções.txt", b"Sete dias.")
        attachments += self._attachment("Frete.txt", b"Dez reais.")
        action = self._upload(*attachments, document_type="faq").action_upload()
        documents = self.env["business.support.document"].search(action["domain"])
        self.assertEqual(set(documents.mapped("name")), {"Trocas e devoluções", "Frete"})
        self.assertEqual(set(documents.mapped("document_type")), {"faq"})
        self.assertEqual(documents.company_id, self.tenant_7.company_id)
        for document in documents:
            document._job_extract()
        self.assertEqual(set(documents.mapped("content")), {"Sete dias.", "Dez reais."})
        self.assertEqual(set(documents.mapped("state")), {"draft"})
        self.assertFalse(attachments.exists(), "nothing is kept twice")

    def test_one_bad_file_does_not_keep_the_others(self):
        large = self._attachment("large.pdf", b"x" * (limits.FILE_BYTES + 1))
        wizard = self._upload(large, self._attachment("a.txt", b"A text."))
        documents = self.env["business.support.document"].search(wizard.action_upload()["domain"])
        states = {document.name: document.extraction_state for document in documents}
        self.assertEqual(states, {"large": "failed", "a": "waiting"})
        refused = documents.filtered(lambda document: document.name == "large")
        self.assertIn("26 MB", refused.extraction_error)

    def test_a_single_file_opens(self):
        action = self._upload(self._attachment("a.txt", b"A text.")).action_upload()
        self.assertEqual(self.env[action["res_model"]].browse(action["res_id"]).name, "a")

    def test_no_file_no_draft(self):
        with self.assertRaisesRegex(UserError, "Choose at least one"):
            self._upload().action_upload()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_nothing_is_uploaded_into_account_8(self):
        company_8 = self.tenant_8.company_id
        with self.assertRaises(AccessError):
            self._upload(
                self._attachment("a.txt", b"A text."), company_id=company_8.id
            ).action_upload()

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_no_file_of_account_8_is_taken_over(self):
        document = self._uploaded(files.encoded(b"A text of eight."), "a.txt", self.tenant_8)
        with self.assertRaises(UserError):
            self._upload(document._file_attachment()).action_upload()
        self.assertTrue(document._file_attachment())

    def _preview(self, document):
        action = document.with_user(self.viewer_7).action_preview_passages()
        return self.env[action["res_model"]].with_user(self.viewer_7).browse(action["res_id"])

    def test_preview_shows_the_passages_in_order(self):
        runtime = self.enterContext(RuntimeDouble())
        self.set_environment(AGENT_RUNTIME_URL=runtime.url, AGENT_RUNTIME_TOKEN=TOKEN)
        preview = self._preview(self._document(content="Seven days.\n\nTen reais."))
        passages = [(passage.number, passage.text) for passage in preview.passage_ids]
        self.assertEqual(passages, [(1, "Seven days."), (2, "Ten reais.")])
        self.assertEqual((preview.passage_count, preview.problem), (2, False))

    def test_preview_of_a_long_document_says_how_much_it_shows(self):
        runtime = self.enterContext(RuntimeDouble())
        self.set_environment(AGENT_RUNTIME_URL=runtime.url, AGENT_RUNTIME_TOKEN=TOKEN)
        preview = self._preview(self._document(content="\n\n".join(["Seven days."] * 201)))
        self.assertEqual((preview.passage_count, preview.shown_count), (201, 200))
        self.assertEqual(len(preview.passage_ids), 200)

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_account_7_reads_no_wizard_of_account_8(self):
        runtime = self.enterContext(RuntimeDouble())
        self.set_environment(AGENT_RUNTIME_URL=runtime.url, AGENT_RUNTIME_TOKEN=TOKEN)
        editor_8 = self.make_user("editor of 8", self.tenant_8, "group_ai_editor")
        document = self._document(self.tenant_8, content="A text of eight.")
        action = document.with_user(editor_8).action_preview_passages()
        preview = self.env[action["res_model"]].browse(action["res_id"])
        upload = self.env["business.support.document.upload"].with_user(editor_8).create({})
        for record in (preview, preview.passage_ids, upload):
            with self.subTest(record._name):
                record.with_user(editor_8).read()
                foreign = record.with_user(self.editor_7)
                self.assertFalse(foreign.search([("id", "in", record.ids)]))
                with self.assertRaises(AccessError):
                    foreign.read()
                with self.assertRaises(AccessError):
                    foreign.unlink()

    def test_preview_without_a_runtime_says_so(self):
        with RuntimeDouble() as runtime:
            self.set_environment(AGENT_RUNTIME_URL=runtime.url, AGENT_RUNTIME_TOKEN=TOKEN)
        preview = self._preview(self._document())
        self.assertIn("does not answer", preview.problem)
        self.assertFalse(preview.passage_ids)

    def test_preview_of_nothing(self):
        with self.assertRaisesRegex(UserError, "has no text yet"):
            self._preview(self._document(source="file"))

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_account_7_reaches_neither_text_nor_file_nor_reading_of_account_8(self):
        document = self._uploaded(files.encoded(b"A text of eight."), "a.txt", self.tenant_8)
        document._job_extract()
        foreign = document.with_user(self.editor_7)
        for act in (
            lambda: foreign.action_extract(),
            lambda: foreign.action_preview_passages(),
            lambda: foreign.read(["file"]),
            lambda: document._file_attachment().with_user(self.editor_7).read(["datas"]),
            lambda: (
                self.env["ir.binary"]
                .with_user(self.editor_7)
                ._find_record(res_model=document._name, res_id=document.id, field="file")
            ),
        ):
            with self.assertRaises(AccessError):
                act()
        self.assertEqual(document.extraction_state, "done")

    def test_jobs_of_two_accounts_read_their_own_files(self):
        own = self._uploaded(files.encoded(b"A text of seven."), "a.txt")
        other = self._uploaded(files.encoded(b"A text of eight."), "a.txt", self.tenant_8)
        self.assertNotEqual(own._extraction_key(), other._extraction_key())
        own._job_extract()
        self.assertEqual((own.content, other.content), ("A text of seven.", False))
        other._job_extract()
        self.assertEqual((own.content, other.content), ("A text of seven.", "A text of eight."))
