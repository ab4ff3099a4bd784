"""The addresses for machines on a running server: several workers, two databases, real stores."""

from __future__ import annotations

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from agent_runtime.contracts import Channel, Routing, RoutingRule
from demo.stage import Stage, StagedTenant

from .asking import ask, wait_settled
from .stores import document
from .tokens import HEALTH_TOKEN, METRICS_TOKEN

PATIENCE = 60
ROUTING = {"default_crew": "suporte", "rules": [{"channel": "sms", "crew": "whatsapp_crew"}]}


def get(stage: Stage, path: str, key: str | None = None) -> requests.Response:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return requests.get(stage.odoo.url + path, headers=headers, timeout=30)


def configure(stage: Stage, staged: StagedTenant, content: dict) -> requests.Response:
    address = f"{stage.odoo.url}/config?account_id={staged.tenant.account_id}"
    headers = {"Authorization": f"Bearer {staged.api_key}"}
    return requests.post(address, json=content, headers=headers, timeout=30)


def counted(stage: Stage, path: str = "/metrics", key: str = METRICS_TOKEN) -> dict:
    """``{(metric, frozenset of its labels as pairs): value}``."""
    response = get(stage, path, key)
    assert response.status_code == 200
    families = text_string_to_metric_families(response.text)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def ended(samples: dict, account: int) -> float:
    """Turns of the account that have ended."""
    return sum(
        value
        for (name, labels), value in samples.items()
        if name == "chatwoot_turns_total" and ("account", str(account)) in labels
    )


def test_the_status_needs_nobody(stage):
    assert get(stage, "/webhook/status").json()["status"] == "ok"


def test_every_dependency_works_and_is_told_to_the_watch_alone(stage):
    told = get(stage, "/health", HEALTH_TOKEN)
    checks = told.json()["checks"]
    assert {name: check["status"] for name, check in checks.items()} == dict.fromkeys(checks, "ok")
    assert told.status_code == 200
    assert told.elapsed.total_seconds() < 5
    assert checks["agent_runtime"]["checks"]["qdrant"] == "ok"
    assert checks["agent_runtime"]["boot_id"]
    assert get(stage, "/health").json() == {"status": "ok"}
    assert get(stage, "/health", METRICS_TOKEN).status_code == 401


def test_each_account_is_configured_by_its_own_manager(stage, patas, sorriso):
    for staged, other in ((patas, sorriso), (sorriso, patas)):
        address = f"/config?account_id={staged.tenant.account_id}"
        shown = get(stage, address, staged.api_key)
        assert shown.status_code == 200
        assert shown.json()["CHATWOOT_API_URL"] == f"{stage.double.url}/api"
        assert staged.bot.access_token not in shown.text
        assert staged.bot.secret not in shown.text
        refused = get(stage, address, other.api_key)
        assert (refused.status_code, refused.json()) == (401, {"error": "unauthorized"})


def test_what_is_configured_reaches_the_store(stage, sorriso):
    before = configure(stage, sorriso, {}).json()["ROUTING_RULES"]
    try:
        assert configure(stage, sorriso, {"ROUTING_RULES": ROUTING}).json()["ROUTING_RULES"] == (
            ROUTING
        )
        rule = RoutingRule(channel=Channel.SMS, crew="whatsapp")
        published = Routing(default_crew="web", rules=(rule,)).model_dump(mode="json")
        assert sorriso.ledger.wait_for(
            lambda _ledger: document(stage, sorriso.tenant.account_id)["routing"] == published,
            PATIENCE,
        )
    finally:
        assert configure(stage, sorriso, {"ROUTING_RULES": before}).status_code == 200


@pytest.mark.parametrize("content", [{"DEBUG": 1}, {"ROUTING_RULES": {"default_crew": "x"}}])
def test_what_does_not_fit_changes_nothing(stage, patas, content):
    before = configure(stage, patas, {}).json()
    assert configure(stage, patas, content).status_code == 422
    assert configure(stage, patas, {}).json() == before


def test_an_answer_is_counted_for_its_account(stage, patas, sorriso):
    before = counted(stage)
    for staged in (patas, sorriso):
        assert before["chatwoot_database_up", frozenset({("database", staged.database)})] == 1
    wait_settled(patas, ask(stage, patas, "Qual o horário de vocês?"))
    after = counted(stage)
    assert ended(after, patas.tenant.account_id) > ended(before, patas.tenant.account_id)
    falling = [
        key
        for key, value in before.items()
        if key[0].endswith(("_total", "_bucket")) and after[key] < value
    ]
    assert falling == []


def test_a_manager_sees_the_own_numbers_alone(stage, patas, sorriso):
    address = f"/metrics?account_id={sorriso.tenant.account_id}"
    own = counted(stage, address, sorriso.api_key)
    assert ended(own, patas.tenant.account_id) == 0
    assert not [labels for _name, labels in own if ("database", patas.database) in labels]
    assert get(stage, address, patas.api_key).status_code == 401
