import json
import os
import signal
import subprocess
import sys
from io import BytesIO
from threading import Event
from unittest.mock import Mock, patch

from odoo import fields
from odoo.exceptions import UserError, ValidationError

from ..extract import __main__ as child
from ..extract import limits, sandbox, web
from ..extract.extraction import Extraction
from ..extract.problem import Refused
from . import document_files as files
from .document_case import DocumentCase


class TestDocumentReading(DocumentCase):
    """From an upload or an address to a text that somebody approves."""

    def _reading(self, what):
        """Pages are read as ``what`` says: an extraction, a refusal or a function."""
        effect = what if callable(what) or isinstance(what, Exception) else [what]
        return patch.object(sandbox, "read_page", side_effect=effect)

    def _web(self, **values):
        return self._document(source="web", url="https://shop.test/returns", **values)

    def test_a_file_becomes_a_draft_to_review(self):
        document = self._uploaded(files.encoded(files.pdf("Trocas em até 7 dias.")), "Trocas.pdf")
        self.assertEqual(document.extraction_state, "waiting")
        self.assertFalse(document.content)
        document._job_extract()
        self.assertEqual(document.content, "Trocas em até 7 dias.")
        self.assertEqual((document.extraction_state, document.state), ("done", "draft"))
        self.assertEqual((document.extracted_from, document.characters), ("Trocas.pdf", 21))
        self.assertTrue(document.extracted_at)
        document.action_approve()
        self.assertEqual(document.sync_state, "to_index")

    def test_the_job_waits_in_its_channel_once(self):
        document = self._uploaded(files.encoded(b"A text."), "a.txt")
        document.action_extract()
        job = self._jobs(document)
        self.assertEqual((len(job), job.channel), (1, "root.knowledge_bulk"))
        function = self.env.ref("business_rules2.job_extract")
        self.assertTrue(function.allow_commit)

    def test_nothing_is_approved_before_there_is_a_text(self):
        document = self._uploaded(files.encoded(b"A text."), "a.txt")
        with self.assertRaisesRegex(ValidationError, "Returns.*has no text"):
            document.action_approve()

    def test_a_new_file_with_another_text_has_to_be_approved_again(self):
        document = self._uploaded(files.encoded(b"Seven days."), "a.txt")
        document._job_extract()
        document.action_approve()
        document.write({"file": files.encoded(b"Ten days."), "file_name": "b.txt"})
        self.assertEqual((document.state, document.content), ("approved", "Seven days."))
        document._job_extract()
        self.assertEqual((document.state, document.content), ("draft", "Ten days."))
        self.assertIn("review the text", document.message_ids[0].body)
        self.assertNotIn("to_index", document._index_bindings().mapped("state"))

    def test_an_unchanged_page_keeps_corrections_and_approval(self):
        document = self._web()
        document.action_extract()
        with self._reading(Extraction("Sevn days.", "html", "https://shop.test/r")):
            document._job_extract()
        self.assertEqual(document.extracted_from, "https://shop.test/r")
        document.content = "Seven days."
        document.action_approve()
        document.action_extract()
        with self._reading(Extraction("Sevn days.", "html", "https://shop.test/r")):
            document._job_extract()
        self.assertEqual((document.content, document.state), ("Seven days.", "approved"))

    def test_a_text_typed_by_hand_is_kept_beside_what_replaces_it(self):
        typed = self._document(content="Typed with much care.")
        corrected = self._uploaded(files.encoded(b"Sevn days."), "a.txt")
        corrected._job_extract()
        corrected.content = "Seven days, corrected."
        for document in typed + corrected:
            former = document.content
            with self.subTest(former):
                document.write(
                    {"source": "file", "file": files.encoded(b"Ten days."), "file_name": "b.txt"}
                )
                document._job_extract()
                self.assertEqual(document.content, "Ten days.")
                note = document.message_ids[0]
                self.assertIn("by hand", note.body)
                self.assertEqual(note.attachment_ids.raw.decode(), former)

    def test_a_text_that_was_read_is_replaced_without_ado(self):
        document = self._uploaded(files.encoded(b"Seven days."), "a.txt")
        document._job_extract()
        notes = document.message_ids
        document.write({"file": files.encoded(b"Ten days."), "file_name": "b.txt"})
        document._job_extract()
        self.assertFalse((document.message_ids - notes).attachment_ids)
        self.assertEqual(document.content, "Ten days.")

    def test_a_page_that_fails_leaves_the_approved_text(self):
        document = self._web(content="Seven days.", state="approved")
        document.action_extract()
        with self._reading(Refused("http_status", status=503)):
            document._job_extract()
        self.assertEqual((document.content, document.state), ("Seven days.", "approved"))
        self.assertEqual(document.extraction_state, "failed")
        self.assertIn("503", document.extraction_error)

    def test_internal_addresses_are_not_fetched(self):
        for url in ("http://127.0.0.1:8069/web", "http://localhost/", "http://169.254.169.254/"):
            with self.subTest(url):
                document = self._document(source="web", url=url)
                document.action_extract()
                document._job_extract()
                self.assertEqual(document.extraction_state, "failed")
                self.assertRegex(document.extraction_error, "internal network|ordinary ports")
                self.assertFalse(document.content)

    def test_an_address_is_needed(self):
        with self.assertRaisesRegex(UserError, "Enter the address"):
            self._document(source="web").action_extract()
        with self.assertRaisesRegex(UserError, "Upload the file"):
            self._document(source="file").action_extract()

    def test_a_file_replaced_while_it_is_read_is_read_again(self):
        document = self._web()
        document.action_extract()

        def meanwhile(_address):
            document.write({"source": "file", "file": files.encoded(b"New."), "file_name": "n.txt"})
            return Extraction("Old text.", "html")

        with self._reading(meanwhile):
            document._job_extract()
        self.assertEqual((document.extraction_state, document.content), ("waiting", False))

    def test_a_document_deleted_while_it_is_read(self):
        document = self._web()
        document.action_extract()

        def meanwhile(_address):
            document.unlink()
            return Extraction("Old text.", "html")

        with self._reading(meanwhile):
            document._job_extract()
        self.assertFalse(document.exists())

    def test_a_lost_job_is_taken_up(self):
        document = self._uploaded(files.encoded(b"A text."), "a.txt")
        self._jobs(document).unlink()
        documents = self.env["business.support.document"]
        documents._cron_extract()
        self.assertFalse(self._jobs(document), "it is not lost yet")
        self.env.flush_all()
        old = fields.Datetime.subtract(fields.Datetime.now(), minutes=11)
        self.env.cr.execute(
            "UPDATE business_support_document SET write_date = %s, extraction_state = 'running' "
            "WHERE id = %s",
            (old, document.id),
        )
        self.env.invalidate_all()
        documents._cron_extract()
        self.assertEqual(len(self._jobs(document)), 1)
        document._job_extract()
        self.assertEqual(document.content, "A text.")

    def test_who_asked_is_told(self):
        document = self._uploaded(files.encoded(b"A text."), "a.txt")
        bus = self.env.registry["bus.bus"]
        with patch.object(bus, "_sendone", autospec=True) as sent:
            document._job_extract()
        told = [
            call.args[-1] for call in sent.call_args_list if call.args[2] == "simple_notification"
        ]
        self.assertEqual([message["type"] for message in told], ["success"])

    def test_pages_without_text_are_pointed_out(self):
        document = self._uploaded(files.encoded(files.pdf("A page of text.", "")), "a.pdf")
        document._job_extract()
        self.assertIn("these pages", document.message_ids[0].body)

    def test_a_copy_is_a_text_of_its_own(self):
        document = self._uploaded(files.encoded(b"A text."), "a.txt")
        document._job_extract()
        copy = document.copy()
        self.assertEqual((copy.source, copy.content, copy.file), ("text", "A text.", False))
        self.assertEqual(copy.extraction_state, "none")

    def test_type_and_language_reach_the_store(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.tenant_7.lang = "pt_BR"
        document = self._document(document_type="faq", state="approved")
        item = document._index_item(self.tenant_7, 1)
        self.assertEqual((item.type, item.language), ("faq", "pt_BR"))
        document.language = "en_US"
        self.assertEqual(document._index_item(self.tenant_7, 1).language, "en_US")

    def test_a_page_that_drips_is_given_up(self):
        """Whatever the socket's patience: the whole fetching has its time."""
        self.addCleanup(signal.alarm, 0)
        with (
            patch.object(limits, "FETCH_SECONDS", 1),
            patch.object(web, "fetch", side_effect=lambda _address: Event().wait(20)),
            self.assertRaises(Refused) as caught,
        ):
            child._fetch("https://shop.test/")
        self.assertEqual(caught.exception.code, "page_slow")

    def test_the_longest_text_fits_into_the_answer(self):
        emojis = "🐶" * (limits.MAX_CHARACTERS - 1)
        self.assertEqual(sandbox.read_file(emojis.encode(), "a.txt").text, emojis)

    def test_a_fault_of_ours_is_in_the_log_with_its_place_and_without_text(self):
        document = self._uploaded(files.encoded(b"Segredo."), "a.txt")

        def read(_order, _data):
            raise LookupError("Segredo.")

        answer = {}
        with (
            patch.object(child, "_limit"),
            patch.object(child, "_read", read),
            patch.object(sys, "stdin", Mock(buffer=BytesIO(b"{}\nSegredo."))),
            patch.object(sys, "stdout", Mock(buffer=BytesIO())) as stdout,
        ):
            child.main()
            answer = json.loads(stdout.buffer.getvalue())
        with (
            patch.object(sandbox, "_run", lambda *_order: sandbox._extraction(answer)),
            self.assertLogs("odoo.addons.business_rules2", "ERROR") as log,
        ):
            document._job_extract()
        self.assertRegex(log.output[0], r"LookupError.*test_document_reading\.py:\d+")
        self.assertNotIn("Segredo", log.output[0])
        self.assertIn("fault of ours", document.extraction_error)

    def test_the_child_gets_nothing_of_the_servers_environment(self):
        self.set_environment(SUITE_SECRET_KEY="the key")
        with patch.object(subprocess, "run", wraps=subprocess.run) as run:
            sandbox.read_file(b"A text.", "a.txt")
        environment = run.call_args.kwargs["env"]
        self.assertNotIn("the key", environment.values())
        self.assertLess(len(environment), 6)
        self.assertGreater(len(os.environ), 6)
