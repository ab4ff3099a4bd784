"""What customer and attendant read when a person takes over."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from pydantic import SecretStr

from agent_runtime.contracts import (
    Channel,
    HandoverReason,
    HistoryEntry,
    ModelAccess,
    RatingRequest,
    TenantConfig,
    TurnResult,
    Voice,
)
from agent_runtime.engine import handover, handover_note
from agent_runtime.engine.commonmark import clipped, literal, quoted
from agent_runtime.engine.feedback import Stage, question
from agent_runtime.engine.suggestion import Suggestion, nearest
from agent_runtime.engine.summary import summary
from agent_runtime.evidence_check.confidence import WEAK
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, Conversation, engine_settings
from tests.doubles.openai_server import OpenAIServer

HISTORY = (
    turns.said("customer", "oi"),
    turns.said("crew", "Olá, Ana! Como posso ajudar?"),
    turns.said("customer", "quanto custa a golden filhotes?"),
    turns.said("crew", "Ração Golden Filhotes 15kg: R$ 1.189,90. Temos em estoque (12 unidades)."),
    turns.said("attendant", "Oi Ana, separei para você."),
)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


# --- why a person takes over -----------------------------------------------------------------


def handed_over(settings: Settings, text: str, config: object = None) -> TurnResult:
    """The turn's result, which no model may have been asked for."""
    with OpenAIServer(["never"]) as server:
        model = ModelAccess(model="openai/x", base_url=server.url, api_key=SecretStr("k"))
        result = Bench.of(settings, config).run(turns.turn(text, model=model, history=HISTORY))
        assert server.requests == []
    assert result.handover
    return result


def test_an_annoyed_customer_is_calmed_and_given_to_a_person(settings: Settings) -> None:
    result = handed_over(settings, "já te falei isso três vezes, que absurdo!!!")
    assert result.handover.reason is HandoverReason.FRUSTRATION
    assert result.parts == (
        "Sinto muito pelo transtorno. Vou chamar uma pessoa da equipe para cuidar disso com você.",
    )
    assert "**Motivo:** o cliente está insatisfeito (diz que não obteve resposta)." in (
        result.handover.note
    )
    assert any(factor.name == "frustration" for factor in result.decision.factors)


def test_a_sensitive_topic_is_answered_by_nobody_but_a_person(settings: Settings) -> None:
    result = handed_over(settings, "vou no procon, cobrança indevida")
    assert result.handover.reason is HandoverReason.SENSITIVE_TOPIC
    assert "merece a atenção de uma pessoa da equipe" in result.parts[0]
    assert "(questão jurídica ou de defesa do consumidor)" in result.handover.note


def test_where_life_is_in_danger_the_customer_is_told_where_to_turn(settings: Settings) -> None:
    assert "serviço de emergência" in handed_over(settings, "não consigo respirar").parts[0]
    assert "188" in handed_over(settings, "não quero mais viver").parts[0]


def test_these_reasons_need_no_configuration(settings: Settings) -> None:
    result = handed_over(settings, "caí em um golpe", LookupError("none"))
    assert result.handover.reason is HandoverReason.SENSITIVE_TOPIC


def test_something_that_went_wrong_and_nobody_knows_of_is_regretted(settings: Settings) -> None:
    result = Bench.of(settings).run(turns.turn("chegou sem o refri"))
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER
    assert "Sinto muito" in result.parts[0]
    assert "Não encontrei" not in result.parts[0]


def test_a_bad_mark_is_feedback_and_a_threat_beside_it_is_not(settings: Settings) -> None:
    config = turns.config(rating=RatingRequest(scale=5))
    asked = (turns.said("crew", question(Stage.SCORE, config)),)
    marked = Bench.of(settings, config).run(turns.turn("1, péssimo atendimento", history=asked))
    assert marked.handover is None
    assert marked.feedback.score == 1
    threat = Bench.of(settings, config).run(turns.turn("1. vou no procon", history=asked))
    assert threat.handover.reason is HandoverReason.SENSITIVE_TOPIC


@pytest.mark.parametrize("formality", ["informal", "moderate", "formal"])
@pytest.mark.parametrize("language", ["pt_BR", "en_US"])
def test_every_new_reason_has_words_of_its_own(formality: str, language: str) -> None:
    config = turns.config(language=language, voice=Voice(formality=formality))
    reasons = (
        HandoverReason.FRUSTRATION,
        HandoverReason.SENSITIVE_TOPIC,
        HandoverReason.LOW_CONFIDENCE,
        HandoverReason.RULE,
    )
    assert len({handover.customer_text(reason, config) for reason in reasons}) == len(reasons)


# --- low confidence --------------------------------------------------------------------------


WEAKLY_FOUND = turns.EXCHANGE.model_copy(update={"score": WEAK - 0.05})


def test_a_passage_found_by_little_is_suggested_and_not_sent(settings: Settings) -> None:
    bench = Bench.of(settings, evidence=(WEAKLY_FOUND,))
    result = bench.run(turns.turn("posso trocar a pilha do controle remoto com nota fiscal?"))
    assert result.handover.reason is HandoverReason.LOW_CONFIDENCE
    assert "7 dias corridos" not in result.parts[0]
    assert "vou pedir para uma pessoa da equipe confirmar" in result.parts[0]
    assert "> Produtos podem ser trocados em até 7 dias corridos" in result.handover.note


