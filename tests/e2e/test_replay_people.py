"""People and the assistant in one conversation: never over a person, back when given back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .asking import PATIENCE, ask, wait_settled, wait_state
from .served import nothing_twice, rows_of, served_once, turns_of, wait_rest
from .stores import in_odoo

PRICE = "Quanto custa a areia higiênica Gato Limpo?"
PHONE = "Qual é o telefone de vocês?"
PERSON = "Quero falar com um atendente, por favor."


@pytest.fixture
def new_chatwoot(stage) -> Iterator[None]:
    """Chatwoot as from 4.16 on, where a bot is the assignee of its conversations."""
    stage.double.version = "4.16.2"
    yield
    stage.double.version = "4.15.1"


def _says(stage, staged, conversation, text):
    account = staged.tenant.account_id
    return stage.double.customer_says(account, conversation.inbox, conversation.contact, text)


def _heard(stage, staged, message) -> None:
    """Wait until Odoo has worked off everything about the message."""
    query = "SELECT count(*) FROM chatwoot_message WHERE message_id = %s"
    assert staged.ledger.wait_for(lambda ledger: ledger.rows(query, message.id)[0][0], PATIENCE)


def test_an_answer_from_the_phone_while_the_model_thinks(stage, patas, thinking):
    asked = ask(stage, patas, PRICE)
    wait_state(patas, asked, "dispatched")
    echo = stage.double.phone_echo(asked.conversation, "Custa 27,50, te espero aqui")
    _heard(stage, patas, echo)
    thinking.rollback()
    wait_rest(stage, patas)
    assert stage.double.answers(asked.conversation) == []
    states = {state for _turn, state in turns_of(patas, asked)}
    assert rows_of(patas, asked) == 1
    assert states <= {"ignored", "superseded"}


def test_a_note_while_the_model_thinks_keeps_nobody_from_answering(stage, patas, thinking):
    asked = ask(stage, patas, PRICE)
    wait_state(patas, asked, "dispatched")
    note = stage.double.attendant_says(asked.conversation, patas.user, "Bom cliente", private=True)
    assert stage.double.wait_for(lambda: stage.double.delivery_of(note).done, PATIENCE)
    thinking.rollback()
    wait_rest(stage, patas)
    assert served_once(stage, patas, asked) == "delivered"


def test_given_back_the_assistant_goes_on_and_repeats_nothing(stage, patas):
    first = ask(stage, patas, PHONE)
    wait_settled(patas, first)
    conversation = first.conversation
    stage.double.attendant_takes(conversation, patas.user)
    second = _says(stage, patas, conversation, "E vocês vendem coleira azul?")
    reply = stage.double.attendant_says(conversation, patas.user, "Vendemos sim!")
    wait_rest(stage, patas)
    spoken = stage.double.answers(conversation)
    stage.double.attendant_gives_back(conversation)
    wait_rest(stage, patas)
    assert stage.double.answers(conversation) == spoken, "the attendant has answered that"
    third = _says(stage, patas, conversation, PRICE)
    wait_rest(stage, patas)
    assert served_once(stage, patas, third) == "delivered"
    assert {state for _turn, state in turns_of(patas, second)} <= {"ignored", "superseded"}
    assert stage.double.answers(conversation, after=reply)


def test_given_back_unanswered_the_question_is_answered(stage, patas):
    asked = ask(stage, patas, PERSON)
    wait_settled(patas, asked)
    conversation = asked.conversation
    assert served_once(stage, patas, asked) == "handed_over"
    stage.double.attendant_takes(conversation, patas.user)
    waiting = _says(stage, patas, conversation, PRICE)
    wait_rest(stage, patas)
    assert not stage.double.answers(conversation, after=waiting)
    stage.double.attendant_gives_back(conversation)
    wait_rest(stage, patas)
    assert served_once(stage, patas, waiting) == "delivered"
    assert "27,50" in stage.double.answers(conversation, after=waiting)[-1].content


def test_the_bot_as_assignee_answers_hands_over_and_gives_way(stage, patas, new_chatwoot):
    asked = ask(stage, patas, PHONE)
    wait_settled(patas, asked)
    conversation = asked.conversation
    assert conversation.assignee is patas.bot
    assert served_once(stage, patas, asked) == "delivered"
    person = _says(stage, patas, conversation, PERSON)
    wait_rest(stage, patas)
    assert served_once(stage, patas, person) == "handed_over"
    assert (conversation.status, conversation.assignee) == ("open", None)
    stage.double.attendant_takes(conversation, patas.user)
    later = _says(stage, patas, conversation, PHONE)
    wait_rest(stage, patas)
    assert not stage.double.answers(conversation, after=later)
    nothing_twice(stage, conversation)


def test_registered_as_account_webhook_only_open_conversations_are_answered(stage, sorriso):
    """Without an AgentBot nothing is ever pending: until a person takes part, the bot answers."""
    staged, account = sorriso, sorriso.tenant.account_id
    hook = stage.double.add_webhook(account, staged.webhook_url)
    values = {"registration": "account_webhook", "account_webhook_secret": hook.secret}
    in_odoo(stage, staged, f"odoo_side.set_chatwoot_account(env, {account}, {values!r})")
    try:
        inbox = stage.double.add_inbox(account, "Sem robô", "Channel::Whatsapp", bot=None)
        number = stage.double.add_contact(account, "Pessoa de Teste")
        asked = stage.double.customer_says(account, inbox, number, PHONE)
        conversation = asked.conversation
        assert conversation.status == "open"
        wait_settled(staged, asked)
        wait_rest(stage, staged)
        assert [m for m in nothing_twice(stage, conversation) if not m.private]
        stage.double.attendant_says(conversation, staged.user, "Oi, aqui é a Eva")
        later = _says(stage, staged, conversation, PHONE)
        wait_rest(stage, staged)
        assert not stage.double.answers(conversation, after=later)
    finally:
        staged.account.webhooks.remove(hook)
        values = {"registration": "agent_bot"}
        in_odoo(stage, staged, f"odoo_side.set_chatwoot_account(env, {account}, {values!r})")
