"""The double's account-wide endpoints and account webhooks: who may see what, and what is heard."""

from __future__ import annotations

import hashlib
import hmac
import json

import pytest
import requests


@pytest.fixture
def admin(double):
    return double.add_user(7, "Chefe", role="administrator")


@pytest.fixture
def get(double):
    def read(path, actor, account=7, **params):
        return requests.get(
            f"{double.url}/api/v1/accounts/{account}/{path}",
            params=params,
            headers={"Api-Access-Token": actor if isinstance(actor, str) else actor.access_token},
            timeout=5,
        )

    return read


def _said(double, number=7, text="Olá"):
    inbox = next(iter(double.accounts[number].inboxes.values()))
    return double.customer_says(number, inbox, double.add_contact(number, "Ana"), text)


def test_version_is_told_to_everybody(double):
    assert requests.get(f"{double.url}/api", timeout=5).json()["version"] == "4.15.1"
    double.version = "4.16.2"
    assert requests.get(f"{double.url}/api", timeout=5).json()["version"] == "4.16.2"


def test_administrators_see_bots_webhooks_and_bindings(double, get, admin):
    bot = double.accounts[7].bots[0]
    inbox = next(iter(double.accounts[7].inboxes.values()))
    hook = double.add_webhook(7, "http://127.0.0.1:9/hook")
    assert [b["access_token"] for b in get("agent_bots", admin).json()] == [bot.access_token]
    assert [i["id"] for i in get("inboxes", admin).json()["payload"]] == [inbox.id]
    assert get(f"inboxes/{inbox.id}", admin).json()["channel_type"] == "Channel::Whatsapp"
    assert get(f"inboxes/{inbox.id}/agent_bot", admin).json()["agent_bot"]["id"] == bot.id
    listed = get("webhooks", admin).json()["payload"]["webhooks"]
    assert [(w["url"], w["secret"]) for w in listed] == [(hook.outgoing_url, hook.secret)]
    inbox.bot = None
    assert get(f"inboxes/{inbox.id}/agent_bot", admin).json() == {"agent_bot": {}}


@pytest.mark.parametrize("path", ["agent_bots", "webhooks", "inboxes/{inbox}/agent_bot"])
def test_attendants_and_bots_do_not(double, get, path):
    path = path.format(inbox=next(iter(double.accounts[7].inboxes)))
    refused = get(path, double.accounts[7].users[0])
    assert (refused.status_code, refused.json()) == (
        401, {"error": "You are not authorized to do this action"},
    )  # fmt: skip
    for token in (double.accounts[7].bots[0], double.platform_token):
        assert get(path, token).json() == {
            "error": "Access to this endpoint is not authorized for bots"
        }


def test_account_7_sees_nothing_of_account_8(double, get, admin):
    _said(double, 8)
    for path in ("agent_bots", "webhooks", "inboxes", "conversations", "teams"):
        refused = get(path, admin, account=8)
        assert refused.json() == {"error": "You are not authorized to access this account"}
    double.accounts[7].suspended = True
    assert get("inboxes", admin).json() == {"error": "Account is suspended"}


def test_conversations_are_listed_by_status_and_page(double, get, admin):
    said = [_said(double, text=f"Olá {n}") for n in range(27)]
    double.set_status(said[0].conversation, "open")
    pending = get("conversations", admin, status="pending").json()["data"]
    assert pending["meta"]["all_count"] == 26
    assert [c["id"] for c in pending["payload"]] == [
        m.conversation.display_id for m in reversed(said[2:])
    ]
    second = get("conversations", admin, status="pending", page=2).json()["data"]["payload"]
    assert [c["id"] for c in second] == [said[1].conversation.display_id]
    assert (
        get("conversations", admin, status="pending", inbox_id=999).json()["data"]["payload"] == []
    )
    assert len(get("conversations", admin).json()["data"]["payload"]) == 1


def test_messages_before_after_and_between(double, get):
    user = double.accounts[7].users[0]
    ids = [_said(double).id]
    conversation = double.accounts[7].conversations[1]
    for number in range(24):
        message = double.customer_says(7, conversation.inbox, conversation.contact, f"{number}")
        ids.append(message.id)

    def read(**params):
        body = get(f"conversations/{conversation.display_id}/messages", user, **params).json()
        return [message["id"] for message in body["payload"]]

    assert read() == ids[-20:]
    assert read(before=ids[3]) == ids[:3]
    assert read(after=ids[3]) == ids[4:]
    assert read(after=ids[3], before=ids[6]) == ids[3:6]


def test_assignments_and_priority(double, get):
    team, user = double.add_team(7, "Vendas"), double.accounts[7].users[0]
    conversation = _said(double).conversation
    root = f"{double.url}/api/v1/accounts/7/conversations/{conversation.display_id}"
    headers = {"Api-Access-Token": conversation.inbox.bot.access_token}

    def post(path, **body):
        return requests.post(f"{root}/{path}", json=body, headers=headers, timeout=5)

    assert post("assignments", team_id=team.id).json() == {"id": team.id, "name": "Vendas"}
    assert post("assignments", assignee_id=user.id).json()["id"] == user.id
    assert (conversation.team, conversation.assignee) == (team, user)
    post("assignments", assignee_id=9999).raise_for_status()
    assert conversation.assignee is None
    answer = post("toggle_priority", priority="high")
    assert (answer.status_code, answer.content, conversation.priority) == (200, b"", "high")
    post("toggle_typing_status", typing_status="on").raise_for_status()
    assert conversation.typing == ["on"]


