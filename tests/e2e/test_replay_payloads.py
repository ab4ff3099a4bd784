"""Every kind of payload that Chatwoot sends, posted signed over HTTP: what becomes of it."""

from __future__ import annotations

import pytest

from demo.chatwoot_double import Conversation, Message

from .asking import PATIENCE, ask, wait_settled
from .payload_files import recompose
from .served import nothing_twice, outcome, rows_of, served_once, turns_of, wait_rest
from .webhook import post

QUESTION = "Qual é o telefone de vocês?"
JUDGED = {"delivered", "no_grounded_answer", "low_confidence"}
"""What may become of a fixture's own text: the assistant has understood it and looked for it."""
CONVERSATION = """
SELECT c.status, (SELECT count(*) FROM chatwoot_turn t WHERE t.conversation_id = c.id)
  FROM chatwoot_conversation c WHERE c.display_id = %s
"""


@pytest.fixture
def unheard(stage, patas):
    """Have a customer write without Odoo hearing of it; what a fixture is then posted about."""

    def write(inbox="whatsapp", text=QUESTION) -> Message:
        with stage.double.holding_back():
            return ask(stage, patas, text, inbox)

    return write


@pytest.fixture
def replay(patas):
    """Post a fixture; every authentic one is acknowledged."""

    def send(name: str, conversation: Conversation, *args, times: int = 1, **kwargs) -> None:
        body = recompose(name, conversation, *args, **kwargs)
        for _ in range(times):
            assert post(patas.webhook_url, body, patas.bot.secret).status_code == 200

    return send


def _bot_writes(stage, conversation, text, **values) -> Message:
    with stage.double.holding_back(), stage.double.changed:
        return stage.double.desk.reply(conversation, conversation.inbox.bot, text, **values)


def _turns(staged, conversation) -> int:
    return len(staged.ledger.turns(conversation.display_id))


@pytest.mark.parametrize(
    ("name", "inbox"), [("a1", "whatsapp"), ("a2", "whatsapp"), ("a14", "email")]
)
def test_a_customers_message_is_served_once(stage, patas, sorriso, unheard, replay, name, inbox):
    staged = patas if inbox in patas.inboxes else sorriso
    with stage.double.holding_back():
        asked = ask(stage, staged, QUESTION, inbox)
    body = recompose(name, asked.conversation, asked)
    for _ in range(2):
        assert post(staged.webhook_url, body, staged.bot.secret).status_code == 200
    wait_settled(staged, asked)
    wait_rest(stage, staged)
    assert outcome(stage, staged, asked) in JUDGED


def test_a_message_whose_assignee_is_the_bot_is_answered(stage, patas, unheard, replay):
    asked = unheard()
    replay("a1", asked.conversation, asked, content=QUESTION, assignee=patas.bot)
    wait_settled(patas, asked)
    assert served_once(stage, patas, asked) == "delivered"


def test_the_bots_own_reply_starts_nothing(stage, patas, unheard, replay):
    conversation = unheard().conversation
    own = _bot_writes(stage, conversation, "Já vejo isso.")
    replay("a3", conversation, own)
    wait_rest(stage, patas)
    assert _turns(patas, conversation) == 0
    assert stage.double.answers(conversation) == [own]


def test_a_reply_that_the_channel_refused_is_told_to_people_once(stage, patas, replay):
    asked = ask(stage, patas, QUESTION)
    wait_settled(patas, asked)
    conversation = asked.conversation
    assert stage.double.notes(conversation) == []
    answer = stage.double.answers(conversation)[0]
    replay("a4", conversation, answer, times=3)
    assert patas.ledger.wait_for(lambda _ledger: conversation.status == "open", PATIENCE)
    wait_rest(stage, patas)
    assert len(stage.double.notes(conversation)) == 1
    assert stage.double.answers(conversation) == [answer]


def test_a_private_note_starts_nothing(stage, patas, unheard, replay):
    conversation = unheard().conversation
    with stage.double.holding_back():
        note = stage.double.attendant_says(conversation, patas.user, "Já ligou", private=True)
    replay("a5", conversation, note)
    wait_rest(stage, patas)
    assert _turns(patas, conversation) == 0
    assert stage.double.answers(conversation) == []


def test_after_an_answer_from_the_phone_the_question_is_not_answered_again(
    stage, patas, unheard, replay
):
    asked = unheard()
    with stage.double.holding_back():
        echo = stage.double.phone_echo(asked.conversation, "Oi, aqui é o dono")
    replay("a6", asked.conversation, echo)
    replay("a1", asked.conversation, asked, content=QUESTION)
    wait_rest(stage, patas)
    assert stage.double.answers(asked.conversation) == []
    assert rows_of(patas, asked) == 1
    assert {state for _turn, state in turns_of(patas, asked)} <= {"ignored"}


def test_a_choice_in_the_widget_is_a_question(stage, patas, unheard, replay):
    conversation = unheard("web").conversation
    items = [{"title": "Track order", "value": "track"}, {"title": "Human", "value": "human"}]
    offered = _bot_writes(
        stage, conversation, "Which size shall it be?", content_type="input_select",
        content_attributes={"items": items},
    )  # fmt: skip
    replay("a7", conversation, offered, times=2)
    wait_settled(patas, offered)
    wait_rest(stage, patas)
    assert outcome(stage, patas, offered) in JUDGED


@pytest.mark.parametrize("name", ["a8", "a9"])
def test_a_hand_over_by_somebody_else_is_learnt(stage, patas, replay, name):
    asked = ask(stage, patas, QUESTION)
    wait_settled(patas, asked)
    wait_rest(stage, patas)
    replay(name, asked.conversation)
    wait_rest(stage, patas)
    display_id = asked.conversation.display_id
    assert patas.ledger.rows(CONVERSATION, display_id) == [("open", 1)]
    nothing_twice(stage, asked.conversation)


@pytest.mark.parametrize("name", ["a10", "a11", "a12", "a13"])
def test_what_asks_nothing_starts_nothing(stage, patas, unheard, replay, name):
    conversation = unheard().conversation
    replay(name, conversation)
    wait_rest(stage, patas)
    assert _turns(patas, conversation) == 0
    assert stage.double.answers(conversation) == []
