"""The whole answer of a turn: every intent in one reply, and what could not be answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ...decision import vocabulary as v
from ...decision.availability import asks_for_a_place
from ...decision.delivery_question import is_asked as delivery_is_asked
from ...decision.door_hours import is_about_the_door
from ...decision.intents import clauses, scores
from ...decision.own_case import is_own_case
from ...decision.queries import things
from ...decision.terms import named
from ...decision.text import plain
from ...decision.topic import is_about_coming
from ...engine.briefing import Briefing
from . import (
    companions,
    contact,
    delivery,
    hours,
    leftover,
    offers,
    own_orders,
    passages,
    prices,
    products,
    promotions,
    properties,
    scheduling,
    slots,
    wishes,
)
from .phrases import listed, phrases
from .statement import Statement


class Draft(NamedTuple):
    """Body of the answer, the evidence behind it, and the intents that got none."""

    body: str
    references: tuple[str, ...]
    unanswered: tuple[str, ...]
    choices: tuple[str, ...] = ()
    """References of what the customer is asked to choose from; the body does not list them."""


def respond(briefing: Briefing) -> Draft:
    """Compose the answer. The salutation and the signature are the channel's, not ours."""
    statements, said = list[Statement](), list[Statement]()
    settled, noted = wishes.settled(briefing), wishes.noted(briefing)
    briefing = wishes.without(briefing)
    asked, unanswered = set(briefing.intents) - settled, list[str]()
    if is_own_case(briefing.question) and not own_orders.are_told(briefing):
        # Policies and products say nothing of what happened to this customer.
        asked &= _FIXED
        unanswered += [] if v.ORDER in asked else [v.OTHER]
    if v.OPENING_HOURS in asked:
        asked = (asked - {v.OPENING_HOURS}) | _hours_or_else(asked, briefing)
    if v.PRODUCT in asked and delivery.answer(briefing):
        asked.add(v.POLICY)
    found = {intent: _ANSWERS[intent](briefing) for intent in _ORDER if intent in asked}
    left = leftover.complete(found, briefing)
    unanswered += [intent for intent, told in found.items() if not told]
    if left or _leaves_open(found, briefing):
        unanswered.append(v.OTHER)
    for intent, told in _without_repeats(found).items():
        fresh = [s for s in dict.fromkeys(told) if s not in statements]
        said += _marked(intent, fresh, briefing)
        statements += fresh
    if not unanswered:
        said += companions.answer(statements, briefing)
    say = phrases(briefing.language)
    statements, topics = said, [say["topics"][intent] for intent in dict.fromkeys(unanswered)]
    statements += noted
    if found.get(v.ORDER) and not own_orders.are_told(briefing):
        unanswered.append(v.ORDER)
    if found.get(v.BOOKING) and not slots.answer(briefing):
        unanswered.append(v.BOOKING)  # whatever is told of it, a person makes the appointment
    if statements and topics:
        about = listed(topics, briefing.language)
        words = say["unknown_about"][briefing.voice.tone]
        statements.append(Statement(words.format(topic=about)))
    if not statements and not unanswered:
        words = say["welcome" if v.THANKS in briefing.intents else "help"]
        statements = [Statement(words[briefing.voice.tone])]
    elif not unanswered:
        statements = [*_opening(statements, briefing), *statements]
    statements, choices = _asking(statements, briefing) if not unanswered else (statements, ())
    return Draft(
        body="\n\n".join(_paragraphs(statements)),
        references=tuple(dict.fromkeys(r for s in statements for r in s.references)),
        unanswered=tuple(unanswered),
        choices=choices,
    )


def _leaves_open(found: dict[str, list[Statement]], briefing: Briefing) -> bool:
    """Whether a thing was asked for that is not told, or of one told what nobody here knows."""
    told = [statement for statements in found.values() for statement in statements]
    left_out = {v.PRODUCT, v.OTHER} & found.keys() and prices.left_out(_of_things(briefing))
    return bool(left_out) or products.awaited(told, briefing)


def _of_things(briefing: Briefing) -> Briefing:
    """The briefing without the clauses that ask for an appointment, where one is wanted."""
    if v.BOOKING not in briefing.intents:
        return briefing
    about = " ".join(c for c in clauses(briefing.question) if not asks_for_a_place(c))
    same = briefing.latest == briefing.question
    return briefing.model_copy(
        update={"question": about, "latest": about if same else briefing.latest}
    )


