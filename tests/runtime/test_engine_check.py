"""Claims, what supports them, and what is taken out of an answer."""

from __future__ import annotations

import pytest

from agent_runtime.engine.rules_evidence import of_rules
from agent_runtime.evidence_check.attribution import used
from agent_runtime.evidence_check.check import check
from agent_runtime.evidence_check.claims import Claim, claims, decimal
from agent_runtime.evidence_check.known import Known, of_turn
from tests.doubles import turns

ZONE = "America/Sao_Paulo"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234", "1234"),
        ("0.125", "0.125"),
        ("49,90", "49.9"),
        ("49.90", "49.9"),
        ("100", "100"),
        ("7.", "7"),
    ],
)
def test_numbers_in_either_notation(text: str, value: str) -> None:
    assert decimal(text) == value


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("custa R$ 1.189,90.", Claim("price", "1189.9")),
        ("custa R$\u00a049", Claim("price", "49")),
        ("só 49,90 reais", Claim("price", "49.9")),
        ("10% de desconto", Claim("percent", "10")),
        ("12,5 por cento", Claim("percent", "12.5")),
        ("abrimos às 8h", Claim("time", "08:00")),
        ("das 8h30", Claim("time", "08:30")),
        ("às 18:30", Claim("time", "18:30")),
        ("at 6:30 pm", Claim("time", "18:30")),
        ("até 30/11/2026", Claim("date", "2026-11-30")),
        ("dia 25/12", Claim("date", "12-25")),
        ("em 1º de março de 2027", Claim("date", "2027-03-01")),
        ("on December 25", Claim("date", "12-25")),
        ("ligue (19) 3255-1234", Claim("phone", "1932551234")),
        ("+55 19 93255-1234", Claim("phone", "19932551234")),
        ("0800 722 1234", Claim("phone", "8007221234")),
        ("veja https://www.loja.com.br/promo.", Claim("link", "loja.com.br/promo")),
        ("escreva a oi@loja.example!", Claim("link", "oi@loja.example")),
        ("em até 7 dias", Claim("number", "7 dias")),
        ("dez por cento no pix", Claim("percent", "10")),
        ("vinte e cinco por cento", Claim("percent", "25")),
        ("twenty-five percent", Claim("percent", "25")),
        ("custa cinquenta reais", Claim("price", "50")),
        ("por mil duzentos e trinta reais", Claim("price", "1230")),
        ("dois mil e cem reais", Claim("price", "2100")),
        ("three hundred and five dollars", Claim("price", "305")),
        ("cem\u00a0reais", Claim("price", "100")),
        ("metade do preço", Claim("percent", "50")),
        ("half price", Claim("percent", "50")),
        ("em 12x", Claim("times", "12x")),
        ("em doze vezes", Claim("times", "12x")),
        ("em 12 parcelas", Claim("times", "12x")),
    ],
)
def test_a_claim_is_read(text: str, claim: Claim) -> None:
    assert claims(text) == {claim}


@pytest.mark.parametrize("text", ["um real prazer", "uma ração", "às vezes", "mil vantagens"])
def test_no_amount_is_read_into_other_words(text: str) -> None:
    assert claims(text) == set()


def known() -> Known:
    pieces = (turns.product(), turns.EXCHANGE, *of_rules([turns.promotion()], True))
    return of_turn(turns.config(), pieces, "", "", free_speech=True)


@pytest.mark.parametrize(
    "body",
    [
        "A ração custa R$ 1.189,90 e temos 12 unidades.",
        "Abrimos das 8h às 12h e das 13h às 18h30.",
        "Ligue para 19 3255-1234.",
        "20% de desconto até 30/11.",
        "No Natal, 25 de dezembro, não abrimos.",
        "Trocas em até 7 dias.",
        "Amanhã é domingo, 22/11.",
        "1. Primeiro passo\n2. Segundo passo",
    ],
)
def test_what_the_evidence_says_stands(body: str) -> None:
    assert check(body, known(), turns.NOW, "pt_BR").body == body


@pytest.mark.parametrize(
    "body",
    [
        "A ração custa R$ 9,90.",
        "Temos 40 unidades.",
        "Abrimos às 7h.",
        "Ligue para (19) 99999-0000.",
        "50% de desconto.",
        "A promoção vai até 15/12.",
        "Domingo, 23/11, abrimos.",
        "Veja em www.golpe.com.",
        "Trocas em até 90 dias.",
        "Damos dez por cento de desconto no pix.",
        "A ração custa cinquenta reais.",
        "Metade do preço hoje!",
        "Parcelamos em 12x.",
    ],
)
def test_what_nothing_supports_is_taken_out(body: str) -> None:
    result = check(body, known(), turns.NOW, "pt_BR")
    assert result.body == ""
    assert result.refused


def test_only_the_wrong_sentence_goes() -> None:
    result = check(
        "Custa R$ 1.189,90. Hoje sai por R$ 5,00!\n\n- Trocas em 7 dias",
        known(),
        turns.NOW,
        "pt_BR",
    )
    assert result.body == "Custa R$ 1.189,90.\n\n- Trocas em 7 dias"
    assert result.refused == (Claim("price", "5"),)
    assert result.proven


def test_a_price_is_no_quantity() -> None:
    assert check("Temos 1189,90 em estoque.", known(), turns.NOW, "pt_BR").refused


def test_declared_sources_must_exist() -> None:
    found = used(
        "Tudo bem.", ["product.template,1", "product.template,99"], [turns.product()], ZONE
    )
    assert [piece.reference for piece in found] == ["product.template,1"]


def test_an_undeclared_promotion_is_recognised_by_its_percentage() -> None:
    pieces = of_rules([turns.promotion(discount_percent=20)], True)
    found = used("Hoje o banho está com 20% de desconto!", [], pieces, ZONE)
    assert [piece.reference for piece in found] == ["business.temporary.rule,1"]


def test_evidence_that_is_not_used_is_no_source() -> None:
    assert used("Abrimos às 8h.", ["config"], [turns.product(), turns.EXCHANGE], ZONE) == ()


def test_promotions_of_a_tenant_that_makes_none_are_no_evidence() -> None:
    assert of_rules([turns.promotion()], False) == []
