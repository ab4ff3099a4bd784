"""Chatwoot and the channels in trouble while an answer is on its way."""

from __future__ import annotations

import pytest

from demo.chatwoot_double import Fault, Hold

from .asking import PATIENCE, ask, wait_settled, wait_state
from .served import served_once, turns_of, wait_rest

PRICE = "Quanto custa a areia higiênica Gato Limpo?"
PHONE = "Qual é o telefone de vocês?"
DAY = 24 * 3600
RECOVERY = 180


def test_the_window_closes_while_the_model_thinks(stage, patas, thinking):
    asked = ask(stage, patas, PRICE)
    wait_state(patas, asked, "dispatched")
    stage.double.time_passes(asked.conversation, DAY)
    thinking.rollback()
    wait_settled(patas, asked)
    wait_rest(stage, patas)
    assert served_once(stage, patas, asked) == "handed_over"
    assert stage.double.answers(asked.conversation) == []


def test_the_channel_refuses_an_answer_people_learn_of_it_once(stage, patas):
    asked = ask(stage, patas, PHONE)
    wait_settled(patas, asked)
    wait_rest(stage, patas)
    conversation = asked.conversation
    answer = stage.double.answers(conversation)[0]
    for _ in range(3):
        stage.double.channel_fails(answer)
    assert patas.ledger.wait_for(lambda _ledger: conversation.status == "open", PATIENCE)
    wait_rest(stage, patas)
    assert len(stage.double.notes(conversation)) == 1
    assert stage.double.answers(conversation) == [answer]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_outage_of_several_requests_delays_but_loses_nothing(stage, patas, status):
    stage.double.fail_next(Fault("GET", "", status=status, times=3))
    asked = ask(stage, patas, PHONE)
    wait_settled(patas, asked, RECOVERY)
    wait_rest(stage, patas, RECOVERY)
    assert served_once(stage, patas, asked) == "delivered"


@pytest.mark.parametrize("drop_answer", [False, True])
def test_no_confirmation_of_the_created_message(stage, patas, drop_answer):
    """Created or not, the bot cannot know: read and settled, or a person is asked."""
    trouble = {"drop_answer": True, "delay": 8.0} if drop_answer else {"status": 502}
    stage.double.fail_next(Fault("POST", "/messages", **trouble))
    asked = ask(stage, patas, PHONE)
    wait_settled(patas, asked, RECOVERY)
    wait_rest(stage, patas, RECOVERY)
    state = served_once(stage, patas, asked)
    public = stage.double.answers(asked.conversation)
    assert len(public) <= 1
    if drop_answer:
        assert (state, len(public)) == ("delivered", 1)
    assert len(turns_of(patas, asked)) == 1


def test_one_companys_dead_chatwoot_does_not_hold_up_the_other(stage, patas, sorriso):
    """Every request about the pet shop's conversations is held until the clinic has answered."""
    hold, double = Hold(), stage.double
    below = f"/api/v1/accounts/{patas.tenant.account_id}/"
    stall = Fault("GET", "", path_start=below, hold=hold, times=1_000_000)
    double.fail_next(stall)
    try:
        stuck = [ask(stage, patas, PHONE) for _ in range(6)]
        served = ask(stage, sorriso, PHONE)
        wait_settled(sorriso, served)
        assert served_once(stage, sorriso, served) == "delivered"
        assert all(not stage.double.answers(m.conversation) for m in stuck)
    finally:
        double.faults.end(stall)
        hold.release()
    wait_rest(stage, patas, RECOVERY)
    for message in stuck:
        assert served_once(stage, patas, message) in ("delivered", "handed_over")
