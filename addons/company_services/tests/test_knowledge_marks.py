from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import CompanyServicesCase
from .knowledge_model import NAME, add_note_model


@tagged("post_install", "-at_install")
class TestKnowledgeMarks(CompanyServicesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_note_model(cls)
        cls.note = cls.env[NAME].create(
            {"name": "Note", "text": "Text", "company_id": cls.tenant_7.company_id.id}
        )

    def bindings(self, note=None):
        return (note or self.note)._index_bindings()

    def confirm(self, bindings):
        bindings.write({"state": "indexed", "content_hash": "x", "points": 1})
        self.note.invalidate_recordset()

    def test_creation_marks_for_the_tenant_of_the_company(self):
        binding = self.bindings()
        self.assertEqual(binding.tenant_id, self.tenant_7)
        self.assertEqual((binding.state, binding.collection), ("to_index", "notes"))
        job = self.env["queue.job"].search(
            [("identity_key", "=", f"knowledge:{self.tenant_7.id}:notes:live")]
        )
        self.assertEqual(job.mapped("channel"), ["root.knowledge"])

    def test_only_relevant_fields_mark(self):
        self.confirm(self.bindings())
        self.note.color = 3
        self.assertEqual(self.bindings().state, "indexed")
        self.note.text = "Other"
        self.assertEqual(self.bindings().state, "to_index")

    def test_everything_that_ends_sharing_leaves_a_tombstone(self):
        for end, begin in (
            ({"secret": True}, {"secret": False}),
            ({"active": False}, {"active": True}),
        ):
            self.confirm(self.bindings())
            self.note.write(end)
            self.assertEqual(self.bindings().state, "to_delete")
            self.note.text = "a relevant edit does not bring it back"
            self.assertEqual(self.bindings().state, "to_delete")
            self.note.write(begin)
            self.assertEqual(self.bindings().state, "to_index")
        binding = self.bindings()
        self.note.unlink()
        self.assertEqual(binding.state, "to_delete")

    def test_company_change_moves_the_knowledge(self):
        self.note.company_id = self.tenant_8.company_id
        states = {b.tenant_id: b.state for b in self.bindings()}
        self.assertEqual(states, {self.tenant_7: "to_delete", self.tenant_8: "to_index"})

    def test_shared_record_is_for_every_tenant(self):
        note = self.env[NAME].create({"name": "Shared", "text": "Text"})
        self.assertEqual(self.bindings(note).tenant_id, self.tenant_7 + self.tenant_8)

    def test_an_archived_tenant_is_given_nothing(self):
        self.tenant_8.active = False
        note = self.env[NAME].with_context(active_test=False).create({"name": "Shared"})
        self.assertEqual(self.bindings(note).tenant_id, self.tenant_7)

    def test_new_tenant_learns_what_exists_and_archiving_forgets(self):
        shared = self.env[NAME].create({"name": "Shared", "text": "Text"})
        tenant = self.make_tenant(9, "Company Nine")
        mine = shared._index_bindings().filtered(lambda b: b.tenant_id == tenant)
        self.assertEqual(mine.state, "to_index")
        tenant.active = False
        self.assertEqual(mine.state, "to_delete")
        tenant.active = True
        self.assertEqual(mine.state, "to_index")

    def test_state_shown_is_the_worst_and_can_be_searched(self):
        self.assertEqual(self.note.sync_state, "to_index")
        self.confirm(self.bindings())
        self.assertEqual(self.note.sync_state, "indexed")
        notes = self.env[NAME]
        self.assertIn(self.note, notes.search([("sync_state", "=", "indexed")]))
        hidden = notes.create({"name": "Hidden", "text": "Text", "secret": True})
        self.assertEqual(hidden.sync_state, "none")
        self.assertEqual(notes.search([("sync_state", "=", "none")]), hidden)
        self.assertEqual(notes.search([("sync_state", "!=", "none")]), self.note)

    def test_lost_jobs_are_taken_up(self):
        self.env["queue.job"].search([]).unlink()
        self.env["ai.knowledge.binding"]._cron_sync()
        self.assertEqual(len(self.env["queue.job"].search([])), 1)

    def test_reinstalling_an_addon_brings_its_records_back(self):
        self.env["ai.knowledge.binding"]._forget_models([NAME])
        self.assertEqual(self.bindings().state, "to_delete")
        self.env[NAME]._index_backfill()
        self.assertEqual(self.bindings().state, "to_index")

    def test_a_job_that_started_before_the_commit_is_followed_by_another(self):
        domain = [("identity_key", "=", f"knowledge:{self.tenant_7.id}:notes:live")]
        waiting = self.env["queue.job"].search(domain)
        self.assertEqual(len(waiting), 1)
        self.note.text = "Not seen by a job that starts now"
        self.assertEqual(self.env["queue.job"].search(domain), waiting)
        with self.enter_registry_test_mode():
            self.env.cr.execute("UPDATE queue_job SET state = 'started' WHERE id = %s", waiting.ids)
            self.env.invalidate_all()
            self.env.cr.postcommit.run()
        self.assertEqual(len(self.env["queue.job"].search(domain)), 2)

    def test_account_7_sees_no_binding_of_account_8(self):
        note = self.env[NAME].create(
            {"name": "Eight", "text": "Text", "company_id": self.tenant_8.company_id.id}
        )
        binding = self.as_user(self.bindings(note), self.manager_7)
        self.assertFalse(binding.search([("tenant_id.account_id", "=", 8)]))
        self.assertFalse(binding.search([("id", "=", binding.id)]))
        for act in (
            lambda: binding.read(["title"]),
            binding.action_sync_now,
            lambda: binding.write({"state": "indexed"}),
        ):
            with self.assertRaises(AccessError):
                act()
        as_manager = note.sudo().with_context(allowed_company_ids=self.tenant_7.company_id.ids)
        self.assertEqual(as_manager.sync_state, "none")
