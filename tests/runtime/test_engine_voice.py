"""Voice and form around a body, and the texts of a hand-over."""

from __future__ import annotations

import pytest

from agent_runtime.contracts import CompanyProfile, Customer, HandoverReason, TenantConfig, Voice
from agent_runtime.engine import handover, trailer
from agent_runtime.engine.briefing import Form
from agent_runtime.engine.claims import Claim
from agent_runtime.engine.plain_text import without_emoji, without_markdown
from agent_runtime.engine.voice import dress
from tests.doubles import turns

CHAT = Form(max_characters=900)
LETTER = Form(max_characters=3000, markdown=True, letter=True)
ANA = Customer(name="Ana Souza")


def spoken(voice: Voice, form: Form = CHAT, who: Customer = ANA, **due: bool) -> str:
    config = turns.config(voice=voice)
    return dress("Corpo.", config, form, who, **{"greet": True, "close": False} | due)


@pytest.mark.parametrize(
    ("voice", "start"),
    [
        (Voice(formality="informal", emoji="none"), "Oi, Ana!"),
        (Voice(emoji="none"), "Olá, Ana!"),
        (Voice(formality="formal", emoji="none"), "Olá, Ana! Agradecemos o seu contato."),
        (Voice(emoji="minimal"), "Olá, Ana! 😊"),
        (Voice(use_customer_name=False, emoji="none"), "Olá!"),
        (Voice(greeting="Olá! Bem-vindo.", emoji="none"), "Olá, Ana! Bem-vindo."),
        (Voice(greeting="Bem-vindo à loja.", emoji="none"), "Olá, Ana! Bem-vindo à loja."),
    ],
)
def test_greetings(voice: Voice, start: str) -> None:
    assert spoken(voice).split("\n\n") == [start, "Corpo."]


def test_a_conversation_under_way_is_not_greeted_again() -> None:
    assert spoken(Voice(greeting="Olá!"), greet=False) == "Corpo."


@pytest.mark.parametrize("name", ["+55 19 99999-0000", "ana@loja.example", "R2D2", ""])
def test_what_is_no_name_is_not_used(name: str) -> None:
    assert spoken(Voice(emoji="none"), who=Customer(name=name)).startswith("Olá!")


def test_a_letter_has_salutation_and_signature() -> None:
    text = spoken(Voice(formality="formal"), LETTER)
    assert text == "Prezado(a) Ana Souza,\n\nCorpo.\n\nAtenciosamente,\nBicho Bom"


def test_the_farewell_is_said_once() -> None:
    voice = Voice(farewell="Um abraço da Bicho Bom", emoji="none")
    assert spoken(voice, LETTER).count("Bicho Bom") == 1
    assert spoken(voice, close=True).endswith("Um abraço da Bicho Bom")


def test_plain_channels_get_plain_text() -> None:
    marked = "# Preços\n**Ração**: veja [aqui](https://a.example)\n* item"
    assert without_markdown(marked) == "Preços\nRação: veja aqui: https://a.example\n- item"


def test_emoji_go_without_leaving_holes() -> None:
    assert without_emoji("Oi 😊\nTudo 👍🏽 bem 🇧🇷") == "Oi\nTudo  bem"


@pytest.mark.parametrize("reason", list(HandoverReason))
@pytest.mark.parametrize("config", [None, turns.config(), turns.config(language="en_US")])
def test_every_hand_over_has_words_and_no_technique(
    reason: HandoverReason, config: TenantConfig | None
) -> None:
    text = handover.customer_text(reason, config)
    assert len(text) > 20
    assert not {"erro", "error", "timeout", "none"} & set(text.casefold().split())
    assert "oi" in handover.note(reason, config, "oi")


def test_the_note_says_what_was_tried() -> None:
    note = handover.note(
        HandoverReason.NO_GROUNDED_ANSWER,
        turns.config(),
        "quanto custa?",
        intents=["product_price_stock"],
        queries=["find_products: x"],
        failures=["search_documents: OSError"],
        refused=[Claim("price", "9.9")],
    )
    assert note.count("Motivo") == 1
    for part in (
        "quanto custa?",
        "preço ou estoque",
        "produtos: x",
        "documentos: OSError",
        "9.9",
    ):
        assert part in note


@pytest.mark.parametrize(
    "written",
    [
        "Corpo.\n@sources: a,1; b,2\n@handover",
        "@handover\nCorpo.\n**@Sources:** a,1 ; b,2",
        "Corpo.\n- @sources: [a,1; b,2]\n`@handover`",
    ],
)
def test_the_trailer_is_read_and_taken_off(written: str) -> None:
    answer = trailer.read(written)
    assert answer.body == "Corpo."
    assert answer.handover
    assert answer.references == ("a,1", "b,2")


def test_the_trailer_is_written_as_it_is_read() -> None:
    assert trailer.read(trailer.write("Oi.", ["a,1", "a,1"], False)) == ("Oi.", ("a,1",), False)


def test_a_company_signs_with_its_own_name() -> None:
    config = turns.config(company=CompanyProfile(name="Outra"))
    text = dress("x", config, LETTER, ANA, greet=False, close=False)
    assert text.endswith("Outra")
