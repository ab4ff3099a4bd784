from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from odoo.tests import BaseCase
from pymongo import MongoClient

from ..stores.mongodb import (
    ForeignOwner,
    StoreRefused,
    StoreTooLarge,
    StoreUnavailable,
    TenantStore,
)
from .mongo_server import mongo_server


class TestMongodb(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.url = cls.enterClassContext(mongo_server())

    def setUp(self):
        super().setUp()
        self.store = TenantStore(self.url, f"test_{uuid4().hex}")

    def publish(self, content_hash, owner="us", floor=0, account_id=7):
        def build(version):
            return {"owner": owner, "version": version, "content_hash": content_hash}

        return self.store.publish(account_id, owner, floor, build)

    def test_versions_grow_and_equal_content_writes_nothing(self):
        self.assertEqual(self.publish("a")["version"], 1)
        self.assertEqual(self.publish("a")["version"], 1)
        self.assertEqual(self.publish("b")["version"], 2)
        self.assertEqual(self.publish("a")["version"], 3)
        self.assertEqual(self.store.stored(7)["_id"], 7)

    def test_a_store_restored_from_a_backup_is_overtaken(self):
        self.publish("a")
        self.assertEqual(self.publish("a", floor=5)["version"], 6)

    def test_a_document_changed_by_hand_is_written_again(self):
        for damage in (
            {"$set": {"name": "Somebody else"}},
            {"$set": {"schema_version": 9}},
            {"$set": {"version": "one"}},
            {"$unset": {"version": ""}},
        ):
            whole = self.publish("a")
            with MongoClient(self.url) as client:
                client.acct_7[self.store._collection].update_one({"_id": 7}, damage)
            written = self.publish("a", floor=whole["version"])
            self.assertEqual({**written, "version": whole["version"]}, whole, damage)
            self.assertGreater(written["version"], whole["version"])

    def test_replacement_is_whole(self):
        self.store.publish(
            7, "us", 0, lambda v: {"owner": "us", "version": v, "content_hash": "x", "old": 1}
        )
        self.publish("y")
        self.assertNotIn("old", self.store.stored(7))

    def test_a_document_that_is_too_large_is_refused_as_such(self):
        with self.assertRaises(StoreTooLarge):
            self.publish("x" * 17_000_000)

    def test_a_stranger_is_refused(self):
        self.publish("a", owner="production")
        with self.assertRaisesRegex(ForeignOwner, "production"):
            self.publish("b", owner="staging")
        self.store.withdraw(7, "staging")
        self.assertEqual(self.store.stored(7)["owner"], "production")

    def test_accounts_do_not_meet(self):
        self.publish("a", account_id=7)
        self.publish("b", account_id=8)
        self.store.withdraw(7, "us")
        self.assertIsNone(self.store.stored(7))
        self.assertEqual(self.store.stored(8)["content_hash"], "b")

    def test_publications_at_once_end_in_one_of_them(self):
        with ThreadPoolExecutor(4) as pool:
            results = list(pool.map(self.publish, ["a", "b", "c", "d"]))
        versions = {result["version"] for result in results}
        self.assertEqual(len(versions), 4)
        self.assertEqual(self.store.stored(7)["version"], max(versions))

    def test_unreachable_server_is_unavailable_within_the_bound(self):
        store = TenantStore("mongodb://user:hidden-password@127.0.0.1:9/")
        with self.assertRaises(StoreUnavailable) as caught:
            store.stored(7)
        self.assertNotIn("hidden-password", str(caught.exception))

    def test_malformed_address_is_refused(self):
        with self.assertRaises(StoreRefused) as caught:
            TenantStore("mongodb://user:hidden-password@:::").stored(7)
        self.assertNotIn("hidden-password", str(caught.exception))
