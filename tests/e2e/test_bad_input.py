"""What the webhook answers to what it should not accept, and that nothing is left behind."""

import json
import time

import pytest
import requests

from demo.chatwoot_double.outbox import webhook_headers

from .asking import PATIENCE
from .webhook import event_body, post

LIMIT = 5 * 1024 * 1024


@pytest.fixture
def rows(stage, patas):
    """Counts everything a webhook could leave in the tenant's database.

    Starts from rest: the echo of an earlier test's answer may still be on its way or undrained.
    """

    def resting(ledger):
        undrained = "SELECT 1 FROM chatwoot_intake WHERE processed_at IS NULL LIMIT 1"
        ended = "('done', 'cancelled', 'failed')"
        at_work = f"SELECT 1 FROM queue_job WHERE state NOT IN {ended} LIMIT 1"
        return stage.double.idle() and not ledger.rows(undrained) and not ledger.rows(at_work)

    assert patas.ledger.wait_for(resting, PATIENCE), "earlier messages are still being worked on"

    def count():
        tables = ("chatwoot_intake", "chatwoot_message", "chatwoot_conversation", "chatwoot_turn")
        return {table: patas.ledger.rows(f"SELECT count(*) FROM {table}") for table in tables}

    return count


def test_broken_json(patas, rows):
    before = rows()
    answer = post(patas.webhook_url, b'{"event": "message_cre', patas.bot.secret)
    assert answer.status_code == 400
    assert rows() == before


def test_body_over_the_limit(patas, rows):
    before = rows()
    body = b'{"event":"message_created","content":"' + b"a" * LIMIT + b'"}'
    assert post(patas.webhook_url, body, patas.bot.secret).status_code == 413
    assert rows() == before


def test_refusals_do_not_say_why(stage, patas, sorriso, rows):
    before = rows()
    body = event_body(stage, patas)
    stranger = event_body(stage, patas, account={"id": 999, "name": "Ninguém"})
    plain = f"{stage.odoo.url}/webhook/chatwoot"
    attempts = {
        "wrong secret": post(patas.webhook_url, body, "not-the-secret"),
        "unsigned": post(patas.webhook_url, body, None),
        "stale": post(patas.webhook_url, body, patas.bot.secret, age=600),
        "from the future": post(patas.webhook_url, body, patas.bot.secret, age=-600),
        "unknown route": post(f"{plain}/no-such-token", body, patas.bot.secret),
        "unknown account": post(plain, stranger, patas.bot.secret),
        "another tenant's secret": post(patas.webhook_url, body, sorriso.bot.secret),
        "another tenant's route": post(sorriso.webhook_url, body, patas.bot.secret),
        "another tenant's account": post(plain, body, sorriso.bot.secret),
    }
    assert {name: answer.status_code for name, answer in attempts.items()} == dict.fromkeys(
        attempts, 401
    )
    assert len({answer.content for answer in attempts.values()}) == 1
    assert rows() == before


def test_body_changed_after_signing(stage, patas, rows):
    before = rows()
    body = event_body(stage, patas)
    headers = webhook_headers(patas.bot.secret, body, "changed", int(time.time()))
    changed = body.replace(b"Ol", b"Al")
    assert changed != body
    answer = requests.post(patas.webhook_url, data=changed, headers=headers, timeout=10)
    assert answer.status_code == 401
    assert rows() == before


@pytest.mark.parametrize(
    "event",
    [
        "contact_created",
        "conversation_typing_on",
        "webwidget_triggered",
        "inbox_updated",
        "nonsense",
    ],
)
def test_authentic_but_irrelevant(stage, patas, rows, event):
    before = rows()
    body = event_body(stage, patas, event=event)
    answer = post(patas.webhook_url, body, patas.bot.secret)
    assert answer.status_code == 200
    assert rows() == before


def test_answer_is_small_json(stage, patas):
    body = event_body(stage, patas, event="contact_updated")
    answer = post(patas.webhook_url, body, patas.bot.secret)
    assert json.loads(answer.content) == {}
    assert "Set-Cookie" not in answer.headers


def test_result_callback_needs_token_and_signature(stage):
    answer = requests.post(
        f"{stage.odoo.url}/agent_runtime/result",
        json={"turn_id": "e2e_patas:1", "attempt": 1},
        headers={"Authorization": "Bearer nonsense"},
        timeout=10,
    )
    assert answer.status_code == 401
