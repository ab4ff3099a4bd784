from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from agent_runtime.contracts import KnowledgeItem

from ..tools.inventory import Known, Stored, differences
from .knowledge_case import KnowledgeCase
from .knowledge_model import NAME


class TestDifferences(BaseCase):
    """The comparison itself, without Odoo or a store."""

    def compare(self, stored, **binding):
        read_at = datetime(2026, 1, 2)
        values = {
            "binding_id": 1,
            "key": ("m", 1),
            "state": "indexed",
            "content_hash": "h",
            "points": 2,
            "confirmed": datetime(2026, 1, 1),
        }
        return differences(stored, [Known(**values | binding)], read_at)

    def test_what_agrees_and_what_does_not(self):
        whole = {("m", 1): Stored(2, "h")}
        self.assertEqual(self.compare(whole), ([], []))
        self.assertEqual(self.compare({}), ([], [1]))
        self.assertEqual(self.compare({("m", 1): Stored(2, "x")}), ([], [1]))
        self.assertEqual(self.compare({("m", 1): Stored(1, "h")}), ([], [1]))
        self.assertEqual(self.compare({("m", 1): Stored(2, None)}), ([], [1]))
        self.assertEqual(self.compare({**whole, ("m", 2): Stored(1, "h")}), ([("m", 2)], []))

    def test_what_is_under_way_or_newer_than_the_reading_is_left_out(self):
        for state in ("to_index", "indexing", "to_delete", "error"):
            self.assertEqual(self.compare({}, state=state), ([], []))
        self.assertEqual(self.compare({}, confirmed=datetime(2026, 1, 3)), ([], []))


