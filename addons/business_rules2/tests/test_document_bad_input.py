from odoo.exceptions import ValidationError

from ..extract import limits
from . import document_files as files
from .document_case import DocumentCase

MEGABYTE = 1024 * 1024


class TestDocumentBadInput(DocumentCase):
    """What cannot be read is a message on the record; the text there was stays."""

    def _assert_message(self, document, *words):
        self.assertEqual(document.extraction_state, "failed")
        for word in words:
            self.assertIn(word, document.extraction_error)
        self.assertEqual((document.content, document.state), ("Former text.", "approved"))

    def _read(self, data, file_name):
        """An approved document that is given a bad file, through form and job."""
        document = self._document(content="Former text.", state="approved")
        document.write({"source": "file", "file": files.encoded(data), "file_name": file_name})
        document._job_extract()
        return document

    def test_bad_files(self):
        for data, name, words in (
            (files.encrypted_pdf("Secret.", "password"), "a.pdf", ["protected by a password"]),
            (files.scan(), "scan.pdf", ["only pictures", "OCR"]),
            (files.pdf("Text.")[:300], "cut.pdf", ["damaged"]),
            (files.docx(files.paragraph("x"))[:-40], "cut.docx", ["damaged"]),
            (files.bomb(), "bomb.docx", ["unpacks to", "100 MB"]),
            (
                files.pdf("Text."),
                "list.xlsx",
                ["an Excel workbook (XLSX) but is a PDF file", "rename"],
            ),
            (files.xlsx(("a", "b"), ("x", "=1+1")), "sum.xlsx", ["Cell Sheet!B2", "formula"]),
            (b"x", "one.txt", ["too little text", "characters: 1"]),
            (b"word " * 1_000_000, "long.txt", ["1,000,000 characters", "Split"]),
        ):
            with self.subTest(name):
                self._assert_message(self._read(data, name), name, *words)

    def test_200_mb_are_refused_before_anything_is_stored_or_read(self):
        document = self._document(content="Former text.", state="approved")
        document.write(
            {"source": "file", "file": "A" * (200 * MEGABYTE * 4 // 3), "file_name": "big.pdf"}
        )
        self._assert_message(document, "big.pdf", "200 MB", "25 MB")
        self.assertFalse(document.file)
        self.assertFalse(document._file_attachment())
        self.assertFalse(self._jobs(document))

    def test_a_former_file_survives_one_that_is_too_large(self):
        document = self._uploaded(files.encoded(b"A text."), "a.txt")
        document._job_extract()
        size = limits.FILE_BYTES + MEGABYTE
        document.write({"file": "A" * (size * 4 // 3), "file_name": "big.pdf"})
        self.assertEqual((document.file_name, document.content), ("a.txt", "A text."))
        self.assertEqual(document.file, files.encoded(b"A text.").encode())
        self.assertIn("big.pdf", document.extraction_error)

    def test_a_file_that_eats_memory_ends_its_reader_only(self):
        """Within the size an archive may have, but millions of elements."""
        body = "<text:p/>" * (90 * MEGABYTE // 9)
        self._assert_message(self._read(files.odt(body), "deep.odt"), "too much time or memory")

    def test_html_brings_its_text_and_no_script(self):
        page = b"<html><body><script>steal()</script><p onclick='x()'>Seven days.</p></body></html>"
        document = self._read(page, "page.html")
        self.assertEqual((document.content, document.state), ("Seven days.", "draft"))

    def test_csv_in_windows_encoding(self):
        document = self._read("Serviço;Preço\nTosa;R$ 60,00".encode("cp1252"), "p.csv")
        self.assertEqual(document.content, "Serviço: Tosa; Preço: R$ 60,00")

    def test_typed_texts_have_limits_too(self):
        with self.assertRaisesRegex(ValidationError, "Returns.*too little text"):
            self._document(content="x")
        with self.assertRaisesRegex(ValidationError, "Returns.*5,000,000.*Split"):
            self._document(content="x" * 5_000_000)

    def test_the_message_is_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        document = self._read(files.scan(), "scan.pdf")
        message = document.with_context(lang="pt_BR").extraction_error
        self.assertIn("reconhecimento de texto", message)
        self.assertIn("only pictures", document.extraction_error)

    def test_the_log_holds_no_text(self):
        document = self._document(source="file")
        with self.assertLogs("odoo.addons.business_rules2") as log:
            document.write({"file": files.encoded(files.encrypted_pdf("Segredo.", "x"))})
            document.file_name = "a.pdf"
            document._job_extract()
        self.assertEqual(
            [line.partition("extraction:")[2] for line in log.output],
            [f"Document {document.id} could not be read: encrypted"],
        )

    def test_every_refusal_has_words(self):
        """A code that somebody adds to a reader needs a message."""
        codes = files.refusal_codes()
        self.assertGreater(len(codes), 20)
        document = self._document()
        unknown = document._unknown_message()
        for code in codes - {"internal"}:
            details = dict.fromkeys(
                ("size", "limit", "characters", "pages", "cell", "host", "port", "status"), 1
            )
            details |= {"type": "x", "seconds": 1, "named": "pdf", "found": "docx"}
            words = document._failure_in_words({"code": code, "details": details})
            self.assertNotEqual(words, unknown % {"source": document.name}, code)