def _hours_or_else(asked: set[str], briefing: Briefing) -> set[str]:
    """What a question for hours asks: the door's, or the times of an appointment, how a thing
    works, until when something can be had; and what is asked of a thing beside it."""
    said = clauses(briefing.question)
    of_things = [c for c in said if properties.of_a_thing(c, briefing)]
    hours_asked = [c for c in said if v.OPENING_HOURS in scores(c) and c not in of_things]
    if of_things and not hours_asked:
        return {v.OTHER}
    beside = {v.OTHER} if of_things and v.PRODUCT not in asked else set[str]()
    if not is_about_the_door(briefing.question):
        if v.BOOKING in asked and slots.answer(briefing):
            return beside
        if passages.tell_time(briefing):
            return beside | {v.POLICY}
    return beside | {v.OPENING_HOURS}


def _opening(statements: list[Statement], briefing: Briefing) -> list[Statement]:
    """What the tenant's tone puts before the first answer of a conversation, if it is one."""
    words = phrases(briefing.language)["openings"][briefing.voice.tone]
    begun = any(entry.role == "crew" for entry in briefing.history)
    asks = statements[-1].question or statements[-1].text.endswith("?")
    return [] if begun or asks or not words else [Statement(words)]


def _asking(
    statements: list[Statement], briefing: Briefing
) -> tuple[list[Statement], tuple[str, ...]]:
    """The statements with the last as a question, where it is one; a letter lists everything."""
    question = statements[-1].question if statements else None
    if question is None or briefing.form.letter:
        return statements, ()
    return [*statements[:-1], Statement(question.text, question.choices)], question.choices


def _without_repeats(found: dict[str, list[Statement]]) -> dict[str, list[Statement]]:
    """The answers without promotions that stand beside the price of what they hold for."""
    priced = [set(s.references) for s in found.get(v.PRODUCT, ())]
    return {
        intent: [s for s in told if not any(set() < set(s.references) < refs for refs in priced)]
        if intent == v.PROMOTION
        else told
        for intent, told in found.items()
    }


def _marked(intent: str, found: list[Statement], briefing: Briefing) -> list[Statement]:
    """The answer to one intent behind its emoji, where the tenant likes them."""
    emoji = phrases(briefing.language)["emoji"].get(intent)
    if not found or not emoji or briefing.voice.emoji != "moderate" or briefing.form.letter:
        return found
    first, *others = found
    question = first.question
    if question:
        question = question._replace(text=f"{emoji} {question.text}")
    return [first._replace(text=f"{emoji} {first.text}", question=question), *others]


def _product(briefing: Briefing) -> list[Statement]:
    """A product's price and stock, a service's price, or what a delivery costs."""
    if quoted := delivery.answer(briefing):
        if products.names_nothing(briefing):
            return quoted
        wanted = any(thing.sure for thing in things(briefing.question))
        return prices.answer(briefing) or ([] if wanted else quoted)
    if products.names_nothing(briefing):
        return [Statement(phrases(briefing.language)["name_product"])]
    if products.only_for_another_animal(briefing):
        return []
    named = products.is_named(briefing) or offers.is_named(briefing)
    known_better = not named and passages.best_match(briefing) > _best_thing(briefing)
    if known_better and (told := _told_of_it(briefing)):
        return told  # "pizza sem glúten": no dish is called so, but a passage tells of it
    if properties.unknown(briefing):
        return properties.answer(briefing)
    return prices.answer(briefing) or _told_of_it(briefing)


def _told_of_it(briefing: Briefing) -> list[Statement]:
    """What the company's words say of the thing; of one whose price alone is asked now, "e quanto
    é?", only what has an amount: the rest was told before."""
    told = _policy(briefing)
    only_price = briefing.latest != briefing.question and not named(briefing.latest)
    return [s for s in told if not only_price or _AMOUNT.search(s.text)]


def _booking(briefing: Briefing) -> list[Statement]:
    """The free times, where they are known; else what booking takes."""
    return slots.too_many(briefing) or slots.answer(briefing) or scheduling.booking(briefing)


