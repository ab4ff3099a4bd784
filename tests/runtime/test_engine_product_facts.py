"""One product's price and stock do not pass for another's."""

from __future__ import annotations

import pytest

from agent_runtime.evidence_check.check import Checked, check
from agent_runtime.evidence_check.claims import Claim
from agent_runtime.evidence_check.known import of_turn
from tests.doubles import turns

PRODUCTS = (
    turns.product(1, "Ração Premium Cães Adultos 15 kg", price=189.9),
    turns.product(2, "Ração Premium Cães Filhotes 3 kg", price=64.9),
    turns.product(3, "Coleira Antipulgas", price=79.9, stock_state="out_of_stock", quantity=0.0),
)


def checked(body: str) -> Checked:
    known = of_turn(turns.config(), (turns.EXCHANGE, *PRODUCTS), "", "", free_speech=True)
    return check(body, known, turns.NOW, "pt_BR")


@pytest.mark.parametrize(
    ("body", "claim"),
    [
        ("A Ração Premium Cães Filhotes 3 kg custa R$ 189,90.", Claim("price", "189.9")),
        ("A ração premium para filhotes sai por R$ 189,90.", Claim("price", "189.9")),
        ("- Coleira antipulgas: R$ 64,90", Claim("price", "64.9")),
        ("Temos a coleira antipulgas em estoque!", Claim("stock", "temos")),
    ],
)
def test_what_belongs_to_another_product_is_taken_out(body: str, claim: Claim) -> None:
    result = checked(body)
    assert result.body == ""
    assert result.refused == (claim,)


@pytest.mark.parametrize(
    "body",
    [
        "A Ração Premium Cães Filhotes 3 kg custa R$ 64,90. Temos em estoque (12 unidades).",
        "A ração de adultos custa R$ 189,90 e a de filhotes R$ 64,90.",
        "As rações custam R$ 64,90 e R$ 189,90.",
        "A Coleira Antipulgas custa R$ 79,90, mas não temos em estoque.",
        "Avisamos quando a coleira antipulgas estiver em estoque.",
        "A coleira antipulgas pode ser trocada em até 7 dias.",
    ],
)
def test_what_belongs_to_the_product_or_to_no_one_stands(body: str) -> None:
    assert checked(body).body == body
