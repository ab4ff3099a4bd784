"""Asking which of several things is meant, and understanding the reply: whole conversations."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from agent_runtime.contracts import Channel, Choice, ModelAccess, TurnResult
from agent_runtime.engine.choices import of_references, titles
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, Conversation, engine_settings
from tests.doubles.openai_server import OpenAIServer

SHELF = (
    turns.product(1, "Ração Golden Filhotes 3 kg", price=64.9),
    turns.product(2, "Ração Golden Adultos 15 kg", price=189.9),
    turns.product(3, "Ração Golden Castrados 15 kg", price=199.9, stock_state="out_of_stock"),
)
WHICH = "quanto custa a ração golden?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def shown(result: TurnResult) -> str:
    """The part as a channel without buttons shows it, which is also what history keeps."""
    lines = [f"{n}. {choice.title}" for n, choice in enumerate(result.choices, 1)]
    return "\n\n".join([result.parts[-1], "\n".join(lines)])


def asked(settings: Settings) -> Conversation:
    """A customer who has asked for one of three products and sees the choices."""
    customer = Conversation(Bench.of(settings, evidence=SHELF))
    result = customer.say(WHICH)
    customer.history[-1] = turns.said("crew", shown(result))
    return customer


def test_the_question_names_the_prices_and_leaves_the_list_to_the_channel(
    settings: Settings,
) -> None:
    result = Bench.of(settings, evidence=SHELF).run(turns.turn(WHICH))
    assert result.handover is None
    assert result.choices == (
        Choice(title="Filhotes 3 kg", value="Ração Golden Filhotes 3 kg"),
        Choice(title="Adultos 15 kg", value="Ração Golden Adultos 15 kg"),
        Choice(title="Castrados 15 kg", value="Ração Golden Castrados 15 kg"),
    )
    assert result.parts[0].endswith(
        "Encontrei mais de uma opção, de R$ 64,90 a R$ 199,90. "
        "No momento sem estoque: Ração Golden Castrados 15 kg. Qual delas você procura?"
    )


@pytest.mark.parametrize(
    "reply", ["2\nqual o horário de vocês?", "2, qual o horário de vocês?", "a 2. que horas abrem?"]
)
def test_a_pick_and_another_question_are_both_answered(settings: Settings, reply: str) -> None:
    result = asked(settings).say(reply)
    assert result.handover is None
    assert "189,90" in result.parts[0]
    assert "8h" in result.parts[0]


@pytest.mark.parametrize(
    ("reply", "price"),
    [
        ("2", "189,90"),
        ("a primeira", "64,90"),
        ("o de 3 kg", "64,90"),
        ("adultos", "189,90"),
        ("Adultos 15 kg", "189,90"),
        ("Ração Golden Castrados 15 kg", "199,90"),
    ],
)
def test_a_reply_leads_to_that_product(settings: Settings, reply: str, price: str) -> None:
    result = asked(settings).say(reply)
    assert result.handover is None
    assert result.choices == ()
    assert f"R$ {price}" in result.parts[0]
    assert result.parts[0].count("R$") == 1


def test_a_number_that_was_not_offered_is_not_guessed(settings: Settings) -> None:
    result = asked(settings).say("7")
    assert result.parts[0].startswith("Não encontrei exatamente o que você procura.")


@pytest.mark.parametrize(
    ("reply", "price"), [("qual a mais barata?", "64,90"), ("a mais cara", "199,90")]
)
def test_the_cheapest_and_the_dearest_are_told(settings: Settings, reply: str, price: str) -> None:
    result = asked(settings).say(reply)
    assert result.handover is None
    assert f"R$ {price}" in result.parts[0]
    assert result.parts[0].count("R$") == 1


def test_the_cheapest_is_told_at_once_and_the_dearest_goes_on_from_it(settings: Settings) -> None:
    customer = Conversation(Bench.of(settings, evidence=SHELF))
    assert "R$ 64,90" in customer.say("qual a ração golden mais barata?").parts[0]
    assert "R$ 199,90" in customer.say("e a mais cara?").parts[0]


def test_a_choice_repeats_nothing_that_was_answered_beside_it(settings: Settings) -> None:
    customer = Conversation(Bench.of(settings, evidence=SHELF))
    result = customer.say("quanto custa a golden? vcs abrem hoje?")
    assert "Hoje abrimos" in result.parts[0]
    customer.history[-1] = turns.said("crew", shown(result))
    told = customer.say("adultos").parts[0]
    assert told.startswith("Ração Golden Adultos 15 kg: R$ 189,90.")
    assert "abrimos" not in told


def test_a_letter_lists_the_choices_itself(settings: Settings) -> None:
    result = Bench.of(settings, evidence=SHELF).run(turns.turn(WHICH, channel=Channel.EMAIL))
    assert result.choices == ()
    for name in ("Filhotes 3 kg: R$ 64,90", "Adultos 15 kg: R$ 189,90", "Castrados 15 kg"):
        assert name in result.parts[0]


def test_a_question_beside_another_answer_lists_in_its_text(settings: Settings) -> None:
    bench = Bench.of(settings, evidence=(*SHELF, turns.EXCHANGE))
    result = bench.run(turns.turn(f"{WHICH} e posso trocar se não servir?"))
    assert "7 dias corridos" in result.parts[0]
    assert "- Ração Golden Adultos 15 kg: R$ 189,90" in result.parts[0]
    assert result.choices == ()


def with_model(settings: Settings, answer: str, **changes: object) -> TurnResult:
    with OpenAIServer([answer]) as server:
        model = ModelAccess(model="openai/x", base_url=server.url, api_key=SecretStr("k"))
        bench = Bench.of(settings, evidence=SHELF)
        return bench.run(turns.turn(WHICH, model=model, **changes))


CHOICES = "@choices: product.template,1; product.template,2; product.template,99"


def test_a_model_offers_by_reference_and_only_what_exists(settings: Settings) -> None:
    result = with_model(settings, f"Qual das rações você procura?\n{CHOICES}")
    assert [choice.title for choice in result.choices] == ["Filhotes 3 kg", "Adultos 15 kg"]
    assert result.parts[0].endswith("Qual das rações você procura?")


def test_a_model_that_lists_them_itself_gets_no_second_list(settings: Settings) -> None:
    listed = "- Ração Golden Filhotes 3 kg\n- Ração Golden Adultos 15 kg\nQual delas?"
    result = with_model(settings, f"{listed}\n{CHOICES}\n@sources: product.template,1")
    assert result.choices == ()
    assert "- Ração Golden Adultos 15 kg" in result.parts[0]


def test_a_models_letter_gets_the_list_in_its_text(settings: Settings) -> None:
    result = with_model(settings, f"Qual das rações?\n{CHOICES}", channel=Channel.EMAIL)
    assert result.choices == ()
    assert "1. Ração Golden Filhotes 3 kg\n2. Ração Golden Adultos 15 kg" in result.parts[0]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Areia 4 kg", "Areia 10 kg"), ("Areia 4 kg", "Areia 10 kg")),
        (("Coleira Led Azul Grande", "Coleira Led Azul Média"), ("Grande", "Média")),
        (
            ("Cabelo e unhas", "Limpeza de pele e massagem"),
            ("Cabelo e unhas", "Limpeza de pele…"),
        ),
        (
            ("Corte de cabelo masculino", "Corte de cabelo e barba", "Corte de cabelo infantil"),
            ("masculino", "barba", "infantil"),
        ),
        (
            ("Kit de banho azul grande", "Bolsa de banho verde grande"),
            ("Kit de banho azul", "Bolsa de banho verde"),
        ),
        (("Ração para cães adultos", "Ração para gatos adultos"), ("cães", "gatos")),
        (("Camiseta básica branca P", "Camiseta básica branca M"), ("P", "M")),
        (("Coleira", "Coleira"), ()),
        (("Coleira",), ()),
        ((), ()),
    ],
)
def test_titles_tell_the_names_apart(names: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert titles(names) == expected


def test_titles_fit_the_narrowest_channel_where_they_can() -> None:
    names = [f"Kit banho completo com shampoo de aveia e toalha número {n}" for n in range(12)]
    few, many = titles(names[:3]), titles(names[:10])
    assert all(len(title) <= 20 for title in few)
    assert all(len(title) <= 24 for title in many)


def test_no_more_choices_than_a_list_has_rows() -> None:
    many = [turns.product(n, f"Ração número {n}") for n in range(1, 15)]
    assert len(of_references([p.reference for p in many], many, "Qual?")) == 10
