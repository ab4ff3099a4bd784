from datetime import timedelta
from time import monotonic
from unittest.mock import patch
from uuid import uuid4

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged

from agent_runtime.contracts import Health, KnowledgeItem

from ..stores.mongodb import TenantStore
from ..tools import jobs, runtime
from .common import CompanyServicesCase
from .mongo_server import mongo_server
from .runtime_double import TOKEN, RuntimeDouble


@tagged("post_install", "-at_install")
class TestHealth(CompanyServicesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = cls.enterClassContext(mongo_server())

    def setUp(self):
        super().setUp()
        self.runtime = self.enterContext(RuntimeDouble())
        collection = f"test_{uuid4().hex}"
        self.set_environment(
            MONGODB_URL=self.url,
            MONGODB_COLLECTION=collection,
            AGENT_RUNTIME_URL=self.runtime.url,
            AGENT_RUNTIME_TOKEN=TOKEN,
        )
        self.store = TenantStore(self.url, collection)

    def check(self, tenant=None, user=None):
        self.as_user(tenant or self.tenant_7, user or self.manager_7).action_check_health()

    def health(self, part, tenant=None):
        return (tenant or self.tenant_7).health_ids.filtered(lambda health: health.part == part)

    def test_everything_works(self):
        self.assertEqual(self.tenant_7.health_state, "unknown")
        self.tenant_7._job_publish()
        self.check()
        self.assertEqual(set(self.tenant_7.health_ids.mapped("state")), {"ok"})
        self.assertLessEqual(
            {"mongodb", "runtime", "knowledge"}, set(self.tenant_7.health_ids.mapped("part"))
        )
        self.assertEqual(self.tenant_7.health_state, "ok")
        self.assertEqual(self.tenant_8.health_state, "unknown")

    def test_an_old_answer_is_no_answer(self):
        self.check()
        self.tenant_7.health_ids.checked_at = fields.Datetime.now() - timedelta(hours=1)
        self.assertEqual(self.tenant_7.health_state, "unknown")

    def test_mongodb_down_gone_and_foreign(self):
        self.tenant_7._job_publish()
        origin = self.env["ai.tenant"]._database_origin()
        self.store.withdraw(7, origin)
        self.check()
        self.assertIn("gone", self.health("mongodb").message)
        document = {"owner": "stranger", "version": 1, "content_hash": "x"}
        self.store.publish(7, "stranger", 0, lambda _version: dict(document))
        self.check()
        self.assertIn("stranger", self.health("mongodb").message)
        self.set_environment(MONGODB_URL="mongodb://user:hidden@127.0.0.1:9/")
        with patch("odoo.addons.company_services.stores.mongodb.TIMEOUT_SECONDS", 0.2):
            self.check()
        self.assertEqual(self.health("mongodb").state, "trouble")
        self.assertIn("does not answer", self.health("mongodb").message)
        self.assertNotIn("hidden", self.health("mongodb").message)
        self.assertEqual(self.health("runtime").state, "ok")
        self.assertEqual(self.tenant_7.health_state, "trouble")
        self.assertIn(
            self.tenant_7,
            self.env["ai.tenant"].search([("health_ids.state", "=", "trouble")]),
        )

    def test_runtime_down_says_nothing_about_what_only_it_knows(self):
        self.runtime.health = self.runtime.health.model_copy(update={"checks": {"qdrant": "ok"}})
        self.check()
        self.assertEqual(self.health("qdrant").state, "ok")
        self.set_environment(AGENT_RUNTIME_URL="http://127.0.0.1:9")
        self.check()
        self.assertEqual(self.health("runtime").state, "trouble")
        self.assertFalse(self.health("qdrant"))
        self.assertFalse(self.health("knowledge"))

    def test_the_runtime_s_own_checks_are_shown(self):
        self.runtime.health = Health(
            status="degraded",
            boot_id="boot",
            version="1",
            checks={
                "mcp-mongodb": "it did not answer in time",
                "mcp-odoo": "http://other-customer.example refused",
                "embedder": "starting",
            },
        )
        self.check()
        self.assertIn("did not answer in time", self.health("mcp-mongodb").message)
        self.assertNotIn("other-customer", self.health("mcp-odoo").message)
        self.assertEqual(self.health("embedder").state, "starting")

    def test_another_database_s_knowledge_is_a_problem(self):
        item = KnowledgeItem(
            model="product.template", record_id=1, title="t", text="t", content_hash="h"
        )
        self.runtime.stored[(7, "products", "stranger", item.model, item.record_id)] = item
        self.check()
        self.assertIn("products", self.health("knowledge").message)

    def test_the_job_checks_every_tenant_in_its_own_language(self):
        self.env["ai.tenant"]._cron_check_health()
        self.env["ai.tenant"]._cron_check_health()
        waiting = self.env["queue.job"].search(
            [("method_name", "=", "_job_check_health"), ("state", "=", "pending")]
        )
        self.assertEqual(len(waiting), 1)
        self.env["ai.tenant"]._job_check_health()
        for tenant in self.tenant_7 + self.tenant_8:
            self.assertEqual(tenant.health_state, "ok")

    def test_a_damaged_document_is_a_problem(self):
        self.tenant_7._job_publish()
        with self.store._open(7) as collection:
            collection.update_one({"_id": 7}, {"$set": {"company.name": "Somebody else"}})
        self.check()
        self.assertIn("damaged", self.health("mongodb").message)

    def test_the_job_is_in_nobody_s_way_and_waits_for_a_dead_mongodb_once(self):
        self.env["ai.tenant"]._cron_check_health()
        job = self.env["queue.job"].search([("method_name", "=", "_job_check_health")])
        self.assertEqual(job.channel, jobs.CHANNEL_BULK)
        self.set_environment(MONGODB_URL="mongodb://127.0.0.1:9/")
        asked, stored = [], TenantStore.stored

        def ask(store, account_id, *args):
            asked.append(account_id)
            return stored(store, account_id, *args)

        timeout = patch("odoo.addons.company_services.stores.mongodb.TIMEOUT_SECONDS", 0.2)
        with timeout, patch.object(TenantStore, "stored", ask):
            self.env["ai.tenant"]._job_check_health()
        self.assertEqual(len(asked), 1)
        for tenant in self.tenant_7 + self.tenant_8:
            self.assertIn("does not answer", self.health("mongodb", tenant).message)
            self.assertEqual(self.health("runtime", tenant).state, "ok")

    def test_a_user_waits_five_seconds_at_most(self):
        self.set_environment(MONGODB_URL="mongodb://127.0.0.1:9/")
        waits, real = [], runtime.client

        def client(seconds):
            waits.append(seconds)
            return real(seconds)

        begin = monotonic()
        with patch.object(runtime, "client", client):
            self.check()
        waited = monotonic() - begin  # for MongoDB: the runtime answers at once
        self.assertIn("does not answer", self.health("mongodb").message)
        health, knowledge = waits
        self.assertLess(health + waited, 5.5)
        self.assertLess(waited + knowledge, 5.5)

    def test_two_may_check_at_the_same_time(self):
        self.assertFalse(self.tenant_7.health_ids, "read before the other one has written")
        self.env.cr.execute(
            "INSERT INTO ai_tenant_health (tenant_id, company_id, part, state, checked_at) "
            "VALUES (%s, %s, 'runtime', 'trouble', '2020-01-01')",
            [self.tenant_7.id, self.tenant_7.company_id.id],
        )
        self.check()
        self.assertEqual(self.health("runtime").state, "ok")
        self.assertEqual(self.tenant_7.health_ids.company_id, self.tenant_7.company_id)

    def test_tenants_do_not_meet(self):
        with self.assertRaises(AccessError):
            self.check(self.tenant_8, self.manager_7)
        self.check(self.tenant_8, self.manager_8)
        with self.assertRaises(AccessError):
            self.as_user(self.tenant_8.health_ids, self.manager_7).read(["message"])
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        with self.assertRaises(AccessError):
            self.check(self.tenant_7, viewer)
