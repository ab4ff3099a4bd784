"""A promotion ends at its second, although nothing has run."""

import time

import pytest

from agent_runtime.contracts import KnowledgeSearch

from .asking import ask, wait_settled
from .odoo_side.promotion import NAME
from .stores import in_odoo, payloads, runtime_client

PATIENCE = 60
LASTS = 45
BINDING = (
    "SELECT state, synced_at FROM ai_knowledge_binding "
    "WHERE model = 'business.temporary.rule' AND res_id = %s"
)
OFFERED = "40%"


def _found(stage, account_id):
    search = KnowledgeSearch(account_id=account_id, collection="business_rules", query=NAME)
    return NAME in [hit.title for hit in runtime_client(stage).search(search).hits]


def _answer(stage, staged):
    question = ask(stage, staged, "Toalhas turquesa estão em promoção?")
    wait_settled(staged, question)
    return "\n".join(
        message.content or "" for message in stage.double.answers(question.conversation)
    )


@pytest.fixture
def promotion(stage, patas):
    """Its id and its end in Unix seconds."""
    made = in_odoo(stage, patas, f"odoo_side.make_promotion(env, {LASTS})")
    yield made
    in_odoo(stage, patas, f"odoo_side.remove_promotion(env, {made[0]})")


@pytest.mark.timeout(600)
def test_neither_search_nor_turn_offers_it_from_its_last_second_on(stage, patas, promotion):
    account = patas.tenant.account_id
    rule, end = promotion
    assert patas.ledger.wait_for(
        lambda ledger: [state for state, _at in ledger.rows(BINDING, rule)] == ["indexed"], PATIENCE
    )
    assert _found(stage, account)
    assert OFFERED in _answer(stage, patas)
    indexed = patas.ledger.rows(BINDING, rule)
    assert time.time() < end, "the machine was too slow for this test to mean anything"

    # Nothing of ours announces the moment: it is the clock that is waited for.
    time.sleep(end - time.time())

    assert not _found(stage, account)
    assert OFFERED not in _answer(stage, patas)
    assert patas.ledger.rows(BINDING, rule) == indexed, "no job has touched it meanwhile"
    stored = [p for p in payloads(stage, account) if p["metadata"]["title"] == NAME]
    assert stored, "the store still holds it; whoever searches must know better"