def _policy(briefing: Briefing) -> list[Statement]:
    """The terms that hold: worked out where that is possible, else in the company's words."""
    worked_out = delivery.answer(briefing)
    if not worked_out:
        return scheduling.answer(briefing) or passages.answer(briefing)
    asked = clauses(briefing.question)
    rest = " ".join(
        c
        for c in asked
        if v.POLICY in scores(c) and not delivery_is_asked(c) and not is_about_coming(c)
    )
    more = passages.answer(briefing.model_copy(update={"question": rest})) if rest else []
    return worked_out + [s for s in more if s.references != worked_out[0].references]


def _service(briefing: Briefing) -> list[Statement]:
    """The catalogue; a length of time from whoever knows it."""
    if v.DURATION.search(plain(briefing.question)) and not offers.know_duration(briefing):
        return _policy(briefing)
    return offers.catalogue(briefing) or _policy(briefing) or products.answer(briefing)


def _about(briefing: Briefing) -> list[Statement]:
    """What the company does: its own description, its line of business, its services."""
    say, company = phrases(briefing.language), briefing.company
    found = []
    if company.description:
        found.append(Statement(contact.one_line(company.description), ("config",)))
    elif company.business_area:
        text = say["business_area"].format(value=company.business_area)
        found.append(Statement(text, ("config",)))
    return found + offers.catalogue(briefing)


def _identity(briefing: Briefing) -> list[Statement]:
    say = phrases(briefing.language)
    return [Statement(say["identity"].format(company=briefing.company.name), ("config",))]


def _promotion(briefing: Briefing) -> list[Statement]:
    """The offers; for one that does not hold, that it does not, and what the thing costs."""
    if promotions.names_one(briefing):
        if standing := passages.of_discount(briefing):
            return standing
        if priced := products.answer(briefing):
            return [Statement(phrases(briefing.language)["not_this_promotion"]), *priced]
    return promotions.answer(briefing)


def _other(briefing: Briefing) -> list[Statement]:
    """A passage or a product, whichever knows more of what was said."""
    if products.only_for_another_animal(briefing):
        return []
    if properties.unknown(briefing):
        return properties.answer(briefing)
    if told := properties.headed(briefing):
        return told
    named, known = _best_thing(briefing), passages.best_match(briefing)
    if named and (named > known or (named == known and not _ASKS_HOW(plain(briefing.question)))):
        return prices.answer(briefing)
    return _policy(briefing) or prices.answer(briefing)


def _best_thing(briefing: Briefing) -> float:
    """Share of what was named that the best fitting product or service knows."""
    return max(products.best_match(briefing), offers.best_match(briefing))


def _paragraphs(statements: list[Statement]) -> list[str]:
    """Statements on the same evidence belong together in one paragraph."""
    paragraphs: list[str] = []
    before: tuple[str, ...] = ()
    for statement in statements:
        if paragraphs and statement.references and statement.references == before:
            paragraphs[-1] += f" {statement.text}"
        else:
            paragraphs.append(statement.text)
        before = statement.references
    return paragraphs


_ASKS_HOW = re.compile(r"(?:^|[.?!,] ?)(?:e )?(?:como|how)\b").search
"""Who asks how something is done wants no price."""
_ORDER = (
    v.ABOUT,
    v.OPENING_HOURS,
    v.ADDRESS_CONTACT,
    v.PROMOTION,
    v.PRODUCT,
    v.SERVICE,
    v.BOOKING,
    v.ORDER,
    v.POLICY,
    v.IDENTITY,
    v.OTHER,
)
_AMOUNT = re.compile(r"[$€£%]|\d[.,]\d\d\b|\breais\b|\bgr[aá]tis\b|\bsem custo\b|\bfree\b", re.I)
_FIXED = {v.ORDER, v.OPENING_HOURS, v.ADDRESS_CONTACT, v.SERVICE, v.ABOUT, v.IDENTITY}
"""What is the same for every customer."""
_ANSWERS: dict[str, Callable[[Briefing], list[Statement]]] = {
    v.OPENING_HOURS: hours.answer,
    v.ADDRESS_CONTACT: contact.answer,
    v.PRODUCT: _product,
    v.PROMOTION: _promotion,
    v.SERVICE: _service,
    v.BOOKING: _booking,
    v.ABOUT: _about,
    v.ORDER: own_orders.answer,
    v.POLICY: _policy,
    v.IDENTITY: _identity,
    v.OTHER: _other,
}
