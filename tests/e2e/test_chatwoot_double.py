"""The double's own promises; it must not be kinder than the original."""

import hashlib
import hmac
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from demo.chatwoot_double import Fault, Hold
from demo.chatwoot_double.wire import rails_json, signature


def _said(double, number=7, text="Olá"):
    account = double.accounts[number]
    inbox = next(iter(account.inboxes.values()))
    contact = double.add_contact(number, "Ana")
    return double.customer_says(number, inbox, contact, text)


def _call(double, message, token, path="", method="POST", **body):
    conversation = message.conversation
    url = f"{double.url}/api/v1/accounts/{conversation.account.id}"
    url += f"/conversations/{conversation.display_id}{path}"
    headers = {"Api-Access-Token": token} if token else {}
    return requests.request(method, url, json=body or None, headers=headers, timeout=5)


def test_signature_vector():
    body = rails_json({"content": "a <b> & c", "id": 90311, "event": "message_created"})
    assert body == rb'{"content":"a \u003cb\u003e \u0026 c","id":90311,"event":"message_created"}'
    assert signature("Zq3vX8yT5nB2mK7wR4pL9sHd", "1781773271", body) == (
        "sha256=a18d543393398b28bab4691aa7982ec60b6951234509d85cdf4bd6677244b63f"
    )


def test_webhook_is_signed_over_timestamp_and_body(double, receiver):
    message = _said(double)
    assert double.wait_for(double.idle, 5)
    headers, body = receiver.received[0]
    secret = message.conversation.inbox.bot.secret
    signed = headers["X-Chatwoot-Timestamp"].encode() + b"." + body
    expected = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Chatwoot-Signature"] == f"sha256={expected}"


def test_message_payload_shape(double, receiver):
    _said(double)
    assert double.wait_for(double.idle, 5)
    payload = next(p for p in receiver.payloads() if p["event"] == "message_created")
    assert list(payload)[:5] == [
        "account", "additional_attributes", "content_attributes", "content_type", "content",
    ]  # fmt: skip
    assert list(payload)[-1] == "event"
    assert payload["message_type"] == "incoming"
    assert "type" not in payload["sender"]
    nested = payload["conversation"]["messages"][0]
    assert nested["message_type"] == 0
    assert isinstance(nested["created_at"], int)
    assert payload["conversation"]["status"] == "pending"


def test_bot_hears_itself_and_hands_over(double, receiver):
    message = _said(double)
    token = message.conversation.inbox.bot.access_token
    answer = _call(double, message, token, "/messages", content="Oi {{contact.name}} {{x}}")
    assert (answer.status_code, answer.json()["content"]) == (200, "Oi Ana ")
    done = _call(double, message, token, "/toggle_status", status="open")
    assert done.json()["payload"]["success"] is None
    assert done.json()["payload"]["current_status"] == "open"
    assert double.wait_for(double.idle, 5)
    assert receiver.events().count("message_created") == 2
    assert {"conversation_opened", "conversation_status_changed"} <= set(receiver.events())


def test_bot_of_another_account_is_refused(double):
    message = _said(double, 8)
    token = double.accounts[7].bots[0].access_token
    for path, method in (("", "GET"), ("/messages", "POST"), ("/toggle_status", "POST")):
        answer = _call(double, message, token, path, method, content="x", status="open")
        assert answer.status_code == 401
        assert answer.json() == {"error": "Bot is not authorized to access this account"}
    assert message.conversation.status == "pending"


def test_error_bodies(double):
    message = _said(double)
    bot = message.conversation.inbox.bot.access_token
    assert _call(double, message, None, method="GET").json() == {
        "errors": ["You need to sign in or sign up before continuing."]
    }
    assert _call(double, message, "x", method="GET").json() == {"error": "Invalid Access Token"}
    assert _call(double, message, bot, "/messages", "GET").json() == {
        "error": "Access to this endpoint is not authorized for bots"
    }
    message.conversation.display_id += 100
    assert _call(double, message, bot, method="GET").status_code == 404


def test_attendants_token_reads_messages(double):
    message = _said(double)
    user = double.accounts[7].users[0].access_token
    listed = _call(double, message, user, "/messages", "GET").json()["payload"]
    assert [entry["id"] for entry in listed] == [message.id]


def test_retried_on_500_then_accepted(double, receiver):
    receiver.refused = {"message_created": [500, 429]}
    message = _said(double)
    assert double.wait_for(double.idle, 5)
    assert double.delivery_of(message).statuses == [500, 429, 200]
    ids = {h["X-Chatwoot-Delivery"] for h, b in receiver.received if b"message_created" in b}
    assert len(ids) == 1
    assert message.conversation.status == "pending"


def test_failed_for_good_opens_the_conversation(double, receiver):
    receiver.refused = {"message_created": [500, 500, 500]}
    message = _said(double)
    assert double.wait_for(lambda: message.conversation.status == "open", 5)
    assert double.delivery_of(message).statuses == [500, 500, 500]


def test_not_retried_on_503(double, receiver):
    receiver.refused = {"message_created": [503, 503]}
    message = _said(double)
    assert double.wait_for(lambda: message.conversation.status == "open", 5)
    assert double.delivery_of(message).statuses == [503]


def test_dropped_answer_has_happened(double):
    double.fail_next(Fault("POST", "/messages", drop_answer=True, delay=0.01))
    message = _said(double)
    token = message.conversation.inbox.bot.access_token
    with pytest.raises(requests.ConnectionError):
        _call(double, message, token, "/messages", content="Oi")
    assert [m.content for m in double.answers(message.conversation)] == ["Oi"]


@pytest.mark.parametrize("drop_answer", [False, True])
def test_a_held_request_has_happened_only_when_its_answer_is_what_is_held(double, drop_answer):
    hold = Hold()
    double.fail_next(Fault("POST", "/messages", drop_answer=drop_answer, hold=hold))
    message = _said(double)
    token = message.conversation.inbox.bot.access_token
    with ThreadPoolExecutor(1) as pool:
        calling = pool.submit(_call, double, message, token, "/messages", content="Oi")
        assert hold.reached.wait(5)
        assert len(double.answers(message.conversation)) == int(drop_answer)
        hold.release()
        assert (calling.exception(5) is not None) == drop_answer
    assert len(double.answers(message.conversation)) == 1


def test_what_is_held_back_leaves_in_the_order_of_its_release(double, receiver):
    with double.holding_back() as held:
        _said(double, text="um")
        _said(double, text="dois")
    assert double.idle()
    assert receiver.received == []
    created = [d for d in held if d.event == "message_created"]
    double.release(reversed(created))
    assert double.wait_for(lambda: double.idle() and len(receiver.received) == 2, 5)
    assert {p["content"] for p in receiver.payloads()} == {"um", "dois"}
