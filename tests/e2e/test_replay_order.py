"""The same message over and over, messages in any order, two registrations: one answer."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from demo.chatwoot_double import Webhook

from .asking import PATIENCE, ask, wait_settled, wait_state
from .served import outcome, rows_of, served_once, turns_of, wait_rest
from .stores import in_odoo

PRICE = "Quanto custa a areia higiênica Gato Limpo?"
SENTENCE = (
    "Bom dia! Tudo bem por aí? "
    "Então, eu queria saber, por favor, qual é o telefone da loja de vocês"
)
WORDS = SENTENCE.split()
"""Twenty words that are a question in this order only."""


@contextmanager
def _webhook_too(stage, staged) -> Iterator[Webhook]:
    """Register the address as an account webhook as well; its secret is another."""
    account = staged.tenant.account_id
    hook = stage.double.add_webhook(account, staged.webhook_url)
    values = {"account_webhook_secret": hook.secret}
    in_odoo(stage, staged, f"odoo_side.set_chatwoot_account(env, {account}, {values!r})")
    try:
        yield hook
    finally:
        staged.account.webhooks.remove(hook)


def test_bot_and_account_webhook_five_times_each(stage, patas):
    with _webhook_too(stage, patas) as hook:
        asked = ask(stage, patas, "Qual é o telefone de vocês?", copies=5)
        wait_settled(patas, asked)
        wait_rest(stage, patas)
    heard = [d for d in stage.double.outbox.deliveries if d.message is asked]
    assert {d.target for d in heard} == {patas.bot, hook}
    assert stage.double.wait_for(
        lambda: all(len(d.statuses) == 5 for d in heard if d.event == "message_created"), PATIENCE
    )
    assert all(set(d.statuses) == {200} for d in heard)
    assert rows_of(patas, asked) == 1
    assert served_once(stage, patas, asked) == "delivered"
    assert len(stage.double.answers(asked.conversation)) == 1


@pytest.fixture(scope="module")
def unlimited(stage):
    """Let the time alone end a burst at the pet shop, not the number of its messages."""
    patas = stage.tenants["patas"]
    number = patas.inboxes["whatsapp"].id
    for count in (50, 20):
        values = {"group_max_count": count}
        in_odoo(stage, patas, f"odoo_side.set_inbox(env, {number}, {values!r})")
        if count == 50:
            yield


@pytest.mark.parametrize("seed", [1, 2])
def test_twenty_messages_shuffled_over_three_seconds_get_one_answer(stage, patas, unlimited, seed):
    assert len(WORDS) == 20
    with stage.double.holding_back() as held:
        first = ask(stage, patas, WORDS[0])
        conversation = first.conversation
        account, inbox = patas.tenant.account_id, conversation.inbox
        said = [first] + [
            stage.double.customer_says(account, inbox, conversation.contact, text)
            for text in WORDS[1:]
        ]
    random.Random(seed).shuffle(held)
    for delivery in held:
        stage.double.release([delivery])
        time.sleep(3 / len(held))
    wait_settled(patas, first)
    wait_rest(stage, patas)
    turns = {turns_of(patas, message)[-1] for message in said}
    assert len(turns) == 1, turns
    assert {outcome(stage, patas, message) for message in said} == {"delivered"}
    assert len(stage.double.answers(conversation)) == 1
    [(turn, _state)] = turns
    text = in_odoo(stage, patas, f"env['chatwoot.turn'].browse({turn}).customer_text")
    assert text.splitlines() == WORDS


def test_an_account_webhook_that_comes_late_shows_newer_state_and_changes_nothing(stage, patas):
    """It is made when it leaves: open and answered, about a message that was neither."""
    with _webhook_too(stage, patas) as hook:
        with stage.double.holding_back() as held:
            asked = ask(stage, patas, "Qual é o telefone de vocês?")
        stage.double.release([d for d in held if d.target is not hook])
        wait_settled(patas, asked)
        wait_rest(stage, patas)
        stage.double.attendant_takes(asked.conversation, patas.user)
        late = [d for d in held if d.target is hook]
        stage.double.release(late)
        wait_rest(stage, patas)
    assert {tuple(d.statuses) for d in late} == {(200,)}
    assert rows_of(patas, asked) == 1
    assert outcome(stage, patas, asked) == "delivered"
    assert len(stage.double.answers(asked.conversation)) == 1


def test_what_comes_while_the_model_thinks_joins_the_question(stage, patas, thinking):
    asked = ask(stage, patas, PRICE)
    wait_state(patas, asked, "dispatched")
    conversation = asked.conversation
    account = patas.tenant.account_id
    added = stage.double.customer_says(
        account, conversation.inbox, conversation.contact, "E do comedouro?"
    )
    assert patas.ledger.wait_for(lambda _l: len(turns_of(patas, asked)) == 2, PATIENCE)
    thinking.rollback()
    wait_settled(patas, added)
    wait_rest(stage, patas)
    assert turns_of(patas, asked)[-1] == turns_of(patas, added)[-1]
    served_once(stage, patas, asked)


def test_a_customer_who_never_stops_is_answered_nevertheless(stage, patas, thinking):
    """Superseded twice; then the answer goes out, and the rest is the next question."""
    said = [ask(stage, patas, PRICE)]
    wait_state(patas, said[0], "dispatched")
    conversation = said[0].conversation
    for count in range(1, 5):
        text = f"{PRICE} Vez {count}."
        account = patas.tenant.account_id
        said.append(
            stage.double.customer_says(account, conversation.inbox, conversation.contact, text)
        )
        if count < 3:
            assert patas.ledger.wait_for(
                lambda ledger, count=count: (
                    [turn.state for turn in ledger.turns(conversation.display_id)]
                    == ["superseded"] * count + ["dispatched"]
                ),
                PATIENCE,
            ), patas.ledger.turns(conversation.display_id)
    thinking.rollback()
    wait_rest(stage, patas)
    for message in said:
        served_once(stage, patas, message)
    turns = {turns_of(patas, message)[-1][0] for message in said}
    assert len(turns) == 2
