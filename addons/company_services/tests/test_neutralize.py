from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from .knowledge_case import KnowledgeCase


@tagged("post_install", "-at_install")
class TestNeutralize(KnowledgeCase):
    """A neutralised copy has the original's addresses, but not its identity."""

    def neutralize(self):
        self.env.flush_all()
        for query in get_neutralization_queries(["company_services"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()

    def test_a_copy_does_not_show_what_only_the_original_has(self):
        note = self.note()
        self.sync()
        self.tenant_7.sudo().publish_state = "published"
        self.tenant_8.sudo().publish_state = "draft"
        self.neutralize()
        self.assertEqual(note.sync_state, "to_index")
        self.assertFalse(note.synced_at)
        self.assertEqual(self.tenant_7.knowledge_count, 0)
        self.assertEqual(self.tenant_7.publish_state, "to_publish")
        self.assertEqual(self.tenant_8.publish_state, "draft")

    def test_a_copy_touches_nothing_of_the_original(self):
        note = self.note()
        self.sync()
        self.tenant_7._start_move(70)
        report = self.env["ai.sync.report"]._start(self.tenant_7)
        before = dict(self.runtime.stored)
        self.neutralize()
        self.assertNotEqual(self.env["ai.tenant"]._database_origin(), self.origin)
        self.assertFalse(self.tenant_7.moving_to)
        self.assertEqual(report.state, "failed")
        waiting = [("state", "=", "pending"), ("model_name", "=like", "ai.%")]
        self.assertFalse(self.env["queue.job"].search(waiting))
        note.text = "Edited in the copy"
        self.sync()
        self.assertEqual(self.runtime.stored, before)
        self.assertTrue(self.tenant_7.is_foreign)
        self.assertNotEqual(note.sync_state, "indexed")
        note.unlink()
        self.tenant_7.active = False
        self.tenant_7._job_purge()
        self.assertEqual(self.runtime.stored, before)
