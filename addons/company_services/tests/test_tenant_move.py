import os
from datetime import timedelta
from unittest.mock import patch
from uuid import uuid4

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..models import ai_tenant_move
from ..stores.mongodb import TenantStore
from .knowledge_case import KnowledgeCase
from .mongo_server import mongo_server


@tagged("post_install", "-at_install")
class TestTenantMove(KnowledgeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mongodb = cls.enterClassContext(mongo_server())

    def setUp(self):
        super().setUp()
        collection = f"test_{uuid4().hex}"
        self.set_environment(MONGODB_URL=self.mongodb, MONGODB_COLLECTION=collection)
        self.store = TenantStore(self.mongodb, collection)
        self.knowledge = self.notes(5)
        self.sync()
        self.tenant_7._job_publish()

    def wizard(self, number, user=None, tenant=None):
        wizard = self.env["ai.tenant.move"].with_user(user or self.manager_7)
        return wizard.create({"tenant_id": (tenant or self.tenant_7).id, "new_number": number})

    def move(self):
        """Run the jobs until the tenant has moved."""
        while self.tenant_7.moving_to:
            self.assert_one_whole_account()
            self.job()
        self.assert_one_whole_account()

    def job(self):
        with self.cr.savepoint():  # a job that is killed leaves nothing of its transaction
            self.tenant_7._job_move()

    def copy_some(self):
        """The first job of a move does not get to its end."""
        self.runtime.after = lambda _path: self.runtime.failures.append(503)
        self.assert_retried(self.tenant_7._job_move)
        self.runtime.after = None
        self.assertTrue(0 < len(self.stored(70)) < len(self.knowledge))

    def leave(self):
        while self.tenant_7.leaving_account_id:
            self.job()
            self.assert_one_whole_account()

    def assert_one_whole_account(self):
        """What a turn that arrives now reads: document and every passage of its account."""
        number = self.tenant_7.account_id
        self.assertEqual(self.store.stored(number)["account_id"], number)
        self.assertEqual(set(self.stored(number)), set(self.knowledge.ids))

    def enough_time(self):
        return patch.object(ai_tenant_move, "GRACE", timedelta())

    def test_the_move_renames_everywhere(self):
        self.wizard(70).action_move()
        self.assertTrue(self.tenant_7.account_locked)
        sent, version = self.upserts(), self.tenant_7.config_version
        self.move()
        self.assertEqual(self.tenant_7.account_id, 70)
        self.assert_retried(self.tenant_7._job_move)
        self.assertTrue(self.store.stored(7), "turns that are out may still read")
        with self.enough_time():
            self.leave()
        self.assertIsNone(self.store.stored(7))
        self.assertFalse(self.stored(7))
        self.assertEqual(self.upserts(), sent, "nothing is embedded again")
        self.assertGreater(self.tenant_7.config_version, version)
        self.assertEqual(self.store.stored(70)["owner"], self.origin)
        report = self.tenant_7.sync_report_ids
        self.assertEqual(report.state, "running")
        while report.state == "running":
            report._job_reconcile()
        self.assertEqual(report.state, "agreed")
        self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.publish_state, "published")
        self.knowledge[0].text = "Edited after the move"
        self.sync()
        self.assertEqual(self.stored(70).keys(), set(self.knowledge.ids))
        self.assertFalse(self.stored(7))

    def test_a_crash_between_any_two_steps_is_resumed(self):
        tenant = type(self.tenant_7)
        steps = (
            "_copy_knowledge",
            "_publish_document",
            "_renumbered",
            "_purge",
        )
        for number, step in enumerate(steps, 70):
            former = self.tenant_7.account_id
            self.tenant_7._start_move(number)
            real = getattr(tenant, step)

            def die_after(*args, real=real):
                real(*args)
                raise KeyboardInterrupt

            with self.enough_time(), patch.object(tenant, step, die_after):
                self.assert_killed(KeyboardInterrupt, lambda: (self.move(), self.leave()))
            self.env.invalidate_all()
            self.assert_one_whole_account()
            self.env["queue.job"].search([]).unlink()
            self.env["ai.knowledge.binding"]._cron_sync()
            moves = self.env["queue.job"].search([("method_name", "=", "_job_move")])
            self.assertEqual(len(moves), 1)
            with self.enough_time():
                self.move()
                self.leave()
            self.assertEqual(self.tenant_7.account_id, number)
            self.assertIsNone(self.store.stored(former))
            self.assertFalse(self.stored(former))

    def test_the_stores_down_is_waited_for(self):
        self.tenant_7._start_move(70)
        self.runtime.failures = [503]
        self.assert_retried(self.tenant_7._job_move)
        self.assertIn("Tried again by itself", self.tenant_7.move_error)
        self.assertEqual(self.tenant_7.account_id, 7)
        self.move()
        self.assertFalse(self.tenant_7.move_error)

    def test_changes_wait_while_copies_could_grow_stale(self):
        self.tenant_7._start_move(70)
        self.knowledge[0].text = "Edited during the move"
        self.sync_once()
        self.assertEqual(self.knowledge[0].sync_state, "to_index")
        self.move()
        self.sync()
        (item,) = {
            i.text
            for k, i in self.runtime.stored.items()
            if k[0] == 70 and k[4] == self.knowledge[0].id
        }
        self.assertEqual(item, "Edited during the move")

    def sync_once(self):
        self.env["ai.knowledge.binding"]._job_sync(self.tenant_7.id, "notes", "live")

    def test_a_number_of_another_database_is_refused_and_nothing_is_left_there(self):
        document = {"owner": "stranger", "version": 1, "content_hash": "x", "account_id": 70}
        self.store.publish(70, "stranger", 0, lambda _version: dict(document))
        self.tenant_7._start_move(70)
        self.tenant_7._job_move()
        self.assertEqual((self.tenant_7.account_id, self.tenant_7.moving_to), (7, 0))
        self.assertIn("stranger", self.tenant_7.move_error)
        self.leave()
        self.assertEqual(self.store.stored(70)["owner"], "stranger")
        self.assertFalse(self.stored(70))
        # The passages may be another database's although there is no document.
        key = (71, "notes", "stranger", "m", 1)
        self.runtime.stored[key] = next(iter(self.runtime.stored.values()))
        self.tenant_7._start_move(71)
        self.tenant_7._job_move()
        self.leave()
        self.assertIn("71", self.tenant_7.move_error)
        self.assertEqual([k for k in self.runtime.stored if k[0] == 71], [key])
        self.assertEqual(self.tenant_7.account_id, 7)
        self.sync()

    def test_what_only_a_person_can_mend_is_shown_and_the_move_may_be_cancelled(self):
        self.tenant_7._start_move(70)
        self.copy_some()
        address = os.environ["MONGODB_URL"]
        self.set_environment(MONGODB_URL=None)
        self.env["queue.job"].search([]).unlink()
        self.job()
        self.assertIn("MONGODB_URL", self.tenant_7.move_error)
        jobs = [("method_name", "=", "_job_move")]
        self.assertFalse(self.env["queue.job"].search(jobs), "not again at once, for ever")
        self.knowledge[0].text = "Edited during the move"
        self.sync_once()
        self.assertEqual(self.knowledge[0].sync_state, "to_index")
        self.as_user(self.tenant_7, self.manager_7).action_cancel_move()
        self.assertFalse(self.tenant_7.move_error)
        self.sync()
        self.assertEqual(self.knowledge[0].sync_state, "indexed")
        self.set_environment(MONGODB_URL=address)
        self.leave()
        self.assertFalse(self.stored(70))
        self.assertEqual(self.tenant_7.account_id, 7)
        self.assertIn("cancelled", self.tenant_7.message_ids[0].body)
        with self.assertRaises(UserError):
            self.as_user(self.tenant_7, self.manager_7).action_cancel_move()

    def test_hours_that_are_unclear_stop_a_move_with_a_word(self):
        self.tenant_7._start_move(70)
        hours = patch.object(type(self.tenant_7), "_hours", side_effect=UserError("unclear"))
        with hours:
            while "unclear" not in (self.tenant_7.move_error or ""):
                self.job()
        self.move()
        self.assertEqual(self.tenant_7.account_id, 70)
        self.assertFalse(self.tenant_7.move_error)

    def test_cancelled_at_the_last_moment(self):
        """The number is not changed by a job that was already out when somebody cancelled."""
        real = TenantStore.publish

        def publish(store, *args):
            document = real(store, *args)
            self.tenant_7.action_cancel_move()
            return document

        self.tenant_7._start_move(70)
        with patch.object(TenantStore, "publish", publish):
            self.move()
        self.assertEqual((self.tenant_7.account_id, self.tenant_7.moving_to), (7, 0))
        self.leave()
        self.assertIsNone(self.store.stored(70))
        self.assertFalse(self.stored(70))

    def test_archived_during_a_move_nothing_is_left_under_either_number(self):
        self.tenant_7._start_move(70)
        self.copy_some()
        self.tenant_7.active = False
        for _job in range(3):
            self.tenant_7._job_move()
        self.tenant_7._job_purge()
        self.assertFalse(self.tenant_7.moving_to or self.tenant_7.leaving_account_id)
        self.assertFalse(self.stored(7) or self.stored(70))
        self.assertIsNone(self.store.stored(70))
        self.assertIn("archived", self.tenant_7.move_error)

    def test_problems_go_away(self):
        self.tenant_7._start_move(70)
        self.move()
        self.runtime.failures = [503]
        with self.enough_time():
            self.assert_retried(self.tenant_7._job_move)
            self.assertIn("Tried again", self.tenant_7.move_error)
            self.leave()
        self.assertFalse(self.tenant_7.move_error)
        self.tenant_7.write({"move_error": "given up", "take_over_error": "yet another"})
        with self.assertRaises(AccessError):
            self.as_user(self.tenant_7, self.manager_8).action_dismiss_problem()
        self.as_user(self.tenant_7, self.manager_7).action_dismiss_problem()
        self.assertFalse(self.tenant_7.move_error or self.tenant_7.take_over_error)

    def test_numbers_that_cannot_be(self):
        for number in (0, -1, 7):
            with self.assertRaises(ValidationError):
                self.wizard(number).action_move()
        with self.assertRaises(ValidationError) as taken:
            self.wizard(8).action_move()
        self.assertIn("Choose another number", str(taken.exception))
        self.wizard(70).action_move()
        with self.assertRaises(ValidationError) as busy:
            self.wizard(71).action_move()
        self.assertIn("not ended", str(busy.exception))
        with self.assertRaises(ValidationError):
            self.tenant_8.account_id = 70

    def test_account_7_cannot_move_account_8(self):
        with self.assertRaises(AccessError):
            self.wizard(80, self.manager_7, self.tenant_8).action_move()
        self.assertFalse(self.tenant_8.moving_to)
        self.tenant_8._start_move(80)
        with self.assertRaises(AccessError):
            self.as_user(self.tenant_8, self.manager_7).action_cancel_move()
        self.assertEqual(self.tenant_8.moving_to, 80)
        editor = self.make_user("editor", self.tenant_7, "group_ai_editor")
        with self.assertRaises(AccessError):
            self.wizard(80, editor)
