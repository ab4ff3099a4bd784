"""The rating request: when it is made, what counts as an answer, what is asked next."""

from __future__ import annotations

from typing import Any

import pytest

from agent_runtime.contracts import (
    Feedback,
    HandoverReason,
    InternalAccess,
    RatingRequest,
    Voice,
)
from agent_runtime.engine.feedback_reading import score
from agent_runtime.settings import Settings
from tests.doubles import turns
from tests.doubles.engine_bench import Bench, Conversation, engine_settings

ASKED = "De 1 a 5, que nota você dá ao nosso atendimento?"
REASON = "Pode contar o motivo da sua nota?"
SUGGESTION = "Você tem alguma sugestão para melhorarmos?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return engine_settings(tmp_path_factory.mktemp("state"))


def talk(settings: Settings, *, served: bool = True, **rating: Any) -> Conversation:
    config = turns.config(
        rating=RatingRequest(**{"scale": 5} | rating), voice=Voice(emoji="none", farewell="Tchau!")
    )
    customer = Conversation(Bench.of(settings, config, (turns.product(),)))
    if served:
        customer.history = [
            turns.said("customer", "qual o endereço?"),
            turns.said("crew", "Nosso endereço: Rua das Flores, 100."),
        ]
    return customer


@pytest.mark.parametrize(
    ("text", "mark", "beside"),
    [
        ("5", 5, ""),
        ("5!", 5, ""),
        ("nota 9", 9, ""),
        ("Minha nota é 8", 8, ""),
        ("dou 10", 10, ""),
        ("9/10", 9, ""),
        ("4 estrelas", 4, ""),
        ("⭐⭐⭐⭐", 4, ""),
        ("⭐️⭐️ ⭐️", 3, ""),
        ("5️⃣", 5, ""),
        ("10 😊", 10, ""),
        ("5\nobrigada", 5, ""),
        ("cinco", 5, ""),
        ("Três", 3, ""),
        ("5, atendimento muito rápido!", 5, "atendimento muito rápido"),
        ("2 porque demorou", 2, "demorou"),
        ("5 obrigada!", 5, ""),
        ("8,5", 9, ""),
        ("9.5", 10, ""),
        ("nota 8,4", 8, ""),
        ("-5", -5, ""),
        ("nota mil", 1000, ""),
        ("2, meu pedido não chegou", 2, "meu pedido não chegou"),
    ],
)
def test_a_mark_in_the_forms_people_use(text: str, mark: int, beside: str) -> None:
    assert score(text) == (mark, beside)


@pytest.mark.parametrize(
    "text",
    [
        "5 pacotes de ração",
        "quero 2",
        "10 reais",
        "1, quanto custa a coleira?",
        "ótimo",
        "3333-0101",
        "uma pessoa me atendeu",
    ],
)
def test_what_is_no_mark(text: str) -> None:
    assert score(text) is None


def test_the_whole_story(settings: Settings) -> None:
    customer = talk(settings, ask_reason=True, ask_suggestions=True)
    goodbye = customer.say("obrigada, tchau!")
    assert goodbye.parts[0].endswith(f"Tchau!\n\n{ASKED}")
    assert goodbye.feedback is None

    scored = customer.say("4")
    assert scored.feedback == Feedback(score=4, scale=5)
    assert scored.parts == (f"Agradecemos a sua avaliação! {REASON}",)
    assert scored.decision.intents == ("rating",)
    assert scored.usage is None

    explained = customer.say("a entrega demorou um pouco")
    assert explained.feedback == Feedback(reason="a entrega demorou um pouco")
    assert explained.parts == (f"Agradecemos a sua resposta! {SUGGESTION}",)

    suggested = customer.say("avisem quando sair para entrega")
    assert suggested.feedback == Feedback(suggestion="avisem quando sair para entrega")
    assert suggested.parts == ("Agradecemos a sua resposta!",)

    assert ASKED not in customer.say("valeu, tchau").parts[0]


@pytest.mark.parametrize(
    ("switches", "after_score"),
    [
        ({}, "Agradecemos a sua avaliação!"),
        ({"ask_reason": True}, f"Agradecemos a sua avaliação! {REASON}"),
        ({"ask_suggestions": True}, f"Agradecemos a sua avaliação! {SUGGESTION}"),
    ],
)
def test_only_what_is_switched_on_is_asked(
    settings: Settings, switches: dict[str, bool], after_score: str
) -> None:
    customer = talk(settings, **switches)
    customer.say("obrigada!")
    assert customer.say("5").parts == (after_score,)


