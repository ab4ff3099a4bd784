import os
from uuid import uuid4

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from ..stores.mongodb import TenantStore
from .knowledge_case import KnowledgeCase
from .mongo_server import mongo_server


@tagged("post_install", "-at_install")
class TestTenantTakeOver(KnowledgeCase):
    """Account 7's stores belong to another database, the "original"."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mongodb = cls.enterClassContext(mongo_server())

    def setUp(self):
        super().setUp()
        collection = f"test_{uuid4().hex}"
        self.set_environment(MONGODB_URL=self.mongodb, MONGODB_COLLECTION=collection)
        self.store = TenantStore(self.mongodb, collection)
        self.kept, self.gone = self.note("Kept"), self.note("Gone")
        self.sync()
        self.tenant_7._job_publish()
        self.gone.secret = True
        self.store.take_over(7, self.origin, "original")
        for key in list(self.runtime.stored):
            account, name, _origin, *record = key
            self.runtime.stored[account, name, "original", *record] = self.runtime.stored.pop(key)
        self.tenant_7.action_publish()
        self.tenant_7._job_publish()
        self.kept.text = "Changed here"
        self.env["ai.knowledge.binding"]._job_sync(self.tenant_7.id, "notes")

    def wizard(self, number, user=None, tenant=None):
        wizard = self.env["ai.tenant.take.over"].with_user(user or self.manager_7)
        return wizard.create(
            {"tenant_id": (tenant or self.tenant_7).id, "typed_number": str(number)}
        )

    def owners(self):
        return {key[2] for key in self.runtime.stored}

    def test_a_copy_changes_nothing_and_says_so(self):
        self.assertEqual(self.tenant_7.foreign_owner, "original")
        self.assertTrue(self.tenant_7.knowledge_foreign and self.tenant_7.is_foreign)
        self.assertEqual(self.tenant_7.publish_state, "error")
        self.assertNotEqual(self.kept.sync_state, "indexed")
        self.assertIn("Take Over", self.kept.sync_error)
        for _night in range(2):
            self.env["ai.knowledge.binding"]._cron_sync()
            self.env["ai.knowledge.binding"]._cron_verify()
            self.tenant_7._job_take_over()
            report = self.tenant_7.sync_report_ids[:1]
            while report.state == "running":
                report._job_reconcile()
            self.tenant_7._publish_mark()
            self.tenant_7._job_publish()
        self.assertEqual(self.owners(), {"original"})
        self.assertEqual(self.store.stored(7)["owner"], "original")

    def test_taking_over_needs_the_number_typed(self):
        for number in (0, 8):
            with self.assertRaisesRegex(ValidationError, "account number"):
                self.wizard(number).action_take_over()
        self.assertFalse(self.tenant_7.taking_over)

    def test_taking_over_owns_publishes_and_reconciles(self):
        self.wizard(7).action_take_over()
        self.runtime.failures = [503]
        self.assert_retried(self.tenant_7._job_take_over)
        self.assertIn("Tried again by itself", self.tenant_7.take_over_error)
        self.tenant_7._job_take_over()
        self.assertFalse(self.tenant_7.is_foreign or self.tenant_7.taking_over)
        self.assertFalse(self.tenant_7.take_over_error)
        self.sync()
        report = self.tenant_7.sync_report_ids[:1]
        while report.state == "running":
            report._job_reconcile()
        self.assertIn(report.state, ("agreed", "repaired"))
        self.assertEqual(self.owners(), {self.origin})
        self.assertEqual(self.stored(), {self.kept.id: "Kept"})
        self.assertEqual(next(iter(self.runtime.stored.values())).text, "Changed here")
        self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.publish_state, "published")
        self.assertEqual(self.store.stored(7)["owner"], self.origin)

    def test_a_third_database_is_not_overrun(self):
        self.wizard(7).action_take_over()
        self.store.take_over(7, "original", "third")
        self.tenant_7._job_take_over()
        self.assertFalse(self.tenant_7.taking_over)
        self.assertIn("third", self.tenant_7.take_over_error)
        self.assertEqual(self.store.stored(7)["owner"], "third")
        self.assertEqual(self.owners(), {"original"})

    def test_only_the_owner_that_was_seen_loses_the_account(self):
        wizard = self.wizard(7)
        self.assertEqual(wizard.owner, "original")
        self.store.take_over(7, "original", "third")
        # The publication notices the third database before the person confirms.
        self.tenant_7.action_publish()
        self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.foreign_owner, "third")
        wizard.action_take_over()
        self.tenant_7._job_take_over()
        self.assertFalse(self.tenant_7.taking_over)
        self.assertIn("third", self.tenant_7.take_over_error)
        self.assertEqual(self.store.stored(7)["owner"], "third")
        self.assertEqual(self.owners(), {"original"})

    def test_what_only_a_person_can_mend_is_shown(self):
        self.wizard(7).action_take_over()
        address = os.environ["MONGODB_URL"]
        self.set_environment(MONGODB_URL=None)
        self.tenant_7._job_take_over()
        self.assertIn("MONGODB_URL", self.tenant_7.take_over_error)
        self.assertTrue(self.tenant_7.taking_over)
        self.set_environment(MONGODB_URL=address)
        self.tenant_7._job_take_over()
        self.assertFalse(self.tenant_7.taking_over or self.tenant_7.take_over_error)

    def test_a_lost_job_is_taken_up(self):
        self.wizard(7).action_take_over()
        self.env["queue.job"].search([]).unlink()
        self.env["ai.knowledge.binding"]._cron_sync()
        self.assertTrue(self.env["queue.job"].search([("method_name", "=", "_job_take_over")]))

    def test_account_8_is_not_touched_nor_reachable(self):
        self.note("Eight", self.tenant_8)
        self.sync(self.tenant_8)
        eight = {k: v for k, v in self.runtime.stored.items() if k[0] == 8}
        with self.assertRaises(AccessError):
            self.wizard(8, tenant=self.tenant_8).action_take_over()
        self.assertFalse(self.tenant_8.taking_over)
        self.wizard(7).action_take_over()
        self.tenant_7._job_take_over()
        self.assertEqual({k: v for k, v in self.runtime.stored.items() if k[0] == 8}, eight)