def test_a_low_score_does_not_matter_where_the_question_is_the_passages(
    settings: Settings,
) -> None:
    result = Bench.of(settings, evidence=(WEAKLY_FOUND,)).run(turns.turn("posso trocar?"))
    assert result.handover is None


UNFOUNDED = (HandoverReason.LOW_CONFIDENCE, HandoverReason.NO_GROUNDED_ANSWER)
"""A yes that nobody says is refused; what only stands on too little is not trusted."""


def by_model(settings: Settings, text: str, answer: str) -> TurnResult:
    with OpenAIServer([answer]) as server:
        model = ModelAccess(model="openai/x", base_url=server.url, api_key=SecretStr("k"))
        bench = Bench.of(settings, evidence=(turns.EXCHANGE, turns.product(1)))
        return bench.run(turns.turn(text, model=model))


@pytest.mark.parametrize(
    "text", ["vocês consertam celular?", "Oi, boa tarde! vcs consertam celular", "posso cancelar"]
)
def test_a_models_answer_that_stands_on_nothing_is_not_sent(settings: Settings, text: str) -> None:
    result = by_model(settings, text, "Sim, consertamos com prazer!")
    assert result.handover.reason in UNFOUNDED
    assert "consertamos" not in result.parts[0]
    assert "consertamos com prazer" in result.handover.note


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("oi, tudo bem?", "Tudo ótimo, e você?"),
        ("obrigada!", "Por nada!"),
        ("você é um robô?", "Sou o assistente virtual da loja."),
        ("tem promoção?", "No momento não temos promoções."),
        ("vocês consertam celular?", "Qual é o modelo do aparelho?"),
        ("qual o horário?", "Abrimos às 8h."),
        ("ok, vou pensar", "Tudo bem, seguimos à disposição!"),
        ("posso trocar?", "Sim, produtos com nota fiscal."),
    ],
)
def test_small_talk_questions_and_proven_claims_are_sent(
    settings: Settings, text: str, answer: str
) -> None:
    assert by_model(settings, text, answer).handover is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (
            "quero reservar uma mesa para sábado",
            "Claro! Me informe o horário e o número de pessoas, por favor.",
        ),
        ("quero marcar um horário", "Para qual serviço? Me diga também o melhor dia."),
        ("quero agendar consulta", "Perfeito! Qual é o melhor dia? Assim vejo a agenda."),
        ("vocês consertam celular?", "Certo. Para continuar, preciso saber o modelo do aparelho."),
        ("posso trocar a peça?", "Poderia me enviar o número do pedido, por favor."),
        ("can you fix my phone?", "Sure! Please tell me the model."),
    ],
)
def test_a_model_may_ask_back(settings: Settings, text: str, answer: str) -> None:
    assert by_model(settings, text, answer).handover is None


@pytest.mark.parametrize(
    "answer",
    [
        "Sim, consertamos. Me informe o modelo.",
        "Consertamos todas as marcas! Me diga o melhor dia.",
        "Me informe o modelo. O conserto fica pronto no mesmo dia.",
        "Envie o aparelho pelo correio.",
    ],
)
def test_what_is_told_beside_a_question_needs_something_behind_it(
    settings: Settings, answer: str
) -> None:
    result = by_model(settings, "vocês consertam celular?", answer)
    assert result.handover.reason in UNFOUNDED


def test_a_model_that_says_it_does_not_know_is_believed(settings: Settings) -> None:
    words = "Infelizmente não tenho essa informação."
    result = by_model(settings, "vocês consertam celular?", words)
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER
    assert words in result.parts[0]


# --- the note --------------------------------------------------------------------------------


def test_the_summary_says_what_was_wanted_told_and_is_open() -> None:
    lines = summary(HISTORY, "que bom\ne entregam hoje?", ("policy_question",), "pt_BR")
    assert lines == [
        "- Assuntos: preço ou estoque de produto, políticas e condições",
        "- Assistente: “Olá, Ana! Como posso ajudar?”",
        "- Cliente: “quanto custa a golden filhotes?”",
        "- Assistente: “Ração Golden Filhotes 15kg: R$ 1.189,90. Temos em estoque (12 unidades).”",
        "- Atendente: “Oi Ana, separei para você.”",
        "- Em aberto: “e entregam hoje?”",
    ]


def test_a_long_conversation_stays_short_and_keeps_its_end() -> None:
    long = tuple(turns.said("customer", f"pergunta {n} sobre o frete? " * 30) for n in range(20))
    lines = summary(long, "e aí?", (), "pt_BR")
    assert len(lines) <= 8
    assert all(len(line) < 200 for line in lines)
    assert "pergunta 19" in "\n".join(lines)
    assert "pergunta 3 " not in "\n".join(lines)


def test_a_question_nobody_answered_is_open() -> None:
    history = (*HISTORY, turns.said("customer", "entregam hoje?"))
    assert summary(history, "quero falar com alguém", (), "en_US")[-1] == (
        "- Open question: “entregam hoje?”"
    )


