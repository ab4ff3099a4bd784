"""The shared vocabulary: strict, secret, and stable on the wire."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from agent_runtime.contracts import (
    Channel,
    ModelAccess,
    OdooAccess,
    TenantConfig,
    TurnRequest,
    dump_json,
)
from tests.doubles import turns


def request() -> TurnRequest:
    return turns.turn(
        "oi",
        rules=(turns.promotion(channels=frozenset({Channel.WEB, Channel.EMAIL})), turns.PAYMENT),
        odoo=OdooAccess(url="http://odoo", database="a", login="ai", api_key="odoo-key"),
        models=(ModelAccess(model="openai/x", api_key="model-key"),),
    )


def test_the_wire_carries_everything_there_and_back() -> None:
    assert TurnRequest.model_validate_json(dump_json(request())) == request()


def test_secrets_show_only_on_the_wire() -> None:
    shown = f"{request()!r} {request()} {request().model_dump_json()}"
    for secret in ("odoo-key", "model-key", "opaque"):
        assert secret not in shown
        assert secret in dump_json(request())


def test_what_is_unknown_is_refused() -> None:
    body = json.loads(dump_json(request())) | {"surprise": 1}
    with pytest.raises(ValidationError):
        TurnRequest.model_validate(body)


def test_another_version_is_refused() -> None:
    body = json.loads(dump_json(request())) | {"contract_version": 2}
    with pytest.raises(ValidationError):
        TurnRequest.model_validate_json(json.dumps(body))


def test_refusals_do_not_quote_the_customer() -> None:
    body = json.loads(dump_json(turns.turn("meu segredo")))
    body["messages"][0]["sent_at"] = "ontem, meu segredo"
    with pytest.raises(ValidationError) as refused:
        TurnRequest.model_validate_json(json.dumps(body))
    assert "segredo" not in str(refused.value)


def test_times_need_a_zone() -> None:
    body = json.loads(dump_json(turns.turn("oi"))) | {"moment": "2026-11-21T09:00:00"}
    with pytest.raises(ValidationError):
        TurnRequest.model_validate_json(json.dumps(body))


def test_a_turn_without_message_is_none() -> None:
    with pytest.raises(ValidationError):
        turns.turn()


def test_the_text_follows_the_ids_not_the_arrival() -> None:
    shuffled = turns.turn("primeira", "segunda")
    assert shuffled.model_copy(update={"messages": shuffled.messages[::-1]}).text == (
        "primeira\nsegunda"
    )


def test_the_content_of_a_configuration_ignores_its_receipt() -> None:
    later = turns.config(version=9, owner="b", content_hash="1" * 64)
    assert later.content() == turns.config().content()
    assert turns.config(currency="USD").content() != turns.config().content()


@pytest.mark.parametrize("account", [0, -7])
def test_accounts_are_positive(account: int) -> None:
    with pytest.raises(ValidationError):
        turns.config(account)


def test_a_configuration_survives_json() -> None:
    assert TenantConfig.model_validate_json(dump_json(turns.config())) == turns.config()
