from uuid import uuid4

from odoo.tests import tagged

from ..hooks import uninstall_hook
from ..stores.mongodb import TenantStore
from .common import CompanyServicesCase
from .knowledge_model import NAME, add_note_model
from .mongo_server import mongo_server
from .runtime_double import TOKEN, RuntimeDouble


@tagged("post_install", "-at_install")
class TestUninstall(CompanyServicesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_note_model(cls)
        cls.url = cls.enterClassContext(mongo_server())
        cls.runtime = cls.enterClassContext(RuntimeDouble())

    def setUp(self):
        super().setUp()
        collection = f"test_{uuid4().hex}"
        self.set_environment(
            MONGODB_URL=self.url,
            MONGODB_COLLECTION=collection,
            AGENT_RUNTIME_URL=self.runtime.url,
            AGENT_RUNTIME_TOKEN=TOKEN,
        )
        self.store = TenantStore(self.url, collection)
        self.env[NAME].create(
            {"name": "Note", "text": "Text", "company_id": self.tenant_7.company_id.id}
        )
        self.tenant_7._job_publish()
        self.env["ai.knowledge.binding"]._job_sync(self.tenant_7.id, "notes")

    def keys(self):
        users = (self.tenant_7 + self.tenant_8).agent_user_id
        return self.env["res.users.apikeys"].search([("user_id", "in", users.ids)])

    def test_nothing_stays_behind(self):
        self.assertTrue(self.keys())
        self.assertTrue(self.store.stored(7))
        self.assertTrue(self.runtime.stored)
        uninstall_hook(self.env)
        self.assertFalse(self.keys())
        self.assertIsNone(self.store.stored(7))
        self.assertFalse(self.runtime.stored)

    def test_what_stays_is_named_with_what_to_do(self):
        self.set_environment(AGENT_RUNTIME_URL="http://127.0.0.1:9", MONGODB_URL="")
        with self.assertLogs("odoo.addons.company_services.hooks", "WARNING") as logs:
            uninstall_hook(self.env)
        self.assertFalse(self.keys())
        told = "\n".join(logs.output)
        self.assertIn("acct_7", told)
        self.assertIn("7_notes", told)