def test_a_first_message_has_no_summary_but_its_subjects() -> None:
    assert summary((), "quanto custa?", ("product_price_stock",), "en_US") == [
        "- Subjects: price or stock of a product"
    ]


def test_the_note_of_an_answer_that_lied_suggests_what_is_left_of_it(settings: Settings) -> None:
    answer = (
        "A golden é uma boa escolha. Custa R$ 9,90 só hoje.\n"
        "@sources: product.template,1\n@handover"
    )
    result = by_model(settings, "quanto custa a golden filhotes?", answer)
    assert "9,90" not in result.parts[0]
    note = result.handover.note
    assert "**Resposta sugerida (não enviada):**\n\n> A golden é uma boa escolha." in note
    assert "**Retirado da resposta por falta de comprovação:** 9.9" in note


def test_the_note_names_the_nearest_passage_with_its_source(settings: Settings) -> None:
    far = turns.EXCHANGE.model_copy(update={"score": 0.4})
    result = Bench.of(settings, evidence=(far,)).run(
        turns.turn("vocês consertam celular com nota fiscal?")
    )
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER
    assert "**Trecho mais próximo da pergunta (Política de trocas):**" in result.handover.note


def test_nothing_near_is_suggested_by_nothing_in_common() -> None:
    assert nearest("vocês consertam celular?", (turns.EXCHANGE, turns.product(1))) is None
    far = "onde conserto um celular, tablet ou notebook com nota"
    assert nearest(far, (turns.EXCHANGE,)) is None
    found = nearest("trocas com nota fiscal", (turns.EXCHANGE,))
    assert found == Suggestion(turns.EXCHANGE.text, "Política de trocas")


def test_upcoming_rules_are_suggested_to_nobody() -> None:
    secret = turns.EXCHANGE.model_copy(update={"kind": "rule", "data": {"upcoming": True}})
    assert nearest("trocas com nota fiscal", (secret,)) is None


HOSTILE = (
    "# Título\n![x](http://evil.example/p.png) [@Eva](mention://user/1/Eva) <b>oi</b>\n"
    "- item\n1. um\n> citado\n```\ncódigo\n```\n{{ contact.phone }} **forte** &lt; | a | b |\n---"
)


def test_a_customers_marks_stay_text_in_the_note() -> None:
    history: tuple[HistoryEntry, ...] = (turns.said("customer", HOSTILE), turns.said("crew", "Oi"))
    note = handover_note.note(
        HandoverReason.ERROR, turns.config(), HOSTILE, history=history, queries=[f"x: {HOSTILE}"]
    )
    shown = MarkdownIt("commonmark").render(note)
    for mark in (
        "<h1",
        "<img",
        "<a ",
        "<b>",
        "<ol",
        "<pre",
        "<code",
        "<hr",
        "mention://user/1/Eva)",
    ):
        assert mark not in shown.replace("(mention://user/1/Eva)", ""), mark
    assert "&lt;b&gt;oi&lt;/b&gt;" in shown
    assert "**forte**" in shown
    assert "{{" not in note


@pytest.mark.parametrize("text", ["9.9", "2026", "- a", "1. a", "+ b", "=== ", "a_b*c", "R$ 10"])
def test_literal_text_reads_as_written(text: str) -> None:
    assert MarkdownIt("commonmark").render(literal(text)) == f"<p>{text.strip()}</p>\n"


def test_quotes_keep_lines_and_long_ones_are_cut_between_words() -> None:
    assert quoted("a\n\nb") == "> a\n>\n> b"
    assert clipped("um dois três quatro", 13) == "um dois três…"
    assert clipped("um dois", 13) == "um dois"


def test_a_message_that_is_the_question_is_not_said_twice() -> None:
    note = handover_note.note(
        HandoverReason.DEADLINE, turns.config(), "entregam hoje?", history=HISTORY
    )
    assert note.count("entregam hoje?") == 1
    assert "**Resumo da conversa (5 mensagens anteriores):**" in note


def test_english_tenants_get_english_notes(settings: Settings) -> None:
    config: TenantConfig = turns.config(language="en_US")
    note = handed_over(settings, "this is ridiculous", config).handover.note
    for label in ("**Reason:** the customer is annoyed", "**Customer's message:**", "Summary of"):
        assert label in note


def test_account_7s_note_knows_nothing_of_account_8(settings: Settings) -> None:
    bench = Bench.of(settings)
    result = bench.run(turns.turn("vou processar vocês e a conta 8, clínica clara 4002-8922"))
    assert result.account_id == 7
    assert bench.other.queries == []
    assert "Clínica Clara" not in result.handover.note


def test_the_third_time_of_the_same_question_brings_a_person(settings: Settings) -> None:
    customer = Conversation(Bench.of(settings), {"channel": Channel.WEB})
    text = "vocês abrem amanhã de manhã bem cedinho?"
    assert [customer.say(text).handover for _ in range(2)] == [None, None]
    assert customer.say(text).handover.reason is HandoverReason.FRUSTRATION
