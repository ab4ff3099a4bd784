from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .knowledge_case import KnowledgeCase


@tagged("post_install", "-at_install")
class TestTenantPurge(KnowledgeCase):
    def setUp(self):
        super().setUp()
        self.knowledge = self.notes(3)
        self.note("Eight", self.tenant_8)
        self.sync()
        self.sync(self.tenant_8)
        self.bindings = self.knowledge._index_bindings()

    def test_archiving_empties_the_store_with_what_odoo_has_forgotten(self):
        item = next(iter(self.runtime.stored.values()))
        self.runtime.stored[7, "left_by_an_addon", self.origin, "gone.model", 1] = item
        eight = {k: v for k, v in self.runtime.stored.items() if k[0] == 8}
        self.tenant_7.active = False
        self.assertEqual(set(self.bindings.mapped("state")), {"to_delete"})
        key = f"purge:{self.tenant_7.id}"
        self.assertTrue(self.env["queue.job"].search([("identity_key", "=", key)]))
        self.tenant_7._job_purge()
        self.assertFalse(self.bindings.exists())
        self.assertEqual(self.runtime.stored, eight)

    def test_a_lost_job_is_taken_up_although_odoo_knows_of_nothing(self):
        self.bindings.unlink()
        self.tenant_7.active = False
        self.env["queue.job"].search([]).unlink()
        self.env["ai.knowledge.binding"]._cron_sync()
        purges = [("method_name", "=", "_job_purge"), ("state", "=", "pending")]
        self.assertEqual(self.env["queue.job"].search(purges).records, self.tenant_7)
        self.tenant_7._job_purge()
        self.assertFalse(self.stored())
        self.env["queue.job"].search([]).unlink()
        self.env["ai.knowledge.binding"]._cron_sync()
        self.assertFalse(self.env["queue.job"].search(purges), "the store has confirmed")

    def test_points_of_another_database_stay(self):
        key = (7, "notes", "stranger", "m", 1)
        self.runtime.stored[key] = next(iter(self.runtime.stored.values()))
        self.tenant_7.active = False
        self.tenant_7._job_purge()
        self.assertEqual([k for k in self.runtime.stored if k[0] == 7], [key])

    def test_trouble_is_shown_and_tried_again(self):
        self.tenant_7.active = False
        self.runtime.failures = [503]
        self.assert_retried(self.tenant_7._job_purge)
        self.assertIn("Tried again by itself", self.bindings[0].error)
        with patch.object(self.runtime, "_purge", self.runtime._collections):
            self.assert_retried(self.tenant_7._job_purge)
        self.assertIn("still holds", self.bindings[0].error)
        self.env["queue.job"].search([]).unlink()
        self.env["ai.knowledge.binding"]._cron_sync()
        self.assertTrue(self.env["queue.job"].search([("method_name", "=", "_job_purge")]))
        self.tenant_7._job_purge()
        self.assertFalse(self.bindings.exists())

    def test_activated_again_while_the_store_is_emptied(self):
        self.tenant_7.active = False

        def activate(path):
            self.runtime.during = None
            self.tenant_7.active = True

        self.runtime.during = activate
        self.tenant_7._job_purge()
        self.assertFalse(self.stored())
        self.assertNotIn("indexed", self.bindings.mapped("state"))
        self.sync()
        self.assertEqual(set(self.bindings.mapped("state")), {"indexed"})
        self.assertEqual(set(self.stored()), set(self.knowledge.ids))

    def test_a_tenant_can_be_deleted_once_the_stores_are_empty(self):
        self.tenant_7.write({"config_version": 1, "publish_state": "published"})
        with self.assertRaisesRegex(ValidationError, "Archive it"):
            self.tenant_7.unlink()
        self.tenant_7.active = False
        with self.assertRaises(ValidationError):
            self.tenant_7.unlink()
        self.tenant_7._job_purge()
        self.tenant_7.publish_state = "draft"  # what the withdrawal of the document leaves
        self.tenant_7.unlink()
        self.assertFalse(self.tenant_7.exists())
