"""``turn_overhead``: from the webhook leaving Chatwoot to the reply arriving there.

The built-in responder answers in no time, and nothing is waited for to group messages, so that
this is what the whole path costs.
"""

from __future__ import annotations

import statistics

from demo.player import settled
from demo.stage import Stage

from .rows import Row, percentile

TURNS = 40
WARM_UP = 4
QUESTION = "Vocês abrem no sábado?"
PATIENCE = 60


def measure(stage: Stage) -> list[Row]:
    """Median and 95th percentile in milliseconds."""
    taken = [_one(stage) for _ in range(WARM_UP + TURNS)][WARM_UP:]
    return [
        Row("turn_overhead_median", statistics.median(taken), "ms"),
        Row("turn_overhead_p95", percentile(taken, 0.95), "ms"),
    ]


def _one(stage: Stage) -> float:
    staged, double = stage.tenants["patas"], stage.double
    contact = double.add_contact(staged.tenant.account_id, "Relógio")
    question = double.customer_says(
        staged.tenant.account_id, staged.inboxes["whatsapp"], contact, QUESTION
    )
    conversation = question.conversation
    if not double.wait_for(lambda: double.answers(conversation), PATIENCE):
        raise RuntimeError(f"no answer within {PATIENCE} s; read {stage.odoo.log}")
    answer = double.answers(conversation)[0]
    sent = double.delivery_of(question).first_sent_at
    # Let this turn end, so that the next one does not pay for it.
    staged.ledger.wait_for(lambda ledger: settled(ledger, conversation), PATIENCE)
    return 1000 * (double.arrivals[answer.id] - sent)