def test_a_reason_given_with_the_mark_is_not_asked_for(settings: Settings) -> None:
    customer = talk(settings, ask_reason=True, ask_suggestions=True)
    customer.say("obrigada!")
    result = customer.say("5, atendimento muito rápido!")
    assert result.feedback == Feedback(score=5, scale=5, reason="atendimento muito rápido")
    assert result.parts == (f"Agradecemos a sua avaliação! {SUGGESTION}",)


def test_own_words_and_the_scale_of_ten(settings: Settings) -> None:
    customer = talk(settings, scale=10, message="Como foi o atendimento?", ask_reason=True)
    assert customer.say("valeu").parts[0].endswith("Como foi o atendimento? (de 1 a 10)")
    assert customer.say("nota 9").feedback == Feedback(score=9, scale=10)


def test_a_mark_outside_the_scale_is_asked_again(settings: Settings) -> None:
    customer = talk(settings)
    customer.say("obrigada!")
    again = customer.say("10")
    assert again.feedback is None
    assert again.parts == (f"A nota vai de 1 a 5. {ASKED}",)
    assert customer.say("5").feedback == Feedback(score=5, scale=5)


def test_a_refusal_is_taken_and_the_next_thing_asked(settings: Settings) -> None:
    customer = talk(settings, ask_reason=True, ask_suggestions=True)
    customer.say("obrigada!")
    customer.say("3")
    refused = customer.say("não, obrigada")
    assert refused.feedback is None
    assert refused.parts == (f"Agradecemos a sua resposta! {SUGGESTION}",)


def test_a_question_instead_of_a_mark_is_answered(settings: Settings) -> None:
    customer = talk(settings, ask_reason=True)
    customer.say("obrigada!")
    result = customer.say("quanto custa a golden filhotes?")
    assert "R$ 1.189,90" in result.parts[0]
    assert result.feedback is None
    # The question is no longer the last thing said, so that a number is only a number.
    assert customer.say("5").feedback is None


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("5! quanto custa a golden filhotes?", Feedback(score=5, scale=5)),
        ("⭐⭐⭐⭐\nquanto custa a golden filhotes?", Feedback(score=4, scale=5)),
        (
            "5, muito rápido! e quanto custa a golden filhotes?",
            Feedback(score=5, scale=5, reason="muito rápido"),
        ),
    ],
)
def test_a_mark_and_a_question_are_both_taken(
    settings: Settings, text: str, held: Feedback
) -> None:
    customer = talk(settings, ask_reason=True)
    customer.say("obrigada!")
    result = customer.say(text)
    assert result.feedback == held
    assert result.parts[0].startswith("Agradecemos a sua avaliação!\n\n")
    assert "R$ 1.189,90" in result.parts[0]
    assert REASON not in result.parts[0]


def test_a_mark_beside_a_question_nobody_can_answer(settings: Settings) -> None:
    customer = talk(settings)
    customer.say("obrigada!")
    result = customer.say("4! vocês consertam celular?")
    assert result.feedback == Feedback(score=4, scale=5)
    assert result.parts[0].startswith("Agradecemos a sua avaliação!\n\nNão encontrei")
    assert result.handover.reason is HandoverReason.NO_GROUNDED_ANSWER


def test_a_poor_mark_with_a_wish_for_a_person(settings: Settings) -> None:
    customer = talk(settings)
    customer.say("obrigada!")
    result = customer.say("1, demorou muito. quero falar com um atendente")
    assert result.handover.reason is HandoverReason.ASKED_FOR_PERSON
    assert result.feedback == Feedback(score=1, scale=5, reason="demorou muito")


@pytest.mark.parametrize(
    "text",
    ["1. quanto custa a golden filhotes? 2. entregam?", "9! quanto custa a golden filhotes?"],
)
def test_a_list_and_what_is_off_the_scale_are_no_marks(settings: Settings, text: str) -> None:
    customer = talk(settings)
    customer.say("obrigada!")
    result = customer.say(text)
    assert result.feedback is None
    assert "R$ 1.189,90" in result.parts[0]


