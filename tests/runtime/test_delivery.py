"""Which delivery rule decides for a place, and what it costs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from agent_runtime.contracts import DeliveryTerms, PostalRange, Rule, RuleKind
from agent_runtime.delivery import (
    city_and_state,
    needs_postal_code,
    normalise_postal_code,
    quote,
)


def area(key: str, *places: object, priority: int = 10, **terms: object) -> Rule:
    """A rule for ``places``: pairs are postal-code ranges, texts are cities."""
    ranges = tuple(PostalRange(first=p[0], last=p[1]) for p in places if isinstance(p, tuple))
    cities = tuple(p for p in places if isinstance(p, str))
    terms = {"fee": Decimal("9.90"), "postal_ranges": ranges, "cities": cities} | terms
    return Rule(
        key=key,
        kind=RuleKind.DELIVERY,
        name=key,
        text=key,
        priority=priority,
        delivery=DeliveryTerms(**terms),
    )


STATE = area("state", ("30000000", "39999999"), fee=Decimal("40"))
CAPITAL = area("capital", ("30000000", "31999999"), fee=Decimal("15"))
CENTRE = area("centre", ("30110000", "30199999"), fee=Decimal("8"))
CITY = area("city", "Contagem - MG", fee=Decimal("20"))
ANYWHERE = area("anywhere", fee=Decimal("60"))
ALL = [ANYWHERE, STATE, CITY, CAPITAL, CENTRE]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("30109999", "capital"),
        ("30110000", "centre"),
        ("30110-000", "centre"),
        ("30199999", "centre"),
        ("30200000", "capital"),
        ("31999999", "capital"),
        ("32000000", "state"),
        ("29999999", "anywhere"),
        ("01310-100", "anywhere"),
    ],
)
def test_the_narrowest_range_decides_and_both_ends_belong(code: str, expected: str) -> None:
    assert quote(ALL, postal_code=code).rule.key == expected
    assert quote(reversed(ALL), postal_code=code).rule.key == expected


def test_a_range_is_before_a_city_and_a_city_before_anywhere() -> None:
    assert quote(ALL, postal_code="32010000", city="Contagem").rule.key == "state"
    assert quote(ALL, city="Contagem").rule.key == "city"
    assert quote(ALL, city="Betim").rule.key == "anywhere"
    assert quote(ALL).rule.key == "anywhere"


def test_no_area_covers_it() -> None:
    rules = [CAPITAL, CITY]
    assert quote(rules, postal_code="01310100") is None
    assert quote(rules, city="Betim") is None
    assert quote(rules) is None
    assert quote([]) is None
    prose = Rule(key="r", kind=RuleKind.DELIVERY, name="r", text="We deliver.")
    assert quote([prose], city="Contagem") is None


def test_a_city_alone_cannot_decide_where_areas_are_postal_codes() -> None:
    assert quote([CAPITAL], city="Belo Horizonte") is None
    assert needs_postal_code([CAPITAL, CITY])
    assert not needs_postal_code([CITY, ANYWHERE])


def test_of_several_ranges_of_a_rule_the_narrowest_counts() -> None:
    both = area("both", ("30000000", "39999999"), ("30130000", "30130999"))
    assert quote([CENTRE, both], postal_code="30130010").rule.key == "both"
    assert quote([CENTRE, both], postal_code="30110010").rule.key == "centre"


def test_among_equals_priority_then_key() -> None:
    rules = [area("b", "Betim"), area("a", "Betim"), area("c", "Betim", priority=5)]
    assert quote(rules, city="betim").rule.key == "c"
    assert quote(rules[:2], city="betim").rule.key == "a"


def for_products(rule: Rule, *products: int) -> Rule:
    scope = {"products": frozenset(products), "scope": "Only for: Sofas"}
    return rule.model_copy(update=scope)


def test_terms_for_certain_products_are_not_those_of_everything() -> None:
    sofas = for_products(area("sofas", "Contagem", priority=1, fee=Decimal(300)), 1)
    found = quote([sofas, CITY, ANYWHERE], city="Contagem")
    assert (found.rule.key, found.fee) == ("city", Decimal(20))
    assert [rule.key for rule in found.exceptions] == ["sofas"]
    assert quote([sofas, ANYWHERE], city="Contagem").rule.key == "anywhere"
    assert quote([sofas, ANYWHERE], city="Betim").exceptions == ()


def test_terms_for_certain_products_alone_come_with_their_scope() -> None:
    sofas = for_products(area("sofas", "Contagem", fee=Decimal(300)), 1)
    found = quote([sofas], city="Contagem")
    assert (found.rule.scope, found.fee) == ("Only for: Sofas", Decimal(300))
    assert found.exceptions == ()
    rugs = for_products(area("rugs", "Contagem", fee=Decimal(40)), 2)
    assert [r.key for r in quote([sofas, rugs], city="Contagem").exceptions] == ["sofas"]


def test_the_same_terms_for_certain_products_are_no_exception() -> None:
    sofas = for_products(area("sofas", "Contagem"), 1)
    assert quote([area("city", "Contagem"), sofas], city="Contagem").exceptions == ()


@pytest.mark.parametrize(
    ("total", "fee", "waived"),
    [
        (None, "15", False),
        ("199.99", "15", False),
        ("200", "0", True),
        ("200.01", "0", True),
    ],
)
def test_free_from_a_total(total: str | None, fee: str, waived: bool) -> None:
    rule = area("r", fee=Decimal(15), free_from=Decimal(200))
    found = quote([rule], total=Decimal(total) if total else None)
    assert (found.fee, found.waived) == (Decimal(fee), waived)


def test_free_and_to_agree() -> None:
    free = quote([area("r", fee=Decimal(0), free_from=Decimal(1))], total=Decimal(5))
    assert (free.fee, free.waived) == (Decimal(0), False)
    assert quote([area("r", fee=None)]).fee is None
    agreed = quote([area("r", fee=None, free_from=Decimal(100))], total=Decimal(100))
    assert (agreed.fee, agreed.waived) == (Decimal(0), True)


@pytest.mark.parametrize(
    "asked",
    [
        "Contagem",
        "CONTAGEM",
        " contagem ",
        "Contagem/MG",
        "contagem - mg",
        "contagem-mg",
        "Contagem MG",
        "Contagem, Minas Gerais",
        "Contagem (MG)",
        "contagem – MG",
    ],
)
def test_spellings_of_a_city(asked: str) -> None:
    assert quote([CITY], city=asked).rule.key == "city"


def test_cities_of_the_same_name_in_two_states() -> None:
    south, north = area("sc", "Palmas/PR"), area("to", "Palmas - TO")
    assert quote([south, north], city="palmas to").rule.key == "to"
    assert quote([south, north], city="Palmas, Paraná").rule.key == "sc"
    assert quote([south, north], city="Palmas/SP") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("São João del-Rei", ("sao joao del rei", None)),
        ("Ji-Paraná", ("ji parana", None)),
        ("Ji-Paraná - RO", ("ji parana", "ro")),
        ("Embu-Guaçu/SP", ("embu guacu", "sp")),
        ("Sant'Ana do Livramento", ("santana do livramento", None)),
        ("São Paulo", ("sao paulo", None)),
        ("Rio de Janeiro, Rio de Janeiro", ("rio de janeiro", "rj")),
        ("Pará de Minas", ("para de minas", None)),
        ("Itabira", ("itabira", None)),
        ("", ("", None)),
    ],
)
def test_city_and_state(text: str, expected: tuple[str, str | None]) -> None:
    assert city_and_state(text) == expected


@pytest.mark.parametrize("text", ["30130010", "30130-010", "30.130-010", " 30130 010 "])
def test_postal_codes_as_people_write_them(text: str) -> None:
    assert normalise_postal_code(text) == "30130010"


@pytest.mark.parametrize("text", ["", "3013001", "301300100", "30130-01a", "٣٠١٣٠٠١٠"])
def test_what_is_no_postal_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="postal code"):
        normalise_postal_code(text)
    if text:
        with pytest.raises(ValueError, match="postal code"):
            quote([ANYWHERE], postal_code=text)
