"""Two tenants that could be confused by anything but their account: nothing is shared."""

from functools import partial

import pytest

from agent_runtime.contracts import KnowledgeSearch

from .stores import document, everything, in_odoo, payloads, points, runtime_client, settled

ACCOUNTS = {"patas": 901, "sorriso": 902}
RECEIPT = ("_id", "account_id", "owner", "version", "published_at", "content_hash")
PATIENCE = 90
KNOWN = "SELECT model FROM ai_knowledge_binding WHERE tenant_id = %s AND state = 'indexed'"
RECORDS = 4


@pytest.fixture(scope="module")
def twins(stage):
    """The same tenant in two databases, accounts 901 and 902; tenant ids by database."""
    made = {
        key: in_odoo(stage, stage.tenants[key], f"odoo_side.make_twin(env, {account})")
        for key, account in ACCOUNTS.items()
    }
    for key, tenant in made.items():
        ledger = stage.tenants[key].ledger
        assert ledger.wait_for(partial(settled, account_id=ACCOUNTS[key]), PATIENCE), (
            ledger.readiness()
        )
        assert len(ledger.rows(KNOWN, tenant)) == RECORDS
    return made


def test_the_same_in_everything_but_the_account(stage, twins):
    assert twins["patas"] == twins["sorriso"]
    one, other = (document(stage, account) for account in ACCOUNTS.values())
    assert {k: v for k, v in one.items() if k not in RECEIPT} == {
        k: v for k, v in other.items() if k not in RECEIPT
    }
    assert one["owner"] != other["owner"]

    one, other = (payloads(stage, account) for account in ACCOUNTS.values())
    assert sorted(map(_said, one)) == sorted(map(_said, other))
    assert {model for _text, model, _record in map(_said, one)} == {
        "business.rule",
        "business.temporary.rule",
        "business.support.document",
        "product.template",
    }


def test_no_point_is_shared(stage, twins):
    one, other = (points(stage, account) for account in ACCOUNTS.values())
    ids = [{point for found in held.values() for point in found} for held in (one, other)]
    assert ids[0]
    assert not ids[0] & ids[1]
    for account, held in zip(ACCOUNTS.values(), (one, other), strict=True):
        payloads_ = [point["payload"] for found in held.values() for point in found.values()]
        assert {payload["metadata"]["account_id"] for payload in payloads_} == {account}


def test_deleting_all_of_one_leaves_the_others_byte_for_byte(stage, twins):
    others = (902, *(staged.tenant.account_id for staged in stage.tenants.values()))
    before = {account: everything(stage, account) for account in others}

    patas = stage.tenants["patas"]
    in_odoo(stage, patas, f"odoo_side.archive(env, {twins['patas']})")
    gone = patas.ledger.wait_for(
        lambda ledger: (
            not ledger.rows(
                "SELECT 1 FROM ai_knowledge_binding WHERE tenant_id = %s", twins["patas"]
            )
            and ledger.rows("SELECT publish_state FROM ai_tenant WHERE id = %s", twins["patas"])
            == [("draft",)]
        ),
        PATIENCE,
    )

    assert gone
    assert document(stage, 901) is None
    assert points(stage, 901) == {}
    assert {account: everything(stage, account) for account in others} == before
    search = KnowledgeSearch(account_id=901, collection="products", query="espelho redondo")
    assert runtime_client(stage).search(search).hits == ()


def _said(payload):
    metadata = payload["metadata"]
    return payload["document"], metadata["model"], metadata["record_id"]