@pytest.mark.parametrize("text", ["-5", "nota mil", "6,5"])
def test_what_the_scale_does_not_have_is_asked_again(settings: Settings, text: str) -> None:
    customer = talk(settings)
    customer.say("obrigada!")
    result = customer.say(text)
    assert result.parts[0].startswith("A nota vai de 1 a 5.")
    assert result.feedback is None


@pytest.mark.parametrize("text", ["excelente!", "péssimo", "foi muito bom", "ótimo atendimento"])
def test_an_opinion_in_a_word_is_kept_and_thanked(settings: Settings, text: str) -> None:
    customer = talk(settings, ask_reason=True)
    customer.say("obrigada!")
    result = customer.say(text)
    assert result.feedback == Feedback(reason=text)
    assert result.parts == ("Agradecemos a sua resposta!",)
    assert result.handover is None


@pytest.mark.parametrize("text", ["não quero avaliar", "não, obrigada", "agora não", "prefiro não"])
def test_nobody_has_to_rate(settings: Settings, text: str) -> None:
    customer = talk(settings, ask_reason=True)
    customer.say("obrigada!")
    result = customer.say(text)
    assert result.parts == ("Tudo bem! Seguimos à disposição.",)
    assert (result.feedback, result.handover) == (None, None)


@pytest.mark.parametrize(
    "text", ["3, quero meu dinheiro de volta!", "2, meu pedido não chegou", "2\nquero reembolso"]
)
def test_a_claim_beside_a_mark_reaches_a_person(settings: Settings, text: str) -> None:
    customer = talk(settings, ask_reason=True)
    customer.say("obrigada!")
    result = customer.say(text)
    assert result.feedback.score == int(text[0])
    assert result.handover is not None


def test_a_claim_as_the_reason_reaches_a_person(settings: Settings) -> None:
    customer = talk(settings, ask_reason=True)
    customer.say("obrigada!")
    customer.say("1")
    result = customer.say("quero meu dinheiro de volta")
    assert result.feedback == Feedback(reason="quero meu dinheiro de volta")
    assert result.handover is not None


@pytest.mark.parametrize(
    ("formality", "thanks"),
    [
        ("informal", "Valeu pela sua avaliação!"),
        ("moderate", "Agradecemos a sua avaliação!"),
        ("formal", "Agradecemos a sua avaliação."),
    ],
)
def test_thanks_in_the_companys_voice(settings: Settings, formality: str, thanks: str) -> None:
    rating = RatingRequest(scale=5)
    config = turns.config(rating=rating, voice=Voice(emoji="none", formality=formality))
    customer = Conversation(Bench.of(settings, config))
    customer.history = [turns.said("crew", ASKED)]
    assert customer.say("5").parts == (thanks,)


@pytest.mark.parametrize("text", ["quero falar com uma pessoa", "quero um atendente humano"])
def test_a_wish_for_a_person_is_heard_at_every_stage(settings: Settings, text: str) -> None:
    customer = talk(settings, ask_reason=True)
    customer.say("obrigada!")
    customer.say("1")
    assert customer.say(text).handover.reason is HandoverReason.ASKED_FOR_PERSON


def test_a_bare_number_that_nobody_asked_for_is_no_rating(settings: Settings) -> None:
    assert talk(settings).say("5").feedback is None


@pytest.mark.parametrize("text", ["ok", "certo", "obrigada! e quanto custa a golden filhotes?"])
def test_only_a_goodbye_brings_the_request(settings: Settings, text: str) -> None:
    assert ASKED not in talk(settings).say(text).parts[0]


def test_nobody_rates_a_conversation_that_has_not_been(settings: Settings) -> None:
    assert ASKED not in talk(settings, served=False).say("obrigada").parts[0]


def test_the_companys_own_people_are_not_asked(settings: Settings) -> None:
    customer = talk(settings)
    customer.fixed["internal"] = InternalAccess(name="Bruno")
    assert ASKED not in customer.say("obrigado").parts[0]


def test_without_a_rating_in_the_configuration_nothing_is_asked(settings: Settings) -> None:
    customer = Conversation(Bench.of(settings))
    customer.history = [turns.said("crew", ASKED)]
    result = customer.say("5")
    assert result.feedback is None


def test_an_answer_after_an_attendant_has_written_is_the_attendants(settings: Settings) -> None:
    customer = talk(settings)
    customer.say("obrigada!")
    customer.history.append(turns.said("attendant", "Quantos pacotes?"))
    assert customer.say("5").feedback is None
