from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .knowledge_case import UPSERT, KnowledgeCase
from .knowledge_model import NAME


class Killed(BaseException):
    """The worker dies: nothing of the job's Python runs any more."""


@tagged("post_install", "-at_install")
class TestKnowledgeFaults(KnowledgeCase):
    """Whatever fails, nothing is called synchronised that is not, and all ends in agreement."""

    def job(self):
        self.env["ai.knowledge.binding"]._job_sync(self.tenant_7.id, "notes", "live")

    def test_fifty_edits_in_a_second_are_sent_once(self):
        note = self.note()
        self.sync()
        for number in range(50):
            note.text = f"Edit {number}"
            self.env.flush_all()
        self.assertEqual(note.sync_state, "to_index")
        jobs = self.env["queue.job"].search(
            [("identity_key", "=", f"knowledge:{self.tenant_7.id}:notes:live")]
        )
        self.assertEqual(len(jobs), 1)
        self.sync()
        self.assertEqual(self.upserts(), 2)
        (item,) = self.runtime.stored.values()
        self.assertEqual(item.text, "Edit 49")

    def test_fifty_edits_while_indexing_end_with_the_last(self):
        note = self.note()

        def edit_much(path):
            if path == UPSERT:
                self.runtime.during = None
                for number in range(50):
                    note.text = f"Edit {number}"
                    self.env.flush_all()

        self.runtime.during = edit_much
        self.sync()
        (item,) = self.runtime.stored.values()
        self.assertEqual(item.text, "Edit 49")
        self.assertEqual(self.upserts(), 2)
        self.assertEqual(note.sync_state, "indexed")

    def test_a_job_killed_between_write_and_receipt_is_made_good_without_sending_again(self):
        note = self.note()

        def die(*_args):
            raise Killed

        binding = note._index_bindings()
        # The first settling is of what needed no sending; the second has the receipts.
        with patch.object(type(binding), "_next_state", die):
            self.assert_killed(Killed, self.job)
        self.assertEqual(self.stored(), {note.id: "Note"})
        self.assertEqual((binding.state, note.sync_state), ("indexing", "indexing"))
        self.env["queue.job"].search([]).unlink()
        self.env["ai.knowledge.binding"]._cron_sync()
        (job,) = self.env["queue.job"].search([("method_name", "=", "_job_sync")])
        self.assertEqual(job.args, [self.tenant_7.id, "notes", "live"])
        self.sync()
        self.assertEqual((note.sync_state, binding.claim), ("indexed", False))
        self.assertEqual(self.upserts(), 1)

    def test_the_runtime_fails_at_each_step(self):
        for step in ("receipts", "upsert"):
            note = self.note(step)

            def fail_once(path, step=step):
                if path.endswith(step):
                    self.runtime.during = None
                    self.runtime.failures = [503]

            # The request itself is answered; the one after it finds the runtime down.
            self.runtime.during = fail_once
            if step == "receipts":
                self.assert_retried(self.job)
                note.invalidate_recordset()
                self.assertEqual(note.sync_state, "to_index")
                self.assertIn("Tried again by itself", note.sync_error)
            else:
                self.job()
            self.runtime.failures = []
            self.sync()
            note.invalidate_recordset()
            self.assertEqual((note.sync_state, note.sync_error), ("indexed", False))
        note.unlink()
        binding = self.env["ai.knowledge.binding"].search([("title", "=", "upsert")])
        self.runtime.failures = [503]
        self.assert_retried(self.job)
        self.assertEqual((binding.state, binding.claim), ("to_delete", False))
        self.assertTrue(binding.error)
        self.sync()
        self.assertFalse(binding.exists())
        self.assertEqual(list(self.stored().values()), ["receipts"])

    def test_an_outage_is_told_in_the_company_s_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.tenant_7.lang = "pt_BR"
        note = self.note()
        self.runtime.failures = [503]
        bindings = self.env(context={})["ai.knowledge.binding"]
        self.assert_retried(bindings._job_sync, self.tenant_7.id, "notes", "live")
        self.assertIn("Nova tentativa automática", note.sync_error)

    def test_a_record_that_the_store_keeps_does_not_hold_up_the_others(self):
        kept = self.note("Kept")
        self.sync()
        binding = kept._index_bindings()
        kept.unlink()
        note = self.note("New")
        with patch.object(self.runtime, "_delete", self.runtime._receipts):
            self.assert_retried(self.job)
        self.assertEqual(note.sync_state, "indexed")
        self.assertEqual(binding.state, "to_delete")
        self.assertIn("still holds", binding.error)
        self.sync()
        self.assertEqual(self.stored(), {note.id: "New"})

    def test_what_is_gone_is_not_opened(self):
        note = self.note()
        binding = note._index_bindings()
        self.assertEqual(binding.action_open_record()["res_id"], note.id)
        self.env.cr.execute("UPDATE ai_knowledge_binding SET model = 'left.by.an.addon'")
        binding.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "no longer"):
            binding.action_open_record()

    def test_the_answer_is_lost_after_the_store_has_written(self):
        note = self.note()

        def lose_answer(path):
            if path == UPSERT:
                self.runtime.after = None
                raise ConnectionAbortedError

        self.runtime.after = lose_answer
        with patch("socketserver.BaseServer.handle_error"):
            self.assert_retried(self.job)
        self.assertEqual(note.sync_state, "to_index")
        self.sync()
        self.assertEqual(note.sync_state, "indexed")
        self.assertEqual(self.upserts(), 1)

    def test_deleted_and_shared_again_while_the_deletion_is_under_way(self):
        note = self.note()
        self.sync()
        note.secret = True
        seen = []

        def share_again(path):
            if path.endswith("delete"):
                self.runtime.during = None
                note.secret = False
                # The other job comes while the deletion is under way, and must not overtake it.
                self.env["ai.knowledge.binding"]._job_sync(self.tenant_7.id, "notes", "bulk")
                seen.append(note.sync_state)

        self.runtime.during = share_again
        self.sync()
        self.assertEqual(seen, ["to_index"])
        self.assertEqual(note.sync_state, "indexed")
        self.assertEqual(self.stored(), {note.id: "Note"})

    def test_a_store_that_keeps_what_was_deleted_is_not_believed(self):
        note = self.note()
        self.sync()
        binding = note._index_bindings()
        kept = dict(self.runtime.stored)
        note.unlink()
        with patch.object(self.runtime, "_delete", self.runtime._receipts):
            self.assert_retried(self.job)
        self.assertEqual(self.runtime.stored, kept)
        self.assertEqual(binding.state, "to_delete")
        self.assertIn("still holds", binding.error)
        self.sync()
        self.assertFalse(self.runtime.stored)

    def test_nothing_is_believed_after_a_restore(self):
        note = self.note("Old")
        self.sync()
        tenants = self.env["ai.tenant"]
        self.tenant_7.publish_state = "published"
        tenants._notice_restore()
        self.assertEqual(note.sync_state, "indexed")
        self.assertEqual(self.tenant_7.publish_state, "published")
        uploads = self.runtime.called("/v1/knowledge/upsert")

        # A dump carries the parameter, but not PostgreSQL's own number of the database.
        self.env["ir.config_parameter"].set_param("company_services.database_oid", "1")
        tenants._notice_restore()
        self.env.invalidate_all()

        self.assertEqual(note.sync_state, "to_index")
        self.assertEqual(self.tenant_7.publish_state, "to_publish")
        report = self.env["ai.sync.report"].search([("tenant_id", "=", self.tenant_7.id)], limit=1)
        self.assertEqual(report.state, "running")
        self.sync()
        self.assertEqual(note.sync_state, "indexed")
        self.assertEqual(self.runtime.called("/v1/knowledge/upsert"), uploads)
        tenants._notice_restore()
        self.assertEqual(note.sync_state, "indexed")

    def test_restored_backup_of_odoo_ends_in_agreement(self):
        old, edited = self.note("Old"), self.note("Edited later")
        self.sync()
        columns = SQL("content_hash, points, version, synced_at, state")
        before = self.env.execute_query(
            SQL("SELECT id, %s FROM ai_knowledge_binding ORDER BY id", columns)
        )
        edited.text = "The newer text that the backup does not know"
        lost = self.note("Made after the backup")
        self.sync()
        newer = self.runtime.stored[7, "notes", self.origin, NAME, edited.id]
        # The backup: the record and the bindings as they were, and no trace of the third note.
        self.env.cr.execute("DELETE FROM ai_knowledge_binding WHERE res_id = %s", [lost.id])
        self.env.cr.execute("DELETE FROM ai_test_note WHERE id = %s", [lost.id])
        self.env.cr.execute(
            "UPDATE ai_test_note SET text = 'Text of Edited later' WHERE id = %s", [edited.id]
        )
        for binding_id, *values in before:
            self.env.cr.execute(
                "UPDATE ai_knowledge_binding SET content_hash = %s, points = %s, version = %s, "
                "synced_at = %s, state = %s WHERE id = %s",
                [*values, binding_id],
            )
        self.env.invalidate_all()
        self.later()
        report = self.check()
        self.assertEqual(report.state, "repaired")
        self.assertEqual((report.resent, report.removed), (1, 1))
        self.assertEqual(set(self.stored()), {old.id, edited.id})
        now = self.runtime.stored[7, "notes", self.origin, NAME, edited.id]
        self.assertNotEqual(now, newer)
        self.assertEqual(now.text, "Text of Edited later")
        self.assertEqual(self.check().state, "agreed")
