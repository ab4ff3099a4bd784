"""Killed, repeated, overtaken: every message is answered once, or left to a person."""

import psutil
import pytest

from demo.chatwoot_double import Fault

from .asking import PATIENCE, ask, wait_settled, wait_state

PRICE = "Quanto custa a areia higiênica Gato Limpo?"


def test_runtime_killed_in_the_middle_of_a_turn(stage, patas, thinking):
    question = ask(stage, patas, PRICE)
    wait_state(patas, question, "dispatched")
    victim = stage.runtime()
    victim.kill()
    thinking.rollback()

    turn = wait_settled(patas, question)

    assert stage.runtime() not in (None, victim)
    assert turn.state == "delivered"
    assert turn.attempt > 1
    answers = stage.double.answers(question.conversation)
    assert len(answers) == 1
    assert "27,50" in answers[0].content


def test_no_process_of_the_killed_runtime_is_left(stage):
    runtime = stage.runtime()
    servers = [p for p in psutil.process_iter(["cmdline", "ppid"]) if _is_server(p)]
    family = {child.pid for child in runtime.children(recursive=True)}
    orphans = [p.pid for p in servers if p.info["ppid"] == 1 and p.pid not in family]
    assert orphans == []


def _is_server(process: psutil.Process) -> bool:
    command = " ".join(process.info["cmdline"] or ())
    return "mongodb-mcp-server" in command or "odoo-mcp" in command


def test_attendant_takes_over_while_the_model_thinks(stage, patas, thinking):
    question = ask(stage, patas, PRICE)
    wait_state(patas, question, "dispatched")
    stage.double.attendant_takes(question.conversation, patas.user)
    thinking.rollback()

    turn = wait_settled(patas, question)

    assert turn.state in ("ignored", "superseded")
    assert stage.double.answers(question.conversation) == []
    assert question.conversation.assignee is patas.user


@pytest.mark.parametrize("copies", [5])
def test_one_delivery_five_times_at_once(stage, patas, copies):
    question = ask(stage, patas, "Qual é o telefone de vocês?", copies=copies)
    wait_settled(patas, question)
    delivery = stage.double.delivery_of(question)
    assert stage.double.wait_for(lambda: len(delivery.statuses) == copies, PATIENCE)
    assert delivery.statuses == [200] * copies
    assert len(stage.double.answers(question.conversation)) == 1


def test_the_same_event_delivered_again_later(stage, patas):
    question = ask(stage, patas, "Qual é o site de vocês?")
    wait_settled(patas, question)
    again = stage.double.redeliver(stage.double.delivery_of(question), copies=2)
    assert stage.double.wait_for(lambda: len(again.statuses) == 2, PATIENCE)
    assert again.statuses == [200, 200]
    turn = wait_settled(patas, question)
    assert turn.messages == 1
    assert len(stage.double.answers(question.conversation)) == 1


def test_answer_created_but_never_confirmed_is_not_sent_twice(stage, patas):
    stage.double.fail_next(Fault("POST", "/messages", drop_answer=True, delay=8.0))
    question = ask(stage, patas, "Qual é o e-mail de vocês?")
    wait_settled(patas, question)
    assert len(stage.double.answers(question.conversation)) == 1


def test_chatwoot_in_trouble_for_a_moment(stage, patas):
    stage.double.fail_next(Fault("POST", "/messages", status=500, times=1))
    question = ask(stage, patas, "Quais são as formas de pagamento?")
    turn = wait_settled(patas, question)
    # A 500 does not say whether the message was created: never twice, so a person is asked.
    assert (turn.state, turn.handover_reason) == ("handed_over", "unconfirmed")
    assert stage.double.answers(question.conversation) == []
