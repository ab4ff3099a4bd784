from uuid import uuid4

from odoo.tests import tagged

from ..models.ai_tenant_restored import PARAMETER
from ..stores.mongodb import TenantStore
from .knowledge_case import KnowledgeCase
from .mongo_server import mongo_server


@tagged("post_install", "-at_install")
class TestRestore(KnowledgeCase):
    """A database that is wound back remembers what the stores may no longer hold."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = cls.enterClassContext(mongo_server())

    def setUp(self):
        super().setUp()
        collection = f"test_{uuid4().hex}"
        self.set_environment(MONGODB_URL=self.url, MONGODB_COLLECTION=collection)
        self.store = TenantStore(self.url, collection)
        self.tenants = self.env["ai.tenant"]
        (self.tenant_7 + self.tenant_8).mapped(lambda tenant: tenant._job_publish())
        self.tenants._notice_restore()

    def restore(self):
        """A dump carries the parameter, but not PostgreSQL's own number of the database."""
        self.env["ir.config_parameter"].set_param(PARAMETER, "1")

    def rewind(self, versions):
        """The publications that the store has seen are forgotten, as by point-in-time recovery."""
        for _version in range(versions):
            self.tenant_7.description = uuid4().hex
            self.tenant_7._job_publish()
        self.tenant_7.config_version -= versions

    def reports(self, tenant):
        return self.env["ai.sync.report"].search([("tenant_id", "=", tenant.id)])

    def test_nothing_is_shown_as_synchronised_once_the_restored_database_is_loaded(self):
        note = self.note("Kept")
        self.sync()
        self.assertEqual(note.sync_state, "indexed")
        self.restore()
        self.tenants._register_hook()
        self.env.invalidate_all()
        self.assertEqual(note.sync_state, "to_index")
        self.assertEqual(self.tenant_7.publish_state, "to_publish")

    def test_the_report_counts_what_was_sent_again_although_the_jobs_were_faster(self):
        kept, edited, lost = self.note("Kept"), self.note("Edited later"), self.note("Lost")
        self.sync()
        for note in (edited, lost):
            key = (7, "notes", self.origin, note._name, note.id)
            item = self.runtime.stored.pop(key)
            if note == edited:
                self.runtime.stored[key] = item.model_copy(update={"content_hash": "newer"})
        self.restore()
        self.tenants._notice_restore()
        self.sync()
        self.later()
        report = self.check()
        self.assertEqual((report.state, report.resent, report.removed), ("repaired", 2, 0))
        self.assertEqual(set(report.binding_ids.mapped("title")), {"Edited later", "Lost"})
        self.assertEqual(set(self.stored()), {kept.id, edited.id, lost.id})

    def test_an_edit_during_the_check_is_no_repair(self):
        note = self.note()
        self.sync()
        self.restore()
        self.tenants._notice_restore()
        note.text = "Edited while the check runs"
        self.sync()
        self.later()
        self.assertEqual((self.check().state, self.check().resent), ("agreed", 0))

    def test_a_check_that_was_half_way_in_the_backup_begins_anew(self):
        self.note()
        self.sync()
        report = self.env["ai.sync.report"]._start(self.tenant_7)
        report.write({"todo": [], "passes": 3})
        self.runtime.stored.clear()
        self.restore()
        self.tenants._notice_restore()
        self.sync()
        self.assertEqual(self.reports(self.tenant_7), report)
        self.assertEqual((report.todo, report.passes), ([["collections"]], 1))

    def test_a_database_wound_back_in_place_is_noticed_by_the_version(self):
        note = self.note()
        self.sync()
        self.rewind(1)
        self.tenants._job_check_health()
        self.assertEqual(note.sync_state, "to_index")
        self.assertEqual(self.tenant_7.publish_state, "to_publish")
        self.assertEqual(self.reports(self.tenant_7).state, "running")
        self.assertFalse(self.reports(self.tenant_8))
        self.assertEqual(self.tenant_8.publish_state, "published")

        self.tenant_7._job_publish()
        self.sync()
        self.tenants._job_check_health()
        self.assertEqual(note.sync_state, "indexed")
        self.assertEqual(self.tenant_7.publish_state, "published")
        self.assertEqual(len(self.reports(self.tenant_7)), 1)

    def test_what_an_archived_company_got_after_the_backup_is_withdrawn(self):
        note = self.note()
        self.sync()
        stored, document = dict(self.runtime.stored), self.store.stored(7)
        self.tenant_7.active = False
        self.tenant_7._job_publish()
        self.tenant_7._job_purge()
        self.assertFalse(self.runtime.stored or self.store.stored(7))
        # After the backup it was active again.
        self.runtime.stored.update(stored)
        self.store.publish(7, self.origin, 0, lambda _version: document)
        self.restore()
        self.tenants._notice_restore()
        for job in ("_job_publish", "_job_purge"):
            getattr(self.tenant_7, job)()
        self.assertFalse(self.runtime.stored or self.store.stored(7))
        self.assertEqual(note.sync_state, "none")
        self.assertEqual(self.tenant_7.publish_state, "draft")
        self.assertFalse(self.tenant_7.purge_pending)
        self.assertTrue(self.store.stored(8))

    def test_a_change_published_before_anybody_looked_tells_it_too(self):
        note = self.note()
        self.sync()
        self.rewind(1)
        self.tenant_7.description = "Changed after the recovery"
        self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.publish_state, "published")
        self.assertEqual(self.store.stored(7)["version"], self.tenant_7.config_version)
        self.assertEqual(note.sync_state, "to_index")
        self.assertEqual(self.reports(self.tenant_7).state, "running")

    def test_ordinary_publications_doubt_nothing(self):
        note = self.note()
        self.sync()
        for text in ("One", "Two", "Two"):
            self.tenant_7.description = text
            self.tenant_7._job_publish()
            self.tenants._job_check_health()
        self.assertEqual(note.sync_state, "indexed")
        self.assertFalse(self.reports(self.tenant_7))

    def test_a_stranger_s_newer_document_is_none_of_ours(self):
        note = self.note()
        self.sync()
        self.store.take_over(7, self.origin, "stranger")
        self.tenant_7.config_version = 0
        self.tenants._job_check_health()
        self.assertEqual(note.sync_state, "indexed")
