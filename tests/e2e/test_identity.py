"""A tenant made again finds in the stores what it published before, as its own."""

import pytest
from pymongo import MongoClient

from devtools.databases import stable_identity

UUID = "SELECT value FROM ir_config_parameter WHERE key = 'database.uuid'"


@pytest.mark.parametrize("key", ["patas", "sorriso"])
def test_the_identity_outlives_the_database(stage, key):
    staged = stage.tenants[key]
    identity = str(stable_identity(stage.stack.layout.roots, key))
    with MongoClient(stage.stack.mongodb_url, serverSelectionTimeoutMS=5000) as client:
        account = staged.tenant.account_id
        published = client[f"acct_{account}"]["tenant_config"].find_one({"_id": account})

    assert staged.ledger.rows(UUID) == [(identity,)]
    assert published["owner"] == identity


def test_sessions_of_the_tenants_are_signed_with_keys_of_their_own(stage):
    secret = UUID.replace("uuid", "secret")
    found = [staged.ledger.rows(secret) for staged in stage.tenants.values()]

    assert all(found)
    assert found[0] != found[1]
