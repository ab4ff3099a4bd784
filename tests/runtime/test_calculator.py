"""Totals: what the calculator adds up, from what the turn has read and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from agent_runtime.contracts import HandoverReason
from agent_runtime.engine.offers_evidence import of_offers
from agent_runtime.engine.rules_evidence import of_rules
from agent_runtime.settings import Settings
from agent_runtime.tools.calculator import CannotCalculate, Item, calculate
from tests.doubles import attacked, turns
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.lying_server import LyingServer
from tests.doubles.openai_server import call

SAND, FOOD = "product.template,2", "product.template,1"
OFF = turns.promotion(
    4, name="Areia em oferta", text="10% na areia.", discount_percent=10, products=frozenset({2})
)
COUPON = turns.promotion(5, name="Cupom", text="R$ 5 de desconto.", discount_amount=5)
EVIDENCE = (*attacked.EVIDENCE, *of_rules([*attacked.RULES, OFF, COUPON], True))
CONTAGEM, BETIM = "business.delivery.rule,1", "business.delivery.rule,2"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def total(*items: tuple[str, int | str], rules: tuple[str, ...] = ()) -> str:
    wanted = [Item(reference, Decimal(quantity)) for reference, quantity in items]
    return calculate(wanted, rules, EVIDENCE, "BRL", "pt_BR").data["result"]


@pytest.mark.parametrize(
    ("items", "rules", "wanted"),
    [
        ([(SAND, 3)], (), "74.70"),
        ([(SAND, "0.5")], (), "12.45"),
        ([(SAND, 1), (FOOD, 2)], (), "2404.70"),
        ([(SAND, 3)], (CONTAGEM,), "86.70"),
        ([(FOOD, 1)], (CONTAGEM,), "1189.90"),
        ([(FOOD, 1)], (BETIM,), "1214.90"),
        ([(SAND, 3)], (OFF.key,), "67.23"),
        ([(SAND, 1), (FOOD, 1)], (OFF.key,), "1212.31"),
        ([(SAND, 1)], (COUPON.key,), "19.90"),
        ([(SAND, 3)], (CONTAGEM, OFF.key), "79.23"),
    ],
)
def test_an_order_is_added_up(items: list, rules: tuple[str, ...], wanted: str) -> None:
    assert total(*items, rules=rules) == wanted


@pytest.mark.parametrize(
    ("items", "rules"),
    [
        ([], ()),
        ([("product.template,8008", 1)], ()),
        ([(turns.EXCHANGE.reference, 1)], ()),
        ([(SAND, 1)], ("business.temporary.rule,404",)),
        ([(SAND, 1)], (turns.PAYMENT.key,)),
        ([(FOOD, 1)], (OFF.key,)),
    ],
)
def test_what_was_not_read_is_no_operand(items: list, rules: tuple[str, ...]) -> None:
    with pytest.raises(CannotCalculate):
        total(*items, rules=rules)


BATHS = turns.promotion(6, name="Novembro", text="20% em banho e tosa.", discount_percent=20)
PIX = turns.promotion(7, name="À vista", text="5% de desconto no Pix.", discount_percent=5)


def test_a_discount_limited_in_words_is_for_what_it_names() -> None:
    bath = of_offers(attacked.config(), [])[0]
    read = (*EVIDENCE, bath, *of_rules([BATHS, PIX], True))

    def off(reference: str, rule: str) -> str:
        return calculate([Item(reference, Decimal(1))], (rule,), read, "BRL", "pt_BR").data[
            "result"
        ]

    assert off(bath.reference, BATHS.key) == "48.00"
    assert off(SAND, PIX.key) == "23.65"
    with pytest.raises(CannotCalculate):
        off(SAND, BATHS.key)


GOODS = turns.promotion(8, name="Rações", text="20% em rações até domingo.", discount_percent=20)
STORE = turns.promotion(9, name="Aniversário", text="20% em toda a loja.", discount_percent=20)


def test_a_discount_limited_in_words_leaves_other_lines_alone() -> None:
    read = (*EVIDENCE, *of_rules([GOODS, STORE], True))
    items = [Item(FOOD, Decimal(1)), Item(SAND, Decimal(1))]

    def added_up(rule: str) -> str:
        return calculate(items, (rule,), read, "BRL", "pt_BR").data["result"]

    assert added_up(GOODS.key) == "976.82"
    assert added_up(STORE.key) == "971.84"


def test_a_thing_named_twice_is_counted_together() -> None:
    once, twice = (Item(SAND, Decimal(n)) for n in (1, 2))
    total = calculate([once, twice], (), EVIDENCE, "BRL", "pt_BR")
    assert total.data["result"] == "74.70"
    assert total.data["quantities"] == {SAND: "3"}
    assert total.text.startswith("3 × Areia")


def test_two_totals_of_the_same_things_are_two_sources() -> None:
    items = [Item(SAND, Decimal(1))]
    plain, reduced = (calculate(items, r, EVIDENCE, "BRL", "pt_BR") for r in ((), (OFF.key,)))
    assert plain.reference != reduced.reference
    assert reduced.data["quantities"] == {SAND: "1"}


def test_a_total_hangs_on_the_promotion_in_it(settings: Settings) -> None:
    order = call("calculate", items=[{"reference": SAND}], rules=[OFF.key])
    told = "A areia com o desconto fica em R$ 22,41."
    bench = Bench.of(settings, attacked.config(), attacked.EVIDENCE)
    say = "quanto fica uma areia com desconto?"
    with LyingServer(order, told) as server:
        result = bench.run(attacked.turn(say, server.model, rules=(*attacked.RULES, OFF)))
    assert "22,41" in result.parts[0]
    assert OFF.key in result.depends_on


def test_a_total_of_another_quantity_is_not_told(settings: Settings) -> None:
    order = call("calculate", items=[{"reference": SAND, "quantity": 3}])
    bench = Bench.of(settings, attacked.config(), attacked.EVIDENCE)
    with LyingServer(order, "2 areias ficam em R$ 74,70.") as server:
        result = bench.run(attacked.turn("quanto fica 2 areias?", server.model))
    assert "74,70" not in result.parts[0]
    assert result.handover


def test_the_lines_say_what_was_added_up() -> None:
    items = [Item(SAND, Decimal(3))]
    text = calculate(items, (CONTAGEM,), EVIDENCE, "BRL", "pt_BR").text
    assert text == (
        "3 × Areia Sanitária Pipicat 4kg (R$ 24,90): R$ 74,70\n"
        "Entrega (Entrega em Contagem): R$ 12,00\n"
        "Total: R$ 86,70"
    )


def test_a_total_from_the_tool_may_be_told(settings: Settings) -> None:
    order = call(
        "calculate",
        items=[{"reference": SAND, "quantity": 2}, {"reference": FOOD}],
        rules=[BETIM],
    )
    told = "Duas areias e a ração Golden, com a entrega em Betim, ficam em R$ 1.264,70."
    bench = Bench.of(settings, attacked.config(), attacked.EVIDENCE)
    say = "quanto fica 2 areias e a ração golden com entrega em Betim?"
    with LyingServer(order, told) as server:
        result = bench.run(attacked.turn(say, server.model))
    assert told in result.parts[0]
    assert "calculation" in {source.kind for source in result.sources}
    with LyingServer(told) as server:
        alone = bench.run(attacked.turn(say, server.model))
    assert "1.264,70" not in alone.parts[0]
    assert alone.handover.reason is HandoverReason.NO_GROUNDED_ANSWER


@pytest.mark.parametrize(
    ("say", "wanted"),
    [
        ("quanto fica 3 areias sanitárias?", "R$ 74,70"),
        ("qto sai duas areias sanitarias?", "R$ 49,80"),
        ("quanto fica 2 areias sanitárias e 1 ração golden?", "R$ 1.239,70"),
        ("quanto custa a areia sanitária?", None),
        ("quanto custa a areia sanitária 4 kg?", None),
    ],
)
def test_the_built_in_responder_tells_totals(
    settings: Settings, say: str, wanted: str | None
) -> None:
    bench = Bench.of(settings, attacked.config(), attacked.EVIDENCE)
    result = bench.run(attacked.turn(say))
    assert result.handover is None
    assert "R$ 24,90" in result.parts[0]
    assert ("×" in result.parts[0]) == (wanted is not None)
    assert not wanted or wanted in result.parts[0]
