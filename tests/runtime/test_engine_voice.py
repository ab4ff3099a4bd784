"""Voice and form around a body, and the texts of a hand-over."""

from __future__ import annotations

import pytest

from agent_runtime.contracts import (
    CompanyProfile,
    ContactPoint,
    Customer,
    HandoverReason,
    TenantConfig,
    Voice,
)
from agent_runtime.crews.voice import instructions
from agent_runtime.engine import handover, handover_note, trailer
from agent_runtime.engine.briefing import Form
from agent_runtime.engine.naming import addressed, name_of, parted
from agent_runtime.engine.plain_text import EMOJI, without_emoji, without_markdown
from agent_runtime.engine.voice import dress
from agent_runtime.evidence_check.claims import Claim
from tests.doubles import turns
from tests.doubles.briefings import answered

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
    assert "oi" in handover_note.note(reason, config, "oi")


def test_the_note_says_what_was_tried() -> None:
    note = handover_note.note(
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
        "Corpo. @sources: a,1; b,2 @handover",
        "Corpo. **@handover**\n@fontes: a,1, b,2",
        "Corpo.\nSources: a,1, b,2\n@handover",
        "Corpo [a,1; b,2].\n@handover",
    ],
)
def test_the_trailer_is_read_and_taken_off(written: str) -> None:
    answer = trailer.read(written)
    assert answer.body == "Corpo."
    assert answer.handover
    assert answer.references == ("a,1", "b,2")


def test_the_trailer_is_written_as_it_is_read() -> None:
    written = trailer.write("Oi.", ["a,1", "a,1"], False, ["b,1", "b,2"])
    assert trailer.read(written) == ("Oi.", ("a,1",), False, ("b,1", "b,2"))


def test_references_hold_commas_and_so_may_what_separates_them() -> None:
    total = "calculation,2xproduct.template,2+business.rule,5"
    answer = trailer.read(f"Corpo.\n@sources: product.template,2, {total}, config")
    assert answer.references == ("product.template,2", total, "config")


@pytest.mark.parametrize(
    "body",
    ["Escreva para oi@sources.example.", "Fontes: use só água limpa.", "Traga 1,5 kg (1,5)."],
)
def test_what_only_looks_like_a_trailer_is_told(body: str) -> None:
    assert trailer.read(body) == (body, (), False, ())


def test_a_company_signs_with_its_own_name() -> None:
    config = turns.config(company=CompanyProfile(name="Outra"))
    text = dress("x", config, LETTER, ANA, greet=False, close=False)
    assert text.endswith("Outra")


# --- every setting of the voice --------------------------------------------------------------


@pytest.mark.parametrize(
    ("manner", "start", "end"),
    [
        ("welcoming", "Olá, Ana!", "Corpo."),
        (
            "energetic",
            "Olá, Ana! Que bom falar com você!",
            "Se precisar de mais alguma coisa, é só chamar!",
        ),
        ("calm", "Olá, Ana. Fique à vontade.", "Se restar alguma dúvida, é só perguntar."),
        ("objective", "Olá, Ana.", "Corpo."),
    ],
)
def test_the_manner_is_heard_at_both_ends(manner: str, start: str, end: str) -> None:
    blocks = spoken(Voice(manner=manner, emoji="none"), invite=True).split("\n\n")
    assert (blocks[0], blocks[-1]) == (start, end)


@pytest.mark.parametrize("manner", ["welcoming", "energetic", "calm"])
def test_formality_is_heard_in_an_ordinary_answer(manner: str) -> None:
    said = {
        spoken(Voice(manner=manner, formality=formality, greeting="Au au!"), invite=True)
        for formality in ("informal", "moderate", "formal")
    }
    assert len(said) == 3


def test_an_answer_that_asks_back_invites_no_more_questions() -> None:
    config = turns.config(voice=Voice(manner="energetic", emoji="none"))
    asked = dress("Qual delas?", config, CHAT, ANA, greet=False, close=False, invite=True)
    assert asked == "Qual delas?"


@pytest.mark.parametrize(
    ("tone", "help_words", "welcome", "unknown"),
    [
        ("friendly", "Como posso ajudar?", "Por nada!", "não encontrei a informação"),
        ("polite", "Em que posso ser útil?", "Não há de quê!", "Peço desculpas"),
        ("professional", "Como podemos ajudar?", "Agradecemos o contato.", "Não localizamos"),
        ("technical", "Que informação você procura?", "Certo.", "Não há dados"),
    ],
)
def test_the_tone_chooses_the_sentences(
    tone: str, help_words: str, welcome: str, unknown: str
) -> None:
    voice = Voice(tone=tone)
    assert answered("oi", voice=voice).body == help_words
    assert answered("obrigado", voice=voice).body.startswith(welcome)
    partly = answered("que horas abrem? e quanto custa um celular?", voice=voice).body
    assert unknown in partly