@pytest.mark.parametrize(
    ("version", "path", "method"),
    [("4.14.1", "", "GET"), ("4.14.1", "/labels", "POST"), ("4.11.1", "/toggle_typing_status",
     "POST")],
)  # fmt: skip
def test_older_versions_open_less_to_bots(double, version, path, method):
    double.version = version
    conversation = _said(double).conversation
    url = f"{double.url}/api/v1/accounts/7/conversations/{conversation.display_id}{path}"
    headers = {"Api-Access-Token": conversation.inbox.bot.access_token}
    refused = requests.request(method, url, json={}, headers=headers, timeout=5)
    assert refused.json() == {"error": "Access to this endpoint is not authorized for bots"}


def test_account_webhook_beside_the_bot_has_its_own_secret_and_no_retry(double, receiver):
    receiver.refused = {"conversation_created": [500, 500]}
    hook = double.add_webhook(7, receiver.url, ("message_created", "conversation_created"))
    message = _said(double)
    assert double.wait_for(double.idle, 5)
    heard = [d for d in double.outbox.deliveries if d.target is hook]
    assert {d.event for d in heard} == {"message_created", "conversation_created"}
    failed = next(d for d in heard if d.event == "conversation_created")
    assert (failed.statuses, message.conversation.status) == ([500], "pending")
    created = [(h, b) for h, b in receiver.received if b'"event":"message_created"' in b]
    assert len({h["X-Chatwoot-Delivery"] for h, _body in created}) == 2
    signed = {h["X-Chatwoot-Signature"]: (h["X-Chatwoot-Timestamp"], b) for h, b in created}
    for secret in (hook.secret, message.conversation.inbox.bot.secret):
        assert any(
            signature == "sha256=" + hmac.new(
                secret.encode(), stamp.encode() + b"." + body, hashlib.sha256
            ).hexdigest()
            for signature, (stamp, body) in signed.items()
        )  # fmt: skip


def test_an_account_webhook_leaves_later_and_shows_what_is_then(double, receiver):
    hook = double.add_webhook(7, receiver.url, ("message_created",))
    with double.holding_back() as held:
        message = _said(double)
        conversation, user = message.conversation, double.accounts[7].users[0]
        answer = double.attendant_says(conversation, user, "Já vejo")
        double.attendant_takes(conversation, user)
    told = [d for d in held if d.message is message and d.event == "message_created"]
    double.release(told)
    assert double.wait_for(double.idle, 5)
    shown = {d.target: json.loads(d.body)["conversation"] for d in told}
    bots, later = shown[conversation.inbox.bot], shown[hook]
    assert (bots["status"], bots["messages"][0]["id"]) == ("pending", message.id)
    assert (later["status"], later["messages"][0]["id"]) == ("open", answer.id)
    again = double.redeliver(told[-1])
    assert again.body == told[-1].body


def test_a_delivery_has_ended_when_all_its_copies_have(double, receiver):
    receiver.refused = {"message_created": [500]}
    double.outbox.retry_delay = 0.2
    inbox = next(iter(double.accounts[7].inboxes.values()))
    message = double.customer_says(7, inbox, double.add_contact(7, "Ana"), "Olá", copies=3)
    assert double.wait_for(double.idle, 5)
    assert sorted(double.delivery_of(message).statuses) == [200, 200, 200, 500]


def test_attendants_see_the_inboxes_they_belong_to(double, get, admin):
    theirs, other = (
        _said(double).conversation,
        double.customer_says(
            7,
            double.add_inbox(7, "Outra", "Channel::Telegram"),
            double.add_contact(7, "Bia"),
            "Oi",
        ).conversation,
    )
    user = double.accounts[7].users[0]
    user.inboxes = frozenset({theirs.inbox.id})
    for actor, seen in ((user, {theirs}), (admin, {theirs, other})):
        listed = get("conversations", actor, status="all").json()["data"]["payload"]
        assert {c["id"] for c in listed} == {c.display_id for c in seen}
        inboxes = get("inboxes", actor).json()["payload"]
        assert {i["id"] for i in inboxes} == {c.inbox.id for c in seen}
        for conversation in (theirs, other):
            for path in (
                f"inboxes/{conversation.inbox.id}",
                f"conversations/{conversation.display_id}/messages",
            ):
                assert get(path, actor).status_code == (200 if conversation in seen else 401)


@pytest.mark.parametrize(("version", "told"), [("4.14.1", False), ("4.14.2", True)])
def test_older_versions_do_not_tell_the_account_within_a_conversation(
    double, receiver, version, told
):
    double.version = version
    _said(double)
    assert double.wait_for(double.idle, 5)
    for payload in receiver.payloads():
        assert ("account" in payload.get("conversation", payload)) == told
        assert "account" in payload or "conversation" not in payload
