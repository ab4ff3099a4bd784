from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..tools import pace
from .knowledge_case import KnowledgeCase
from .knowledge_model import NAME


@tagged("post_install", "-at_install")
class TestKnowledgeSync(KnowledgeCase):
    def test_synchronised_only_after_the_store_s_receipt(self):
        note = self.note()
        self.sync()
        binding = note._index_bindings()
        self.assertEqual(binding.state, "indexed")
        self.assertEqual((binding.points, binding.version), (1, 1))
        self.assertTrue(binding.synced_at)
        (key,) = self.runtime.stored
        origin = self.env["ai.tenant"]._database_origin()
        self.assertEqual(key, (7, "notes", origin, NAME, note.id))
        self.assertEqual(self.runtime.stored[key].text, "Text of Note")

    def test_unchanged_content_is_not_embedded_again(self):
        note = self.note()
        self.sync()
        note.action_sync_now()
        self.sync()
        self.assertEqual(self.runtime.called("/v1/knowledge/upsert"), 1)
        self.assertEqual(note.sync_state, "indexed")

    def test_points_that_the_store_lost_are_sent_again(self):
        note = self.note()
        self.sync()
        self.runtime.stored.clear()
        self.later()
        self.check()
        self.assertEqual(len(self.runtime.stored), 1)
        self.assertEqual(note.sync_state, "indexed")

    def test_deletion_is_confirmed_before_the_tombstone_goes(self):
        note = self.note()
        self.sync()
        binding = note._index_bindings()
        note.unlink()
        self.assertTrue(binding.exists())
        self.sync()
        self.assertFalse(binding.exists())
        self.assertFalse(self.runtime.stored)

    def test_deletion_while_indexing_wins(self):
        note = self.note()
        binding = note._index_bindings()

        def delete_once(path):
            if path.endswith("upsert"):
                self.runtime.during = None
                note.unlink()

        self.runtime.during = delete_once
        self.env["ai.knowledge.binding"]._job_sync(self.tenant_7.id, "notes")
        self.assertEqual(binding.state, "to_delete")
        self.sync()
        self.assertFalse(binding.exists())
        self.assertFalse(self.runtime.stored)

    def test_edit_while_indexing_is_indexed_next(self):
        note = self.note()

        def edit_once(path):
            if path.endswith("upsert"):
                self.runtime.during = None
                note.text = "Newer text"

        self.runtime.during = edit_once
        self.env["ai.knowledge.binding"]._job_sync(self.tenant_7.id, "notes")
        self.assertEqual(note._index_bindings().state, "to_index")
        self.sync()
        self.assertEqual(next(iter(self.runtime.stored.values())).text, "Newer text")
        self.assertEqual(note._index_bindings().state, "indexed")

    def test_wanted_again_while_being_deleted_is_indexed_anew(self):
        note = self.note()
        self.sync()
        note.active = False

        def reactivate_once(path):
            self.runtime.during = None
            note.active = True

        self.runtime.during = reactivate_once
        self.sync()
        self.assertEqual(note._index_bindings().state, "indexed")
        self.assertEqual(len(self.runtime.stored), 1)

    def test_empty_text_is_not_in_the_store(self):
        note = self.note()
        self.sync()
        note.text = " "
        self.sync()
        self.assertFalse(self.runtime.stored)
        self.assertEqual(note.sync_state, "none")

    def test_runtime_down_is_tried_again_and_says_so(self):
        note = self.note()
        for status in (503, 429, 401):
            self.runtime.failures = [status]
            job = self.env["ai.knowledge.binding"]._job_sync
            self.assert_retried(job, self.tenant_7.id, "notes")
            note.invalidate_recordset()
            self.assertEqual(note.sync_state, "to_index")
            self.assertTrue(note.sync_error)
        self.sync()
        note.invalidate_recordset()
        self.assertEqual(note.sync_state, "indexed")
        self.assertFalse(note.sync_error)

    def test_one_refused_text_does_not_hold_up_the_others(self):
        notes = self.note("Good") + self.note("Bad") + self.note("Better")
        self.runtime.refused_titles = {"Bad"}
        self.sync()
        self.assertEqual(notes.mapped("sync_state"), ["indexed", "error", "indexed"])
        self.assertIn("refused", notes[1].sync_error)

    def test_batches_are_bounded(self):
        for number in range(20):
            self.note(f"Note {number}")
        with patch.object(pace.of_this_process, "characters", 60), patch.object(pace, "MOST", 60):
            self.sync()
        self.assertEqual(sum(self.sizes()), 20)
        self.assertLessEqual(max(self.sizes()), 4)

    def test_mass_work_travels_in_larger_batches_than_edits(self):
        for number in range(20):
            self.note(f"Note {number}")
        self.sync()
        self.assertEqual(self.sizes(), [16, 4])
        self.runtime.calls.clear()
        self.notes(100)
        self.sync()
        self.assertEqual(self.sizes(), [96, 4])

    def sizes(self):
        """How many records each upsert brought."""
        return [
            len(request.items) for path, request in self.runtime.calls if path.endswith("upsert")
        ]

    def test_validity_is_part_of_the_content(self):
        note = self.note()
        self.sync()
        until = fields.Datetime.now() + timedelta(days=1)
        with patch.object(self.registry[NAME], "_index_validity", lambda _note: (None, until)):
            note._index_mark()
            self.sync()
        (item,) = self.runtime.stored.values()
        self.assertEqual(item.valid_until.replace(tzinfo=None), until)

    def test_half_way_left_bindings_are_taken_up(self):
        note = self.note()
        binding = note._index_bindings()
        binding.state = "indexing"
        self.env["queue.job"].search([("identity_key", "like", "knowledge:%")]).unlink()
        self.env["ai.knowledge.binding"]._cron_sync()
        job = self.env["queue.job"].search([("identity_key", "like", "knowledge:%")])
        self.assertEqual(job.mapped("method_name"), ["_job_sync"])
        self.env["ai.knowledge.binding"]._job_sync(self.tenant_7.id, "notes")
        self.assertEqual(binding.state, "indexed")

    def test_accounts_do_not_meet(self):
        self.note("Seven")
        self.note("Eight", self.tenant_8)
        self.sync(self.tenant_7)
        self.assertEqual({key[0] for key in self.runtime.stored}, {7})
        self.sync(self.tenant_8)
        titles = {key[0]: item.title for key, item in self.runtime.stored.items()}
        self.assertEqual(titles, {7: "Seven", 8: "Eight"})

    def test_uninstalling_an_addon_forgets_its_models(self):
        note = self.note()
        self.sync()
        self.env["ai.knowledge.binding"]._forget_models([NAME])
        self.assertEqual(note._index_bindings().state, "to_delete")

    def test_a_text_that_cannot_be_made_does_not_hold_up_the_others(self):
        notes = self.note("Good") + self.note("Bad")

        def text(note):
            if note.name == "Bad":
                raise ValueError("this text cannot be made")
            return note.text

        with patch.object(self.registry[NAME], "_index_text", text):
            self.sync()
        self.assertEqual(notes.mapped("sync_state"), ["indexed", "error"])
        self.assertIn("cannot be made", notes[1].sync_error)

    def test_a_tenant_whose_knowledge_is_stored_cannot_be_deleted(self):
        self.note()
        self.sync()
        with self.assertRaises(ValidationError):
            self.tenant_7.unlink()
        self.note("Waiting", self.tenant_8)
        self.tenant_8.unlink()
        self.assertFalse(self.tenant_8.exists())
