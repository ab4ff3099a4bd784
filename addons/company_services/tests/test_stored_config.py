from unittest.mock import patch
from uuid import uuid4

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..stores.mongodb import TenantStore
from ..tools.differences import Difference, differences
from .common import CompanyServicesCase
from .mongo_server import mongo_server


@tagged("post_install", "-at_install")
class TestStoredConfig(CompanyServicesCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = cls.enterClassContext(mongo_server())

    def setUp(self):
        super().setUp()
        collection = f"test_{uuid4().hex}"
        self.set_environment(MONGODB_URL=self.url, MONGODB_COLLECTION=collection)
        self.store = TenantStore(self.url, collection)

    def look(self, tenant, user):
        action = self.as_user(tenant, user).action_view_stored_config()
        viewer = self.env[action["res_model"]].browse(action["res_id"])
        return self.as_user(viewer, user)

    def test_shows_what_is_stored_and_what_a_change_would_make_of_it(self):
        self.tenant_7.greeting = "Olá!"
        self.tenant_7._job_publish()
        viewer = self.look(self.tenant_7, self.manager_7)
        self.assertEqual(viewer.state, "same")
        self.assertIn('"greeting": "Olá!"', viewer.document)
        self.assertEqual(viewer.version, 1)
        self.assertEqual(viewer.published_at, self.tenant_7.published_at)
        self.assertEqual(viewer.owner, self.env["ai.tenant"]._database_origin())
        self.assertFalse(viewer.line_ids)
        self.tenant_7.greeting = "Bom dia!"
        viewer = self.look(self.tenant_7, self.manager_7)
        self.assertEqual(viewer.state, "different")
        self.assertEqual(
            viewer.line_ids.mapped(lambda line: (line.name, line.stored, line.wanted)),
            [("voice › greeting", "Olá!", "Bom dia!")],
        )

    def test_it_is_the_store_that_is_shown_and_not_what_odoo_remembers(self):
        self.tenant_7._job_publish()
        self.store.withdraw(7, self.env["ai.tenant"]._database_origin())
        viewer = self.look(self.tenant_7, self.manager_7)
        self.assertEqual(viewer.state, "missing")
        self.assertIn("account 7", viewer.message)
        self.assertIn("company › name", viewer.line_ids.mapped("name"))

    def test_an_archived_tenant_would_be_withdrawn(self):
        self.tenant_7._job_publish()
        self.tenant_7.active = False
        viewer = self.look(self.tenant_7, self.manager_7)
        self.assertEqual(viewer.state, "different")
        self.assertFalse(any(viewer.line_ids.mapped("wanted")))

    def test_a_store_that_is_down_or_unknown_is_said_in_words(self):
        self.set_environment(MONGODB_URL="mongodb://user:hidden@127.0.0.1:9/?connectTimeoutMS=50")
        with patch("odoo.addons.company_services.stores.mongodb.TIMEOUT_SECONDS", 0.2):
            viewer = self.look(self.tenant_7, self.manager_7)
        self.assertEqual(viewer.state, "unreadable")
        self.assertIn("MongoDB does not answer", viewer.message)
        self.assertNotIn("hidden", viewer.message)
        self.set_environment(MONGODB_URL="")
        self.assertIn("mongodb_url", self.look(self.tenant_7, self.manager_7).message)

    def test_what_stops_a_publication_does_not_hide_what_is_stored(self):
        self.tenant_7.greeting = "Olá!"
        self.tenant_7._job_publish()
        self.tenant_7.resource_calendar_id.flexible_hours = True
        viewer = self.look(self.tenant_7, self.manager_7)
        self.assertEqual(viewer.state, "unmade")
        self.assertIn(self.tenant_7.resource_calendar_id.name, viewer.message)
        self.assertIn('"greeting": "Olá!"', viewer.document)
        self.assertEqual(viewer.version, 1)
        self.tenant_8.resource_calendar_id.flexible_hours = True
        viewer = self.look(self.tenant_8, self.manager_8)
        self.assertEqual((viewer.state, viewer.document), ("unmade", False))

    def test_another_database_s_document_is_named_but_not_shown(self):
        self.store.publish(
            7,
            "stranger",
            0,
            lambda version: {
                "owner": "stranger",
                "version": version,
                "content_hash": "x",
                "company": {"name": "Somebody Else"},
            },
        )
        viewer = self.look(self.tenant_7, self.manager_7)
        self.assertEqual((viewer.state, viewer.owner), ("foreign", "stranger"))
        self.assertFalse(viewer.document)
        self.assertFalse(viewer.line_ids)

    def test_a_viewer_may_look_and_nobody_looks_at_another_tenant(self):
        self.tenant_7._job_publish()
        self.tenant_8._job_publish()
        viewer_7 = self.make_user("viewer_7", self.tenant_7, "group_ai_viewer")
        self.assertEqual(self.look(self.tenant_7, viewer_7).state, "same")
        with self.assertRaises(AccessError):
            self.look(self.tenant_8, self.manager_7)
        of_8 = self.look(self.tenant_8, self.manager_8)
        with self.assertRaises(AccessError):
            self.as_user(of_8, self.manager_7).read(["document"])

    def test_differences_name_the_place(self):
        stored = {"a": {"b": 1, "c": [1, 2]}, "gone": True}
        wanted = {"a": {"b": 1, "c": [1, 3, 4]}, "new": "x"}
        self.assertEqual(
            differences(stored, wanted),
            [
                Difference(("a", "c", "2"), 2, 3),
                Difference(("a", "c", "3"), None, 4),
                Difference(("new",), None, "x"),
                Difference(("gone",), True, None),
            ],
        )
        self.assertEqual(differences(wanted, wanted), [])