@tagged("post_install", "-at_install")
class TestSyncReport(KnowledgeCase):
    def stranger(self, account_id=7, record_id=1, collection="notes"):
        """A passage of another database."""
        key = (account_id, collection, "stranger", NAME, record_id)
        self.runtime.stored[key] = self.item("Foreign", record_id)
        return key

    def orphan(self, record_id, collection="notes"):
        """A passage of this database that no binding stands for."""
        key = (7, collection, self.origin, NAME, record_id)
        self.runtime.stored[key] = self.item("Orphan", record_id)
        return key

    def item(self, title, record_id):
        return KnowledgeItem(
            model=NAME, record_id=record_id, title=title, text="text", content_hash="x"
        )

    def checked(self):
        self.later()
        return self.check()

    def test_agreement_after_one_look_changes_nothing(self):
        self.notes(3)
        self.sync()
        before, sent = dict(self.runtime.stored), self.upserts()
        report = self.checked()
        self.assertEqual(report.state, "agreed")
        self.assertEqual((report.records_seen, report.points_seen, report.passes), (3, 3, 1))
        self.assertEqual((report.resent, report.removed, report.foreign), (0, 0, 0))
        self.assertTrue(report.ended_at)
        self.assertEqual((self.runtime.stored, self.upserts()), (before, sent))

    def test_what_waits_is_no_agreement(self):
        self.notes(5)
        report = self.env["ai.sync.report"]._start(self.tenant_7)
        self.assert_retried(report._job_reconcile)
        self.assertEqual(report.state, "running")
        self.assertIn("5 records", report.error)
        self.sync()
        self.assertEqual(len(self.stored()), 5)
        report = self.check()
        self.assertEqual((report.state, report.points_seen), ("agreed", 5))
        self.assertFalse(report.error)

    def test_a_removal_that_is_not_carried_out_is_no_agreement(self):
        note = self.note()
        self.sync()
        note.unlink()
        report = self.env["ai.sync.report"]._start(self.tenant_7)
        self.assert_retried(report._job_reconcile)
        report.started_at -= timedelta(hours=3)
        while report.state == "running":
            report._job_reconcile()
        self.assertEqual(report.state, "failed")
        self.assertIn("1 records are still waiting", report.error)
        self.sync()
        self.assertEqual(self.check().state, "agreed")
        self.assertFalse(self.stored())

    def test_a_check_that_a_scheduled_action_starts_speaks_the_company_s_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.tenant_7.lang = "pt_BR"
        self.note()
        self.sync()
        self.stranger()
        report = self.env(context={})["ai.sync.report"]._start(self.tenant_7.with_env(self.env))
        while report.state == "running":
            report._job_reconcile()
        self.assertIn("banco de dados", report.error)

    def test_missing_and_damaged_points_are_sent_again(self):
        notes = self.notes(120)
        self.sync()
        keys = sorted(self.runtime.stored)
        del self.runtime.stored[keys[5]]
        self.runtime.stored[keys[70]] = self.item("Damaged", keys[70][4])
        report = self.checked()
        self.assertEqual(report.state, "repaired")
        self.assertEqual((report.resent, report.removed), (2, 0))
        self.assertEqual(self.stored(), {note.id: note.name for note in notes})
        self.assertEqual(set(notes.mapped("sync_state")), {"indexed"})
        self.assertEqual(len(report.binding_ids), 2)
        self.assertEqual(set(report.binding_ids.mapped("lane")), {"bulk"})

    def test_points_that_odoo_does_not_know_are_removed(self):
        note = self.note()
        self.sync()
        self.orphan(987654)
        self.orphan(987655, "left_by_an_addon")
        report = self.env["ai.sync.report"]._start(self.tenant_7)
        self.later()
        report._job_reconcile()
        report._job_reconcile()
        report._job_reconcile()
        tombstones = self.tenant_7.knowledge_ids.filtered(lambda b: b.state == "to_delete")
        self.assertEqual(tombstones.report_id, report)
        bindings = self.env["ai.knowledge.binding"]
        bindings._job_sync(self.tenant_7.id, "left_by_an_addon", "bulk")
        report = self.check()
        self.assertEqual((report.state, report.removed), ("repaired", 2))
        self.assertEqual(self.stored(), {note.id: "Note"})
        self.assertFalse(tombstones.exists())

    def test_a_stored_record_that_lost_its_binding_is_known_again(self):
        note = self.note()
        self.sync()
        sent = self.upserts()
        self.env.cr.execute("DELETE FROM ai_knowledge_binding")
        self.env.invalidate_all()
        self.assertEqual(note.sync_state, "none")
        report = self.check()
        self.assertEqual((report.state, report.removed), ("repaired", 0))
        self.assertEqual(note.sync_state, "indexed")
        self.assertEqual(self.upserts(), sent, "what the store holds is not sent again")

    def test_records_that_nobody_marked_are_found(self):
        forgotten, deleted, hidden = (self.note(name) for name in ("Forgotten", "Gone", "Hidden"))
        self.sync()
        for statement, record in (
            ("UPDATE ai_test_note SET text = 'Changed by SQL' WHERE id = %s", forgotten),
            ("DELETE FROM ai_test_note WHERE id = %s", deleted),
            ("UPDATE ai_test_note SET secret = true WHERE id = %s", hidden),
        ):
            self.env.cr.execute(statement, [record.id])
        self.env.cr.execute(
            "INSERT INTO ai_test_note (name, text, active, company_id) "
            "VALUES ('Imported', 'By SQL', true, %s)",
            [self.tenant_7.company_id.id],
        )
        self.env.invalidate_all()
        report = self.checked()
        self.assertEqual(report.state, "repaired")
        self.assertEqual(sorted(self.stored().values()), ["Forgotten", "Imported"])
        texts = {item.title: item.text for item in self.runtime.stored.values()}
        self.assertEqual(texts["Forgotten"], "Changed by SQL")
        self.assertEqual((report.resent, report.removed), (2, 2))

    def test_records_without_text_are_no_difference(self):
        self.note(text=" ")
        self.sync()
        self.assertEqual(self.checked().state, "agreed")

    def test_foreign_points_are_counted_and_never_touched(self):
        self.note()
        self.sync()
        key = self.stranger()
        report = self.checked()
        self.assertEqual((report.state, report.foreign), ("failed", 1))
        self.assertIn("Take Over", report.error)
        self.assertTrue(self.tenant_7.is_foreign)
        self.assertIn(key, self.runtime.stored)
        self.note("Not sent meanwhile")
        self.assertNotIn("Not sent meanwhile", self.stored().values())
        del self.runtime.stored[key]
        self.check()
        self.sync()
        self.assertEqual(self.check().state, "agreed")
        self.assertFalse(self.tenant_7.is_foreign)
        self.assertIn("Not sent meanwhile", self.stored().values())

    def test_the_store_of_account_8_is_left_alone(self):
        self.note("Seven")
        self.note("Eight", self.tenant_8)
        self.sync()
        self.sync(self.tenant_8)
        eight = {k: v for k, v in self.runtime.stored.items() if k[0] == 8}
        self.orphan(987654)
        self.assertEqual(self.checked().state, "repaired")
        asked = {request.account_id for path, request in self.runtime.calls[-4:]}
        self.assertEqual(asked, {7})
        self.assertEqual({k: v for k, v in self.runtime.stored.items() if k[0] == 8}, eight)

    def test_the_runtime_down_at_each_step_is_waited_for(self):
        self.notes(2)
        self.sync()
        self.later()
        report = self.env["ai.sync.report"]._start(self.tenant_7)
        for _step in range(2):  # the collections' list, one collection
            self.runtime.failures = [503]
            self.assert_retried(report._job_reconcile)
            self.assertEqual(report.state, "running")
            self.assertIn("Tried again by itself", report.error)
            report._job_reconcile()
            self.assertFalse(report.error)
        while report.state == "running":
            report._job_reconcile()
        self.assertEqual(report.state, "agreed")

    def test_a_refused_record_is_named_and_not_called_agreement(self):
        notes = self.note("Good") + self.note("Bad")
        self.runtime.refused_titles = {"Bad"}
        self.sync()
        report = self.checked()
        self.assertEqual(report.state, "failed")
        self.assertIn("1 records", report.error)
        self.runtime.refused_titles = set()
        self.assertEqual(self.checked().state, "repaired")
        self.assertEqual(set(notes.mapped("sync_state")), {"indexed"})

    def test_one_check_at_a_time_and_lost_jobs_are_taken_up(self):
        reports = self.env["ai.sync.report"]
        self.env["ai.knowledge.binding"]._cron_verify()
        running = reports.search([("state", "=", "running")])
        self.assertEqual(running.tenant_id, self.tenant_7 + self.tenant_8)
        self.assertFalse(reports._start(self.tenant_7))
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.cr.savepoint(),
        ):
            reports.create({"tenant_id": self.tenant_7.id}).flush_recordset()
        jobs = self.env["queue.job"]
        jobs.search([]).unlink()
        self.env["ai.knowledge.binding"]._cron_sync()
        found = jobs.search([("method_name", "=", "_job_reconcile")])
        self.assertEqual(len(found), 2)
        self.assertEqual(set(found.mapped("channel")), {"root.knowledge_bulk"})

    def test_old_reports_go(self):
        old, new = (
            self.env["ai.sync.report"].create({"tenant_id": tenant.id, "state": "agreed"})
            for tenant in (self.tenant_7, self.tenant_7)
        )
        old.started_at = fields.Datetime.now() - timedelta(days=91)
        self.env["ai.sync.report"]._gc_reports()
        self.assertFalse(old.exists())
        self.assertTrue(new.exists())

    def test_the_button_and_who_may_use_it(self):
        editor = self.make_user("editor", self.tenant_7, "group_ai_editor")
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        self.as_user(self.tenant_7, editor).action_check_knowledge()
        self.assertEqual(self.as_user(self.tenant_7, viewer).last_check_state, "running")
        with self.assertRaises(AccessError):
            self.as_user(self.tenant_7, viewer).action_check_knowledge()

    def test_account_7_does_not_reach_the_reports_of_account_8(self):
        report = self.env["ai.sync.report"]._start(self.tenant_8)
        mine = self.as_user(report, self.manager_7)
        self.assertFalse(mine.search([]))
        for act in (
            lambda: mine.read(["state"]),
            lambda: mine.write({"state": "agreed"}),
            lambda: mine.create({"tenant_id": self.tenant_8.id}),
            self.as_user(self.tenant_8, self.manager_7).action_check_knowledge,
        ):
            with self.assertRaises(AccessError):
                act()
