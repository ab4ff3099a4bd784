from unittest.mock import patch
from uuid import uuid4

from odoo.tests import tagged
from pymongo import MongoClient

from agent_runtime.contracts import TenantConfig

from ..stores.mongodb import TenantStore
from ..tools import jobs
from .common import CompanyServicesCase
from .mongo_server import mongo_server


@tagged("post_install", "-at_install")
class TestPublication(CompanyServicesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = cls.enterClassContext(mongo_server())

    def setUp(self):
        super().setUp()
        self.collection = f"test_{uuid4().hex}"
        self.set_environment(MONGODB_URL=self.url, MONGODB_COLLECTION=self.collection)
        self.store = TenantStore(self.url, self.collection)

    def pending_jobs(self, tenant):
        return self.env["queue.job"].search(
            [("identity_key", "=", f"publish:ai.tenant:{tenant.id}"), ("state", "=", "pending")]
        )

    def test_creation_marks_and_enqueues_one_job(self):
        self.assertEqual(self.tenant_7.publish_state, "to_publish")
        self.tenant_7.description = "changed"
        self.assertEqual(len(self.pending_jobs(self.tenant_7)), 1)
        self.assertEqual(self.pending_jobs(self.tenant_7).channel, "root.knowledge")

    def test_document_is_the_contract_and_is_read_back(self):
        self.tenant_7.write({"greeting": "Olá!", "enable_sales": True, "share_phone": False})
        self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.publish_state, "published")
        self.assertEqual(self.tenant_7.config_version, 1)
        stored = self.store.stored(7)
        self.assertEqual(stored.pop("_id"), 7)
        config = TenantConfig.model_validate(stored)
        self.assertEqual(config.owner, self.env["ai.tenant"]._database_origin())
        self.assertEqual(config.company.name, "Company Seven")
        self.assertEqual(config.voice.greeting, "Olá!")
        self.assertEqual(config.hours.timezone, "America/Sao_Paulo")
        self.assertTrue(config.services.sales)
        self.assertIsNone(self.store.stored(8))

    def test_every_published_field_reaches_the_document(self):
        """A setting that can be edited but never arrives is the first system's worst habit."""
        self.tenant_7._job_publish()
        changes = {
            "description": "New",
            "business_area": "New",
            "phone": "1",
            "email": "a@b.example",
            "website": "https://b.example",
            "address": "Rua Nova, 1",
            "name": "New name",
            "greeting": "New",
            "farewell": "New",
            "tone": "technical",
            "formality": "formal",
            "emoji": "none",
            "use_customer_name": False,
            "enable_sales": True,
            "enable_scheduling": True,
            "enable_delivery": True,
            "enable_support": False,
            "promotions_allowed": False,
            "cross_sell_allowed": True,
            "share_phone": False,
            "share_email": False,
            "share_website": False,
            "share_address": False,
        }
        for name, value in changes.items():
            before = self.store.stored(7)["content_hash"]
            self.tenant_7[name] = value
            self.assertEqual(self.tenant_7.publish_state, "to_publish", name)
            self.tenant_7._job_publish()
            self.assertNotEqual(self.store.stored(7)["content_hash"], before, name)

    def test_unchanged_content_keeps_its_version(self):
        self.tenant_7._job_publish()
        self.tenant_7.action_publish()
        self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.config_version, 1)
        self.assertEqual(self.tenant_7.publish_state, "published")

    def test_a_document_that_somebody_changed_is_written_again(self):
        self.tenant_7._job_publish()
        for damage in (
            {"$set": {"company.name": "Somebody else"}},
            {"$set": {"schema_version": 9}},
            {"$set": {"published_at": None}},
            {"$unset": {"voice": ""}},
        ):
            before = self.store.stored(7)
            self.assertTrue(self.tenant_7._stored_is_whole(before))
            with MongoClient(self.url) as client:
                client.acct_7[self.collection].update_one({"_id": 7}, damage)
            self.tenant_7.action_publish()
            self.tenant_7._job_publish()
            after = self.store.stored(7)
            self.assertEqual(self.tenant_7.publish_state, "published", damage)
            self.assertEqual(after["version"], before["version"] + 1)
            self.assertEqual(after["company"], before["company"])
            self.assertEqual(after["voice"], before["voice"])
        with MongoClient(self.url) as client:
            client.acct_7[self.collection].update_one({"_id": 7}, {"$set": {"voice.tone": "x"}})
        self.assertFalse(self.tenant_7._stored_is_whole(self.store.stored(7)))

    def test_a_problem_is_told_in_the_company_s_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.tenant_7.lang = "pt_BR"
        self.set_environment(MONGODB_URL="")
        self.tenant_7.with_context(lang=False)._job_publish()
        self.assertIn("reinicie o servidor", self.tenant_7.publish_error)

    def test_company_and_partner_changes_mark(self):
        for change in (
            lambda: self.tenant_7.company_id.write({"phone": "1"}),
            lambda: self.tenant_7.company_id.partner_id.write({"city": "Recife"}),
        ):
            (self.tenant_7 + self.tenant_8).publish_state = "published"
            change()
            self.assertEqual(self.tenant_7.publish_state, "to_publish")
            self.assertEqual(self.tenant_8.publish_state, "published")

    def test_a_change_during_publication_is_not_lost(self):
        publish = TenantStore.publish

        def publish_while_somebody_writes(store, *args):
            stored = publish(store, *args)
            self.tenant_7.description = "written meanwhile"
            return stored

        with patch.object(TenantStore, "publish", publish_while_somebody_writes):
            self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.publish_state, "to_publish")
        self.assertEqual(self.tenant_7.config_version, 1)
        self.tenant_7._job_publish()
        self.assertEqual(self.store.stored(7)["company"]["description"], "written meanwhile")

    def test_a_change_that_found_the_mark_set_is_published_by_its_own_job(self):
        self.tenant_7._job_publish()
        # It read the mark that the publication was about to clear and so wrote none, and was
        # committed only after the publication had ended.
        with patch.object(type(self.tenant_7), "_publish_mark", autospec=True):
            self.tenant_7.company_id.phone = "+55 31 5555-0199"
        self.assertEqual(self.tenant_7.publish_state, "published")
        self.tenant_7._job_publish()
        self.assertEqual(self.store.stored(7)["company"]["phone"], "+55 31 5555-0199")
        self.assertEqual(self.tenant_7.publish_state, "published")

    def test_store_down_is_tried_again_and_says_so(self):
        self.set_environment(MONGODB_URL="mongodb://127.0.0.1:9/?serverSelectionTimeoutMS=100")
        with patch("odoo.addons.company_services.stores.mongodb.TIMEOUT_SECONDS", 0.2):
            self.assert_retried(self.tenant_7._job_publish)
        self.assertEqual(self.tenant_7.publish_state, "to_publish")
        self.assertIn("MongoDB", self.tenant_7.publish_error)

    def test_missing_address_and_foreign_owner_are_errors_with_a_remedy(self):
        self.set_environment(MONGODB_URL="")
        self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.publish_state, "error")
        self.assertIn("MONGODB_URL", self.tenant_7.publish_error)
        self.set_environment(MONGODB_URL=self.url)
        document = {"owner": "stranger", "version": 3, "content_hash": "x"}
        self.store.publish(7, "stranger", 2, lambda _version: dict(document))
        self.tenant_7.action_publish()
        self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.publish_state, "error")
        self.assertIn("stranger", self.tenant_7.publish_error)
        self.assertEqual(self.store.stored(7)["owner"], "stranger")

    def test_archiving_withdraws_and_reactivating_publishes_a_higher_version(self):
        self.tenant_7._job_publish()
        self.tenant_7.active = False
        self.tenant_7._job_publish()
        self.assertIsNone(self.store.stored(7))
        self.assertEqual(self.tenant_7.publish_state, "draft")
        self.tenant_7.active = True
        self.tenant_7._job_publish()
        self.assertEqual(self.store.stored(7)["version"], 2)

    def test_lost_jobs_are_taken_up(self):
        self.pending_jobs(self.tenant_7).unlink()
        self.tenant_7.publish_state = "publishing"
        self.env["ai.tenant"]._cron_publish()
        self.assertEqual(len(self.pending_jobs(self.tenant_7)), 1)
        self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.publish_state, "published")

    def test_publication_makes_the_agent_s_key(self):
        self.tenant_7._job_publish()
        self.assertTrue(self.tenant_7.agent_api_key)
        self.assertNotIn("agent", str(self.store.stored(7)))

    def test_one_publication_at_a_time(self):
        with jobs.exclusive(self.env, f"publish:ai.tenant:{self.tenant_7.id}") as alone:
            self.assertTrue(alone)
            self.assert_retried(self.tenant_7._job_publish)
        self.tenant_7._job_publish()
        self.assertEqual(self.tenant_7.publish_state, "published")

    def test_an_unexpected_failure_is_shown_and_not_swallowed(self):
        with patch.object(TenantStore, "publish", side_effect=ZeroDivisionError):
            try:
                self.tenant_7._job_publish()
            except ZeroDivisionError:
                self.assertEqual(self.tenant_7.publish_state, "error")
            else:
                self.fail("the failure was swallowed")
