"""A promotion ends at its second, although nothing has run."""

import time

import pytest

from agent_runtime.contracts import KnowledgeSearch

from .asking import ask, wait_settled
from .odoo_side.promotion import NAME
from .stores import in_odoo, payloads, runtime_client

PATIENCE = 60
LASTS = 30
"""Seconds; enough for the new end to reach the store before it comes."""
BINDING = (
    "SELECT state, synced_at FROM ai_knowledge_binding "
    "WHERE model = 'business.temporary.rule' AND res_id = %s"
)
OFFERED = "40%"


def _found(stage, account_id):
    search = KnowledgeSearch(account_id=account_id, collection="business_rules", query=NAME)
    return NAME in [hit.title for hit in runtime_client(stage).search(search).hits]


def _indexed(ledger, rule):
    return [state for state, _at in ledger.rows(BINDING, rule)] == ["indexed"]


def _ends(stage, account_id):
    """When the stored promotion ends, in Unix seconds."""
    stored = [p["metadata"] for p in payloads(stage, account_id)]
    return [data["valid_until"] for data in stored if data["title"] == NAME]


def _answer(stage, staged):
    question = ask(stage, staged, "Toalhas turquesa estão em promoção?")
    wait_settled(staged, question)
    return "\n".join(
        message.content or "" for message in stage.double.answers(question.conversation)
    )


@pytest.fixture
def promotion(stage, patas):
    made = in_odoo(stage, patas, "odoo_side.make_promotion(env)")
    yield made
    in_odoo(stage, patas, f"odoo_side.remove_promotion(env, {made})")


@pytest.mark.timeout(600)
def test_neither_search_nor_turn_offers_it_from_its_last_second_on(stage, patas, promotion):
    account = patas.tenant.account_id
    assert patas.ledger.wait_for(lambda ledger: _indexed(ledger, promotion), PATIENCE)
    assert _found(stage, account)
    assert OFFERED in _answer(stage, patas)

    end = in_odoo(stage, patas, f"odoo_side.end_promotion(env, {promotion}, {LASTS})")
    assert patas.ledger.wait_for(
        lambda ledger: _indexed(ledger, promotion) and _ends(stage, account) == [end], PATIENCE
    ), "the store knows the new end"
    indexed = patas.ledger.rows(BINDING, promotion)

    # Nothing of ours announces the moment: it is the clock that is waited for.
    time.sleep(max(0, end - time.time()))

    assert not _found(stage, account)
    assert OFFERED not in _answer(stage, patas)
    assert patas.ledger.rows(BINDING, promotion) == indexed, "no job has touched it meanwhile"
    assert _ends(stage, account) == [end], "still held; whoever searches must know better"
