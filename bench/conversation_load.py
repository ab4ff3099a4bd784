"""``conversation_load``: 100 conversations of 3 messages within a minute, a model of 2 seconds.

Everything is real but Chatwoot and the model, which answers on the wire after 2 s. Five messages
a second come in, and each of them three times more as a delivery of its own, which makes twenty
webhooks a second beside those about the answers. The connector does not wait for more of a burst,
other than by default.

The counts are those of both sides: the rows in Odoo and what arrived in Chatwoot. Every message
must be delivered an answer: the scripted model always has one, so that ``…_handed_over`` and
``…_lost`` must both be 0. ``…_cpu`` is that of Odoo's processes and the runtime, which are its
children, per answered turn; PostgreSQL's is not in it.
"""

from __future__ import annotations

import time
from collections import Counter
from typing import NamedTuple

from demo.chatwoot_double import Bot, Message
from demo.ledger import Ledger
from demo.scenario.checks import DONE, UNSETTLED
from demo.stage import Stage, StagedTenant
from devtools.problem import Problem
from tests.doubles.openai_server import OpenAIServer

from .processes import CpuMeter
from .rows import Row, percentile

CONVERSATIONS = 100
MESSAGES = 3
SECONDS = 60.0
MODEL_SECONDS = 2.0
REPEATED = 3
PATIENCE = 900
"""Seconds until the last turn must have ended."""
ANSWER = "Aceitamos Pix, dinheiro, cartão de débito e cartão de crédito."
QUESTIONS = (
    "Quais são as formas de pagamento?",
    "Posso pagar com Pix?",
    "Aceitam cartão de crédito?",
)
_TURNS = """
SELECT m.message_id, array_agg(t.state)
  FROM chatwoot_message m
  JOIN chatwoot_turn_message_rel r ON r.message_id = m.id
  JOIN chatwoot_turn t ON t.id = r.turn_id
 WHERE m.author = 'customer' GROUP BY m.message_id
"""
_ANSWERED = "SELECT count(*) FROM chatwoot_turn WHERE state = 'delivered'"
_OPEN = """
SELECT (SELECT count(*) FROM chatwoot_intake WHERE processed_at IS NULL)
     + (SELECT count(*) FROM chatwoot_turn WHERE state IN %s)
     + (SELECT count(*) FROM chatwoot_message m
         WHERE m.author = 'customer' AND NOT EXISTS (
           SELECT 1 FROM chatwoot_turn_message_rel r WHERE r.message_id = m.id))
"""


class Judged(NamedTuple):
    """How many of the messages fared how; a message counts once in the first three."""

    delivered: int
    handed_over: int
    lost: int
    doubled: int
    """Messages with two turns that ended, and parts of an answer that arrived again."""


def measure() -> list[Row]:
    """Counts, milliseconds and CPU seconds; see each row's name."""
    with OpenAIServer([ANSWER], delay=MODEL_SECONDS) as model:
        runtime = {
            "model": "openai/scripted",
            "model_base_url": model.url,
            "model_api_key": "nobody-asks",
            "max_turns": 64,
        }
        with Stage("bench_load", group_window=0, agent_runtime=runtime) as stage:
            stage.wait_ready()
            return _measure(stage, stage.tenants["patas"], model)


