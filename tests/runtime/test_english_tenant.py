"""The customers of a company that writes English: the right facts, or a person.

The store, its search and the built-in responder are real; the questions are as people write them.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass

import pytest

from agent_runtime.contracts import HandoverReason, TurnResult
from agent_runtime.crews.environment import arrange
from tests.doubles import pet_shop_en

INVITATION = "\n\nAnything else, just ask!"
UNKNOWN = HandoverReason.NO_GROUNDED_ANSWER
ASKED = HandoverReason.ASKED_FOR_PERSON


@dataclass
class Shop:
    """The shop, on one loop."""

    loop: asyncio.AbstractEventLoop
    house: pet_shop_en.House

    def ask(self, question: str, *before: str) -> TurnResult:
        roles = ("customer", "crew")
        entries = [(roles[number % 2], text) for number, text in enumerate(before)]
        return self.loop.run_until_complete(self.house.ask(question, entries))


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    state = tmp_path_factory.mktemp("state")
    arrange(state)
    loop, stack = asyncio.new_event_loop(), AsyncExitStack()
    house = loop.run_until_complete(stack.enter_async_context(pet_shop_en.opened(state)))
    yield Shop(loop, house)
    loop.run_until_complete(stack.aclose())
    loop.run_until_complete(loop.shutdown_default_executor())
    loop.close()


CHRISTMAS = r"^Friday \(December 25, 2026\) we are closed \(Christmas\)\.$"
PAYMENT = r"^We accept cash, Visa and Mastercard, in up to 3 interest-free instalments\.$"


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("how much is the puppy food?", r"^Puppy food 3 kg: US\$ 24\.90\. We have it in stock"),
        ("is the wireless camera available?", r"89\.00\. We have it in stock \(6 units\)"),
        ("do you have the flea collar in stock?", r"out of stock at the moment\.$"),
        ("do you have the 24 inch aquarium in stock?", r"^Aquarium 24 inches: US\$ 129\.00\. We"),
        ("do you have 24 inch aquariums?", r"^Aquarium 24 inches: US\$ 129\.00\. We.*units\)\.$"),
        ('how much is a 36" aquarium?', r"^Aquarium 36 inches: US\$ 219\.00\. We.*units\)\.$"),
        ("I need 3 puppy foods, how much?", r"US\$ 74\.70$"),
        ("whats the price of the adult dog food? and is it in stock?", r"79\.90\. We have it in"),
        ("what are your hours?", r"^We are open now, until 18:00\. Our hours: Monday to Friday"),
        ("what are your hours today?", r"^Today we are open from 9:00 to 18:00\."),
        ("r u guys open rn?", r"^We are open now, until 18:00\."),
        ("what time do you close tmrw", r"^Tomorrow \(Saturday\) we are open from 9:00 to 13:00"),
        ("is the shop open on sundays?", r"^Sunday \(November 22, 2026\) we are closed\."),
        ("are you open next friday?", r"^Friday \(November 27, 2026\) we are open from 9:00"),
        ("r u open on xmas", CHRISTMAS),
        ("holiday hours?", r"on November 26, 2026 we are closed \(Thanksgiving\)"),
        ("are you open on thanksgiving?", r"^Thursday \(November 26, 2026\) we are closed"),
        ("do you take visa?", PAYMENT),
        ("can I pay with mastercard?", PAYMENT),
        ("do u take credit cards", PAYMENT),
        ("which payment methods do you accept?", PAYMENT),
        ("do you deliver to Portland?", r"delivery fee US\$ 6\.00 \(free from US\$ 50\.00\)"),
        ("do you ship to Salem?", r"^We do not deliver to Salem\. We deliver to: Portland\."),
        ("can I exchange a product I haven't opened?", r"^Unopened products may be returned"),
        ("whats ur return policy", r"^Unopened products may be returned within 30 days"),
        ("does the camera have a warranty?", r"^Electronic products have a warranty of 12 months"),
        ("any deals on baths?", r"^Promotion valid now: Clean November: 20% off bath and grooming"),
        ("got any deals going on right now?", r"20% off.*\(valid until November 30, 2026\)\.$"),
        ("anything on sale?", r"^Promotion valid now: Clean November"),
        ("how long does a bath take?", r"^Bath: US\$ 35\.00\. Duration: 1 hour\."),
        ("do you have parking?", r"^Free parking for customers behind the shop"),
        ("where are you located?", r"742 Alder Street"),
        ("whats your phone number", r"503 555 0142"),
        ("how much is a bath and do you have parking?", r"35\.00[\s\S]*Free parking"),
        ("hi! what are your hours today and do you take visa?", r"to 18:00[\s\S]*Mastercard"),
        ("how much is the puppy food and do you deliver to portland?", r"24\.90[\s\S]*US\$ 6"),
    ],
)
def test_answered(shop: Shop, question: str, fact: str) -> None:
    result = shop.ask(question)
    told = result.parts[0].removeprefix("Hi, Ana! 😊\n\n").removesuffix(INVITATION)
    assert re.search(fact, told), told
    assert result.handover is None, result.handover


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("do you sell hamsters?", UNKNOWN),
        ("are you open on memorial day?", UNKNOWN),
        ("are you open on labor day?", UNKNOWN),
        ("my package never arrived!!", UNKNOWN),
        ("can a real person help me pls", ASKED),
        ("I want to talk to a person", ASKED),
    ],
)
def test_a_person_comes(shop: Shop, question: str, reason: HandoverReason) -> None:
    result = shop.ask(question)
    assert result.handover, result.parts[0]
    assert result.handover.reason is reason
    assert not re.search(r"\$|\d", result.parts[0])


def test_the_known_part_is_told_beside_the_unknown(shop: Shop) -> None:
    result = shop.ask("how much is the puppy food and do you sell hamsters?")
    assert "24.90" in result.parts[0]
    assert result.handover


@pytest.mark.parametrize("text", ["hi", "thx, bye", "thank you so much for your help!", "ok cool"])
def test_small_talk_calls_nobody(shop: Shop, text: str) -> None:
    assert shop.ask(text).handover is None


def test_follow_ups(shop: Shop) -> None:
    told = shop.ask("and on saturday?", "what time do you close today?", "At 18:00.")
    assert told.parts[0].startswith("Tomorrow (Saturday) we are open")
    other = shop.ask("and the 36 inch one?", "how much is the 24 inch aquarium?", "US$ 129.00")
    assert "US$ 219.00" in other.parts[0]


@pytest.mark.parametrize(
    ("text", "before", "fact"),
    [
        ("how much is it?", "do you sell wireless cameras?", "Wireless pet camera: US$ 89.00"),
        ("is it in stock?", "how much is the flea collar?", "out of stock"),
        ("how much is it?", "do you have parking?", "Free parking for customers"),
        ("how much?", "do you do baths?", "Bath: US$ 35.00"),
        ("the 36 inch one, how much?", "do you sell aquariums?", "Aquarium 36 inches: US$ 219.00"),
    ],
)
def test_what_was_spoken_of_is_still_meant(shop: Shop, text: str, before: str, fact: str) -> None:
    result = shop.ask(text, before, "Yes.")
    assert fact in result.parts[0]
    assert result.handover is None


def test_a_price_that_nobody_knows_is_no_rule_told_again(shop: Shop) -> None:
    before = ("is a rabies vaccination needed?", "Dogs need a rabies vaccination.")
    result = shop.ask("how much is it?", *before)
    assert result.handover
