"""What a conversation at rest must look like, whatever has happened in it.

Every message of the customer is answered or handed over once. It may be excused, for exactly one
of these reasons: a person has said something to the customer since, or people have the
conversation now. A conversation given back to the bot excuses nothing but the former.
"""

from __future__ import annotations

from collections import Counter

from demo.chatwoot_double import Conversation, Message, User
from demo.scenario.checks import DONE
from demo.stage import Stage, StagedTenant

from .served import nothing_twice, served_once, turns_of


def judge_messages(
    stage: Stage, staged: StagedTenant, said: list[Message], given_back: bool
) -> Counter[str]:
    """How many messages ended how; fails for one that is neither served nor excused.

    To be called at rest. ``given_back``: whether a person has ever returned the conversation.
    """
    return Counter(_outcome(stage, staged, message, given_back) for message in said)


def _outcome(stage: Stage, staged: StagedTenant, message: Message, given_back: bool) -> str:
    conversation = message.conversation
    turns = turns_of(staged, message)
    if any(state in DONE for _turn, state in turns):
        return served_once(stage, staged, message, given_back)
    if any(m.id > message.id and said_by_person(m) for m in list(conversation.messages)):
        return "answered by a person"
    assert conversation.status != "pending", f"message {message.id} got lost: {turns}"
    return "left to people"


def said_by_person(message: Message) -> bool:
    """Whether a person said it to the customer, in Chatwoot or on the company's phone."""
    echo = message.content_attributes.get("external_echo")
    return not message.private and (isinstance(message.sender, User) or bool(echo))


def judge_answers(
    stage: Stage, conversation: Conversation, taken: list[tuple[float, float | None]]
) -> list[Message]:
    """What the bot wrote. Each answer left after a look at the conversation that allowed it.

    ``taken``: when a person had the conversation, from and until (monotonic). The look must be
    the answer's own, later than anything the bot had said before; nobody had the conversation
    then, and the last words in it were not a person's.
    """
    sent = nothing_twice(stage, conversation)
    with stage.double.changed:
        messages, arrivals = list(conversation.messages), dict(stage.double.arrivals)
        looks = dict(stage.double.read_before)
    last_said = 0.0
    for message in sent:
        if message.private:
            continue
        look = looks[message.id]
        assert look is not None, f"answer {message.id} was sent without a look"
        assert look > last_said, f"answer {message.id} was sent after another one's look"
        over = [span for span in taken if span[0] < look and (span[1] is None or look < span[1])]
        assert not over, f"answer {message.id} was sent over a person's head"
        before = [m for m in messages if m.id in arrivals and arrivals[m.id] < look]
        assert before, f"answer {message.id} was sent before anybody wrote"
        assert not said_by_person(before[-1]), f"answer {message.id} follows a person's answer"
        last_said = arrivals[message.id]
    return sent