def _measure(stage: Stage, staged: StagedTenant, model: OpenAIServer) -> list[Row]:
    _warm_up(stage, staged)
    asked_before, answered_before = len(model.requests), _answered(staged)
    told_before = len(stage.double.outbox.deliveries)
    meter, begun = CpuMeter(stage.odoo.pid), time.monotonic()
    said = _talk(stage, staged, begun)
    rate = (len(stage.double.outbox.deliveries) - told_before) / (time.monotonic() - begun)
    _wait(stage, staged, said)
    drained = time.monotonic() - begun - SECONDS
    cpu = meter.seconds()
    judged = _judge(staged, said)
    heard = stage.double.outbox.deliveries[told_before:]
    refused = sum(not delivery.delivered for delivery in heard)
    # A message that came before the answer to the one before it shares its turn.
    turns = _answered(staged) - answered_before
    if not turns:
        raise Problem("not one of the turns was answered", f"read {stage.odoo.log}")
    return [
        *(
            Row(f"conversation_load_{name}", count, "messages")
            for name, count in judged._asdict().items()
        ),
        Row("conversation_load_refused", refused, "webhooks"),
        Row("conversation_load_rate", rate, "webhooks/s"),
        Row("conversation_load_webhook_p99", _milliseconds(heard, 0.99), "ms"),
        Row("conversation_load_webhook_p50", _milliseconds(heard, 0.5), "ms"),
        Row("conversation_load_turns", turns, "turns"),
        Row("conversation_load_cpu", cpu / turns, "s/turn"),
        Row("conversation_load_model_calls", (len(model.requests) - asked_before) / turns, "/turn"),
        Row("conversation_load_rest_after", max(drained, 0.0), "s"),
    ]


def _answered(staged: StagedTenant) -> int:
    return staged.ledger.rows(_ANSWERED)[0][0]


def _warm_up(stage: Stage, staged: StagedTenant) -> None:
    """One answer to each inbox's customer: caches filled, crews imported."""
    account = staged.tenant.account_id
    contact = stage.double.add_contact(account, "Primeira")
    said = [stage.double.customer_says(account, staged.inboxes["whatsapp"], contact, QUESTIONS[0])]
    _wait(stage, staged, said)


def _talk(stage: Stage, staged: StagedTenant, begun: float) -> list[Message]:
    """Everybody writes in turn, evenly over the time."""
    account, inbox = staged.tenant.account_id, staged.inboxes["whatsapp"]
    customers = [stage.double.add_contact(account, f"Cliente {n}") for n in range(CONVERSATIONS)]
    said = []
    total = CONVERSATIONS * MESSAGES
    for number in range(total):
        due = begun + number * SECONDS / total
        time.sleep(max(due - time.monotonic(), 0))
        customer, text = customers[number % CONVERSATIONS], QUESTIONS[number // CONVERSATIONS]
        said.append(stage.double.customer_says(account, inbox, customer, text))
        for _ in range(REPEATED):
            stage.double.redeliver(stage.double.delivery_of(said[-1]))
    return said


def _wait(stage: Stage, staged: StagedTenant, said: list[Message]) -> None:
    def over(ledger: Ledger) -> bool:
        known = len(dict(ledger.rows(_TURNS)))
        return known >= len(said) and ledger.rows(_OPEN, UNSETTLED) == [(0,)]

    if not staged.ledger.wait_for(over, PATIENCE):
        left = staged.ledger.rows(_OPEN, UNSETTLED)
        raise Problem(
            f"after {PATIENCE} s {left[0][0]} things still move", f"read {stage.odoo.log}"
        )
    stage.double.wait_for(stage.double.idle, PATIENCE)


def _judge(staged: StagedTenant, said: list[Message]) -> Judged:
    turns = dict(staged.ledger.rows(_TURNS))
    ended = [[s for s in turns.get(message.id, ()) if s in DONE] for message in said]
    marks: Counter[tuple] = Counter()
    for conversation in staged.account.conversations.values():
        for message in conversation.messages:
            if isinstance(message.sender, Bot) and "ai_turn" in message.content_attributes:
                attributes = message.content_attributes
                marks[attributes["ai_turn"], attributes["ai_part"]] += 1
    answered = sum("delivered" in states for states in ended)
    lost = sum(not states for states in ended)
    return Judged(
        delivered=answered,
        handed_over=len(said) - answered - lost,
        lost=lost,
        doubled=sum(count - 1 for count in marks.values())
        + sum(max(len(states) - 1, 0) for states in ended),
    )


def _milliseconds(heard: list, share: float) -> float:
    return 1000 * percentile([d.seconds for d in heard if d.seconds is not None], share)
