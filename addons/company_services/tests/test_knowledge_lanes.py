from odoo.tests import tagged

from ..tools import jobs, lanes
from .knowledge_case import UPSERT, KnowledgeCase


@tagged("post_install", "-at_install")
class TestKnowledgeLanes(KnowledgeCase):
    """One edited record does not wait for many."""

    def pending_jobs(self):
        return self.env["queue.job"].search(
            [("identity_key", "=like", f"knowledge:{self.tenant_7.id}:notes:%")]
        )

    def job(self, lane):
        self.env["ai.knowledge.binding"]._job_sync(self.tenant_7.id, "notes", lane)

    def test_many_at_once_go_in_bulk_and_one_edit_is_lifted(self):
        notes = self.notes(lanes.BULK_FROM + 1)
        self.assertEqual(set(notes._index_bindings().mapped("lane")), {"bulk"})
        self.assertEqual(self.pending_jobs().mapped("channel"), [jobs.CHANNEL_BULK])
        notes[7].text = "Edited"
        self.assertEqual(notes[7]._index_bindings().lane, "live")
        self.assertEqual(
            set(self.pending_jobs().mapped("channel")), {jobs.CHANNEL, jobs.CHANNEL_BULK}
        )
        self.job("live")
        self.assertEqual(self.stored(), {notes[7].id: "Note 7"})
        self.assertEqual([request.lane for _path, request in self.sent()], ["live"])
        self.sync()
        self.assertEqual(len(self.stored()), len(notes))
        self.assertEqual({request.lane for _path, request in self.sent()}, {"live", "bulk"})

    def test_a_bulk_mark_does_not_put_a_waiting_edit_back(self):
        notes = self.notes(lanes.BULK_FROM + 1)
        notes[0].text = "Edited"
        notes._index_mark()
        self.assertEqual(notes[0]._index_bindings().lane, "live")
        self.assertEqual(notes[1]._index_bindings().lane, "bulk")

    def test_an_edit_while_the_bulk_sends_the_record_is_the_last_word(self):
        notes = self.notes(lanes.BULK_FROM + 1)
        note = notes[0]

        def edit_once(path):
            if path == UPSERT:
                self.runtime.during = None
                note.text = "Newer"
                # The live lane's job comes while the bulk's request about it is under way.
                self.job("live")

        self.runtime.during = edit_once
        self.job("bulk")
        binding = note._index_bindings()
        self.assertEqual((binding.state, binding.lane, binding.claim), ("to_index", "live", False))
        self.assertIn(jobs.CHANNEL, self.pending_jobs().mapped("channel"))
        self.sync()
        self.assertEqual(binding.state, "indexed")
        (text,) = {i.text for k, i in self.runtime.stored.items() if k[4] == note.id}
        self.assertEqual(text, "Newer")

    def test_a_deletion_while_the_bulk_sends_the_record_wins(self):
        notes = self.notes(lanes.BULK_FROM + 1)
        note = notes[0]
        key = note.id

        def delete_once(path):
            if path == UPSERT:
                self.runtime.during = None
                note.unlink()
                self.job("live")

        self.runtime.during = delete_once
        self.job("bulk")
        self.assertIn(key, self.stored())
        self.sync()
        self.assertNotIn(key, self.stored())
        self.assertEqual(len(self.stored()), lanes.BULK_FROM)

    def test_recovery_stays_in_its_own_lane(self):
        mine, other = self.note("Mine"), self.note("Other")
        mine._index_bindings().write({"state": "indexing", "claim": "live"})
        other._index_bindings().write({"state": "indexing", "claim": "bulk", "lane": "bulk"})
        self.job("live")
        self.assertEqual(mine._index_bindings().state, "indexed")
        self.assertEqual(other._index_bindings().state, "indexing")
        self.job("bulk")
        self.assertEqual(other._index_bindings().state, "indexed")

    def test_the_lanes_work_at_once_but_each_alone(self):
        note = self.note()
        name = f"knowledge:{self.tenant_7.id}:notes:live"
        with jobs.exclusive(self.env, name, within=self.tenant_7._knowledge_lock()):
            self.job("bulk")
            self.assert_retried(self.job, "live")
        with jobs.exclusive(self.env, self.tenant_7._knowledge_lock()):
            self.assert_retried(self.job, "live")
        self.job("live")
        self.assertEqual(note.sync_state, "indexed")

    def test_backfilling_what_is_known_marks_nothing(self):
        notes = self.notes(3)
        self.sync()
        notes._index_backfill()
        self.assertEqual(set(notes.mapped("sync_state")), {"indexed"})

    def test_marking_many_unchanged_records_again_sends_nothing(self):
        notes = self.notes(300)
        self.sync()
        sent = self.upserts()
        self.assertEqual(sent, 300)
        notes._index_mark()
        self.assertEqual(set(notes.mapped("sync_state")), {"to_index"})
        self.sync()
        self.assertEqual(self.upserts(), sent)
        self.assertEqual(set(notes.mapped("sync_state")), {"indexed"})
        # A hundred records a question.
        self.assertLessEqual(self.runtime.called("/v1/knowledge/receipts"), 8)

    def test_waiting_is_counted(self):
        self.note()
        self.notes(2, self.tenant_8)
        self.sync()
        self.assertEqual(self.tenant_7.knowledge_open_count, 0)
        self.assertEqual(self.tenant_8.knowledge_open_count, 2)
        self.assertEqual((self.tenant_7.knowledge_count, self.tenant_8.knowledge_count), (1, 0))
        counts = self.env["ai.knowledge.binding"]._read_group(
            [("tenant_id", "=", self.tenant_8.id)], ["collection", "state"], ["__count"]
        )
        self.assertEqual(counts, [("notes", "to_index", 2)])

    def test_a_client_cannot_name_a_lane_that_does_not_exist(self):
        note = self.note()
        note.with_context(knowledge_lane="express").text = "Edited"
        self.assertEqual(note._index_bindings().lane, "live")

    def sent(self):
        return [call for call in self.runtime.calls if call[0] == UPSERT]