@pytest.mark.parametrize(
    ("level", "in_greeting", "in_answer", "in_farewell"),
    [("none", 0, 0, 0), ("minimal", 1, 0, 0), ("moderate", 1, 1, 1)],
)
def test_emoji_by_level(level: str, in_greeting: int, in_answer: int, in_farewell: int) -> None:
    voice = Voice(emoji=level, formality="informal")
    greeting, _body, farewell = spoken(voice, close=True).split("\n\n")
    assert len(EMOJI.findall(greeting)) == in_greeting
    assert len(EMOJI.findall(farewell)) == in_farewell
    assert len(EMOJI.findall(answered("qual o endereço?", voice=voice).body)) == in_answer


@pytest.mark.parametrize(
    ("frequency", "greeting", "answer", "farewell"),
    [
        ("minimal", True, False, False),
        ("moderate", True, False, True),
        ("frequent", True, True, True),
    ],
)
def test_the_name_as_often_as_wanted(
    frequency: str, greeting: bool, answer: bool, farewell: bool
) -> None:
    voice = Voice(name_frequency=frequency, farewell="Um abraço!")
    assert ("Ana" in spoken(voice)) is greeting
    assert ("Ana" in spoken(voice, greet=False)) is answer
    assert ("Ana" in spoken(voice, greet=False, close=True)) is farewell
    silent = Voice(name_frequency=frequency, farewell="Um abraço!", use_customer_name=False)
    assert "Ana" not in spoken(silent) + spoken(silent, greet=False, close=True)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("Agora estamos abertos.", "Ana, agora estamos abertos."),
        ("🕒 Agora estamos abertos.", "🕒 Ana, agora estamos abertos."),
        ("Ração Golden: R$ 10,00.", "Ana,\nRação Golden: R$ 10,00."),
    ],
)
def test_a_name_before_an_answer_leaves_other_names_their_capital(body: str, said: str) -> None:
    assert addressed(body, "Ana") == said


@pytest.mark.parametrize(
    ("farewell", "said"),
    [
        ("Lambeijos!", "Lambeijos, Ana!"),
        ("Obrigado pela visita. Volte sempre!", "Obrigado pela visita, Ana. Volte sempre!"),
        ("Até logo", "Até logo, Ana!"),
        ("Até logo! 🐾", "Até logo, Ana! 🐾"),
    ],
)
def test_a_name_in_a_farewell_of_the_companys_own(farewell: str, said: str) -> None:
    assert parted(farewell, "Ana") == said


def test_the_farewell_follows_formality() -> None:
    def bye(formality: str) -> str:
        return spoken(Voice(formality=formality, emoji="none"), greet=False, close=True)

    assert bye("informal").endswith("Até mais!")
    assert bye("moderate") == "Corpo."
    assert bye("formal").endswith("Tenha um excelente dia.")


def test_the_sign_off_stands_under_farewell_and_letter() -> None:
    voice = Voice(farewell="Um abraço!", sign_off="Equipe Patas", emoji="none")
    assert spoken(voice, greet=False, close=True) == "Corpo.\n\nUm abraço!\nEquipe Patas"
    assert spoken(voice, LETTER).endswith("Um abraço!\nEquipe Patas")


def test_website_and_contacts_in_the_farewell_only_where_wanted() -> None:
    company = CompanyProfile(
        name="Bicho Bom",
        website="https://bichobom.example",
        website_in_farewell=True,
        contacts=(
            ContactPoint(kind="instagram", value="https://ig.example/bb", in_farewell=True),
            ContactPoint(kind="facebook", value="https://fb.example/bb"),
        ),
    )
    config = turns.config(company=company, voice=Voice(farewell="Até logo!", emoji="none"))
    text = dress("Corpo.", config, CHAT, ANA, greet=False, close=True)
    assert text.splitlines()[2:] == [
        "Até logo!",
        "Nosso site: https://bichobom.example",
        "Instagram: https://ig.example/bb",
    ]
    silent = config.model_copy(
        update={"company": company.model_copy(update={"website_in_farewell": False})}
    )
    assert "bichobom.example" not in dress("x", silent, CHAT, ANA, greet=False, close=True)
    assert "ig.example" not in dress("Corpo.", config, CHAT, ANA, greet=True, close=False)


@pytest.mark.parametrize(
    ("setting", "values"),
    [
        ("tone", ("friendly", "polite", "professional", "technical")),
        ("manner", ("welcoming", "energetic", "calm", "objective")),
        ("formality", ("informal", "moderate", "formal")),
        ("emoji", ("none", "minimal", "moderate")),
    ],
)
def test_a_model_is_told_every_setting(setting: str, values: tuple[str, ...]) -> None:
    told = [instructions(Voice(**{setting: value})) for value in values]
    assert len(set(told)) == len(values)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("maria clara", "Maria"),
        ("ANA PAULA SOUZA", "Ana"),
        ("JOÃO-PEDRO D'ÁVILA", "João-Pedro"),
        ("McKenzie", "McKenzie"),
        ("Visitante", ""),
        ("cliente 12", ""),
    ],
)
def test_a_name_is_written_as_names_are(typed: str, said: str) -> None:
    assert name_of(Customer(name=typed)) == said


def test_a_whole_name_keeps_its_particles_small() -> None:
    assert name_of(Customer(name="MARIA DA SILVA"), whole=True) == "Maria da Silva"
