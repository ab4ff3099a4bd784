"""What a channel finds too long, without a sentence cut in two."""

from __future__ import annotations

import pytest

from agent_runtime.contracts import Channel, HandoverReason, InternalAccess, Voice
from agent_runtime.engine import message
from agent_runtime.engine.shorten import shortened
from tests.doubles import turns

MORE = "Quer que eu conte o resto?"
SENTENCES = tuple(
    f"A regra número {number} vale para a loja da Av. Brasil e custa R$ 1.{number}00,50."
    for number in range(1, 60)
)
LONG = "\n\n".join(" ".join(SENTENCES[at : at + 4]) for at in range(0, len(SENTENCES), 4))


def test_what_fits_stays_as_it_is() -> None:
    assert shortened("Um. Dois.", 9, MORE) == "Um. Dois."


@pytest.mark.parametrize("most", range(200, 2400, 173))
def test_only_whole_sentences_are_left_and_the_rest_is_offered(most: int) -> None:
    text = shortened(LONG, most, MORE)
    assert len(text) <= most
    kept, _blank, end = text.rpartition("\n\n")
    assert end == MORE
    assert LONG.startswith(kept)
    assert " ".join(kept.split()).endswith(SENTENCES[kept.count("A regra") - 1])
    assert len(kept) > most - 200


def test_the_question_at_the_end_is_what_the_customer_answers() -> None:
    text = shortened(f"{LONG}\n\nQual delas você procura?", 400, MORE)
    assert text.endswith("\n\nQual delas você procura?")
    assert MORE not in text
    assert len(text) <= 400


def test_a_list_keeps_whole_lines_and_no_announcement_of_nothing() -> None:
    listing = "Temos estas:\n- Ração Golden 15 kg: R$ 10,00\n- Ração Golden 3 kg: R$ 5,00\n\n"
    text = shortened(f"Sim. {listing}{'E mais. ' * 40}", 120, MORE)
    assert text == f"Sim. {listing}E mais.\n\n{MORE}"
    ended = shortened(f"Claro.\nOs endereços:\n{'- Rua das Flores, 100, Centro' * 5}", 60, MORE)
    assert ended == f"Claro.\n\n{MORE}"


def test_one_endless_sentence_is_not_cut() -> None:
    endless = "a " * 500 + "fim."
    assert shortened(endless, 200, "") == endless


@pytest.mark.parametrize("channel", list(Channel))
def test_no_message_is_longer_than_its_channel_wants(channel: Channel) -> None:
    request = turns.turn("quais as regras?", channel=channel)
    text = message.of_answer(LONG, request, turns.config(), ("policy_question",), None)
    most = message.form_of(request).max_characters
    assert most - 250 < len(text) <= most
    assert "A regra número 1 vale" in text
    assert not text.rstrip().endswith(("vale", "custa", "Av."))
    if channel is Channel.INSTAGRAM:
        assert len(text) <= 1000
    if channel is Channel.EMAIL:
        assert text.startswith("Olá, Ana,")
        assert text.endswith("Atenciosamente,\nBicho Bom")


def test_a_colleague_reads_more_than_a_customer_on_the_same_channel() -> None:
    def said(**who: object) -> str:
        request = turns.turn("quais as regras?", **who)
        return message.of_answer(LONG, request, turns.config(), ("policy_question",), None)

    assert len(said(internal=InternalAccess(name="Dona"))) > 3 * len(said()) - 300


def test_that_a_person_goes_on_is_never_left_out() -> None:
    request = turns.turn("quais as regras?", channel=Channel.INSTAGRAM)
    reason = HandoverReason.NO_GROUNDED_ANSWER
    text = message.of_answer(LONG, request, turns.config(), ("other",), reason)
    farther = message.of_handover(reason, request, turns.config(), partly=True)
    assert text.endswith(farther)
    assert MORE not in text
    assert len(text) <= 700


@pytest.mark.parametrize("language", ["pt_BR", "en_US"])
def test_the_offer_of_more_is_in_the_tenants_tone(language: str) -> None:
    def end(tone: str) -> str:
        config = turns.config(voice=Voice(tone=tone), language=language)
        request = turns.turn("quais as regras?")
        return message.of_answer(LONG, request, config, (), None).rpartition("\n\n")[2]

    assert len({end(tone) for tone in ("friendly", "polite", "professional", "technical")}) == 4
