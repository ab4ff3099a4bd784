"""A claim stands only for what it is said of: the product, the day, the unit, the place."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import yaml

from agent_runtime.contracts import ServiceOffer
from agent_runtime.engine.offers_evidence import of_offers
from agent_runtime.engine.rules_evidence import of_rules
from agent_runtime.evaluation.business import load
from agent_runtime.evidence import Evidence
from agent_runtime.evidence_check.check import Checked, check
from agent_runtime.evidence_check.known import of_turn
from agent_runtime.rules import holds
from tests.doubles import attacked, turns

CATS = turns.product(5, "Ração Premier Gatos 10kg", price=299.9, quantity=5.0)
DOGS = turns.product(6, "Ração Premier Cães 10kg", price=259.9, quantity=8.0)
BULK = turns.product(7, "Milho a granel", price=6.5, quantity=80.0, uom="kg")
ORDER = Evidence(
    kind="order",
    reference="sale.order,42",
    title="S00042",
    text="S00042; Confirmado; 18/11/2026; R$ 150,00; 2 × Coleira Antipulgas",
    via="mcp-odoo",
    data={
        "number": "S00042",
        "state": "Confirmado",
        "lines": [["Coleira Antipulgas", 2]],
        "date": "2026-11-18",
        "total": 150.0,
        "currency": "BRL",
    },
)
BOOKING = tuple(of_rules([turns.scheduling()], True))
SLOTS = (
    *BOOKING,
    *(
        Evidence(
            kind="slot",
            reference="business.scheduling.rule,1",
            title="Consulta",
            text=f"Consulta: {day}/11/2026 {at}",
            via="mcp-odoo",
            data={
                "starts_at": f"2026-11-{day}T{at}:00-03:00",
                "minutes": 45,
                "rule": "business.scheduling.rule,1",
            },
        )
        for day, at in (("23", "08:00"), ("23", "08:40"), ("23", "09:20"), ("24", "15:00"))
    ),
)
SUNDAY = tuple(
    of_rules(
        [
            turns.promotion(
                9,
                kind="event",
                name="Feira de adoção",
                text="No domingo, 29/11, abrimos das 9h às 13h para a feira de adoção.",
            )
        ],
        True,
    )
)
FROM = tuple(
    of_offers(
        turns.config(
            offers=(ServiceOffer(key="ai.service.offer,9", name="Tosa", pricing="from", price=75),)
        )
    )
)


def checked(say: str, body: str, *more: Evidence) -> Checked:
    config = attacked.config()
    rules = [rule for rule in attacked.RULES if holds(rule, turns.NOW)]
    evidence = (*of_offers(config), *attacked.EVIDENCE, *of_rules(rules, True), *more)
    known = of_turn(config, evidence, say, say, free_speech=True)
    return check(body, known, turns.NOW, config.language)


MORE: dict[str, tuple[Evidence, ...]] = {
    "cats": (CATS,),
    "dogs": (DOGS,),
    "bulk": (BULK,),
    "order": (ORDER,),
    "own_order": (attacked.ORDER,),
    "booking": BOOKING,
    "slots": SLOTS,
    "sunday": SUNDAY,
    "from": FROM,
}


def said(what: str) -> list[dict[str, Any]]:
    """The lies or the truths of the files."""
    folder = Path(__file__).parent / "attacks"
    files = (folder / "binding.yaml", folder / "catalogue.yaml")
    return [one for f in files for one in yaml.safe_load(f.read_text(encoding="utf-8"))[what]]


def checked_at(name: str, say: str, body: str) -> Checked:
    """The same at a business of the evaluation, all that it publishes being known."""
    business = load(name)
    config = business.config
    documents = (
        Evidence(
            kind="document",
            reference=f"business.support.document,{document.id}",
            title=document.title,
            text=document.text,
            via="mcp-qdrant",
        )
        for document in business.documents
        if not document.poison
    )
    products = (product.evidence(config.currency) for product in business.products)
    rules = [rule for rule in business.rules if holds(rule, business.moment)]
    evidence = (*of_offers(config), *products, *of_rules(rules, True), *documents)
    known = of_turn(config, evidence, say, say, free_speech=True)
    return check(body, known, business.moment, config.language)


def of(one: dict[str, Any]) -> Checked:
    """What stands of one entry of the file."""
    if name := one.get("at"):
        return checked_at(name, one["say"], one["body"])
    more = (piece for name in one.get("more", ()) for piece in MORE[name])
    return checked(one["say"], one["body"], *more)


@pytest.mark.parametrize("one", said("lies"), ids=lambda one: f"{one['group']}-{one['body'][:40]}")
def test_a_claim_of_something_else_is_taken_out(one: dict[str, Any]) -> None:
    result = of(one)
    assert result.refused
    assert result.body != one["body"]


@pytest.mark.parametrize("one", said("truths"), ids=lambda one: one["body"][:40])
def test_what_is_true_of_what_it_is_said_of_stands(one: dict[str, Any]) -> None:
    result = of(one)
    assert result.refused == ()
    assert result.body == one["body"]


@pytest.mark.parametrize("body", ["1 " * 1500, "cento e " * 400, "R$ 1 e " * 500])
def test_a_body_of_nothing_but_numbers_takes_no_time(body: str) -> None:
    before = time.process_time()
    checked("quanto custa a areia sanitária?", body)
    assert time.process_time() - before < 1.0
