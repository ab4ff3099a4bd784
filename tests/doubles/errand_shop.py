"""A shop that tells orders, offers times and notes wishes, and what is asked of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from pydantic import SecretStr

from agent_runtime.contracts import (
    AllowedRequests,
    Customer,
    EnabledServices,
    HistoryEntry,
    ModelAccess,
    OpeningHours,
    ProvenIdentity,
    Rule,
    RuleKind,
    SchedulingTerms,
    TurnResult,
)
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.attacked import ORDER
from tests.doubles.engine_bench import Bench
from tests.doubles.openai_server import OpenAIServer, call

BATHS = Rule(
    key="business.scheduling.rule,5",
    kind=RuleKind.SCHEDULING,
    name="Banho",
    text="Banho com hora marcada.",
    scheduling=SchedulingTerms(
        service="Banho",
        duration_minutes=60,
        timezone="America/Sao_Paulo",
        windows=tuple(OpeningHours(weekday=d, start="09:00", end="12:00") for d in range(5)),
    ),
)
ANA = Customer(name="Ana", identity=ProvenIdentity(by="phone", partners=(9,)))
ALL = AllowedRequests(booking=True, lead=True, quotation=True)
MONDAY_10 = datetime(2026, 11, 23, 10, 0, tzinfo=turns.ZONE)


def shop(
    settings: Settings, allowed: AllowedRequests = ALL, reads_orders: bool = True, **services: bool
) -> Bench:
    on = EnabledServices(**{"sales": True, "scheduling": True, "support": True, **services})
    config = turns.config(services=on, requests=allowed, reads_orders=reads_orders)
    return Bench.of(
        settings,
        config,
        (ORDER, turns.product(1), turns.product(2, "Areia para gatos", price=32.5)),
    )


def text(result: TurnResult) -> str:
    return "\n".join(result.parts)


def said(*texts: tuple[str, str]) -> tuple[HistoryEntry, ...]:
    return tuple(
        HistoryEntry(role=role, text=words, sent_at=turns.NOW - timedelta(minutes=5 - n))
        for n, (role, words) in enumerate(texts)
    )


def asked_for_a_bath(bench: Bench) -> tuple[HistoryEntry, ...]:
    first = "Quero marcar um banho para segunda"
    return said(("customer", first), ("crew", text(bench.run(turns.turn(first, rules=(BATHS,))))))


def scripted(settings: Settings, tool: str, arguments: dict[str, Any], **more: Any) -> TurnResult:
    """A hostile or clumsy model calls a tool and then says that it is noted."""
    told = more.pop("told", "Anotei o seu pedido, avisamos assim que for confirmado.")
    with OpenAIServer([call(tool, **arguments), told]) as server:
        model = ModelAccess(model="openai/scripted", base_url=server.url, api_key=SecretStr("k"))
        bench = more.pop("bench", None) or shop(settings)
        return bench.run(turns.turn(more.pop("say"), model=model, rules=(BATHS,), **more))
