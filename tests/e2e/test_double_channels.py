"""The double's channels: windows, templates, choices, failures, echoes, and the bot as assignee."""

from __future__ import annotations

import json

import pytest
import requests

DAY = 24 * 3600
CHOICES = {"items": [{"title": "Banho", "value": "bath"}, {"title": "Tosa", "value": "trim"}]}


@pytest.fixture
def post(double):
    """Create a message as the conversation's bot."""

    def send(conversation, content="Oi", **values):
        url = f"{double.url}/api/v1/accounts/{conversation.account.id}"
        return requests.post(
            f"{url}/conversations/{conversation.display_id}/messages",
            json={"content": content, **values},
            headers={"Api-Access-Token": conversation.inbox.bot.access_token},
            timeout=5,
        )

    return send


@pytest.fixture
def talk(double):
    """A conversation in a new inbox of account 7, begun by its customer."""

    def begin(channel="Channel::Whatsapp", **values):
        bot = double.accounts[7].bots[0]
        inbox = double.add_inbox(7, "Canal", channel, bot, **values)
        return double.customer_says(7, inbox, double.add_contact(7, "Ana"), "Olá").conversation

    return begin


def _told(double, message, event="message_updated"):
    """The bodies of a message's events as the receiver got them, in the order of the events."""
    assert double.wait_for(double.idle, 5)
    told = [d for d in double.outbox.deliveries if d.message is message and d.event == event]
    assert all(delivery.statuses == [200] for delivery in told)
    return [json.loads(delivery.body) for delivery in told]


@pytest.mark.parametrize("channel", ["Channel::Whatsapp", "Channel::FacebookPage"])
def test_text_outside_the_window_is_accepted_and_fails_later(double, post, talk, channel):
    conversation = talk(channel)
    assert conversation.can_reply
    double.time_passes(conversation, DAY)
    assert post(conversation).status_code == 200
    message = double.answers(conversation)[0]
    update = _told(double, message)[-1]
    assert update["conversation"]["can_reply"] is False
    assert update["conversation"]["messages"][0]["status"] == "failed"
    assert update["content_attributes"]["external_error"]


@pytest.mark.parametrize(("name", "status"), [("volte", "sent"), ("unknown", "failed")])
def test_template_outside_the_window(double, post, talk, name, status):
    conversation = talk(templates=("volte",))
    double.time_passes(conversation, DAY)
    template = {"name": name, "language": "pt_BR", "category": "UTILITY"}
    assert post(conversation, template_params=template).status_code == 200
    assert double.answers(conversation)[0].status == status


def test_template_without_a_name_is_refused(double, post, talk):
    conversation = talk()
    assert post(conversation, template_params={"language": "pt_BR"}).status_code == 422
    assert double.answers(conversation) == []


@pytest.mark.parametrize(
    "attributes",
    [{}, {"items": []}, {"items": ["Banho"]}, {"items": [{"title": "A", "value": "a", "id": 1}]}],
)
def test_choices_in_the_wrong_form_are_refused(double, post, talk, attributes):
    conversation = talk()
    answer = post(conversation, content_type="input_select", content_attributes=attributes)
    assert answer.status_code == 422
    assert answer.json()["error"].startswith("Validation failed: Content attributes")
    assert double.answers(conversation) == []


def test_the_widget_answers_in_the_same_message(double, post, talk):
    conversation = talk("Channel::WebWidget")
    post(conversation, content_type="input_select", content_attributes=CHOICES)
    offered = double.answers(conversation)[0]
    assert double.visitor_picks(offered, "trim") is offered
    values = _told(double, offered)[-1]["content_attributes"]["submitted_values"]
    assert values == [{"title": "Tosa", "value": "trim"}]
    assert len(conversation.messages) == 2


@pytest.mark.parametrize(
    ("channel", "text"), [("Channel::Whatsapp", "Tosa"), ("Channel::Line", "trim")]
)
def test_elsewhere_the_answer_is_a_new_text(double, post, talk, channel, text):
    conversation = talk(channel)
    post(conversation, content_type="input_select", content_attributes=CHOICES)
    picked = double.visitor_picks(double.answers(conversation)[0], "trim")
    assert (picked.message_type, picked.content) == ("incoming", text)


def test_where_choices_are_not_shown_none_can_be_picked(double, post, talk):
    conversation = talk("Channel::Instagram")
    post(conversation, content_type="input_select", content_attributes=CHOICES)
    with pytest.raises(LookupError):
        double.visitor_picks(double.answers(conversation)[0], "trim")


def test_echo_edit_and_deletion(double, talk):
    conversation = talk()
    asked = conversation.messages[0]
    double.edits(asked, "Olá, bom dia")
    assert _told(double, asked)[-1]["content"] == "Olá, bom dia"
    double.deletes(asked)
    assert _told(double, asked)[-1]["content_attributes"] == {"deleted": True}
    echo = double.phone_echo(conversation, "Já respondo")
    payload = _told(double, echo, "message_created")[0]
    assert (payload["sender"], payload["message_type"]) == (None, "outgoing")
    assert payload["content_attributes"] == {"external_echo": True}


def test_a_failed_delivery_is_an_update(double, post, talk):
    conversation = talk()
    post(conversation)
    sent = double.answers(conversation)[0]
    double.channel_fails(sent, "131026: Undeliverable")
    update = _told(double, sent)[-1]
    assert update["content_attributes"]["external_error"] == "131026: Undeliverable"
    assert update["conversation"]["messages"][0]["status"] == "failed"


def test_from_416_on_the_bot_is_the_assignee_until_it_hands_over(double, talk):
    assert talk().assignee is None
    double.version = "4.16.0"
    conversation = talk()
    bot = conversation.inbox.bot
    assert (conversation.status, conversation.assignee) == ("pending", bot)
    meta = _told(double, conversation.messages[0], "message_created")[0]["conversation"]["meta"]
    assert (meta["assignee_type"], meta["assignee"]["type"]) == ("AgentBot", "agent_bot")
    url = f"{double.url}/api/v1/accounts/7/conversations/{conversation.display_id}/toggle_status"
    headers = {"Api-Access-Token": bot.access_token}
    requests.post(url, json={"status": "open"}, headers=headers, timeout=5).raise_for_status()
    assert (conversation.status, conversation.assignee) == ("open", None)
    double.attendant_gives_back(conversation)
    assert conversation.status == "pending"


def test_a_resolved_conversation_is_reopened_where_there_is_only_one(double, talk):
    for lock in (True, False):
        first = talk(lock_to_single=lock)
        double.set_status(first, "resolved")
        again = double.customer_says(7, first.inbox, first.contact, "Mais uma coisa")
        assert (again.conversation is first) == lock
        assert again.conversation.status == "pending"
