"""The whole answer of a turn: every intent in one reply, and what could not be answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from ...decision import vocabulary as v
from ...decision.own_case import is_own_case
from ...engine.briefing import Briefing
from . import contact, hours, passages, products, promotions
from .phrases import listed, phrases
from .statement import Statement


class Draft(NamedTuple):
    """Body of the answer, the evidence behind it, and the intents that got none."""

    body: str
    references: tuple[str, ...]
    unanswered: tuple[str, ...]


def respond(briefing: Briefing) -> Draft:
    """Compose the answer. The salutation and the signature are the channel's, not ours."""
    statements: list[Statement] = []
    asked, unanswered = set(briefing.intents), list[str]()
    if is_own_case(briefing.question):
        # Policies and products say nothing of what happened to this customer.
        asked &= _FIXED
        unanswered.append(v.OTHER)
    for intent in _ORDER:
        if intent not in asked:
            continue
        found = _ANSWERS[intent](briefing)
        statements += [s for s in found if s not in statements]
        if not found:
            unanswered.append(intent)
    say = phrases(briefing.language)
    if statements and unanswered:
        topics = [say["topics"][intent] for intent in unanswered]
        about = listed(topics, briefing.language)
        statements.append(Statement(say["unknown_about"].format(topic=about)))
    if not statements and not unanswered:
        statements = [Statement(say["welcome" if v.THANKS in briefing.intents else "help"])]
    return Draft(
        body="\n\n".join(_paragraphs(statements)),
        references=tuple(dict.fromkeys(r for s in statements for r in s.references)),
        unanswered=tuple(unanswered),
    )


def _product(briefing: Briefing) -> list[Statement]:
    if products.names_nothing(briefing):
        return [Statement(phrases(briefing.language)["name_product"])]
    if products.only_for_another_animal(briefing):
        return []
    return products.answer(briefing) or passages.answer(briefing)


def _identity(briefing: Briefing) -> list[Statement]:
    say = phrases(briefing.language)
    return [Statement(say["identity"].format(company=briefing.company.name), ("config",))]


def _promotion(briefing: Briefing) -> list[Statement]:
    """The offers; for one that does not hold, that it does not, and what the thing costs."""
    if promotions.names_one(briefing) and (priced := products.answer(briefing)):
        refusal = Statement(phrases(briefing.language)["not_this_promotion"])
        return [refusal, *priced]
    return promotions.answer(briefing)


def _other(briefing: Briefing) -> list[Statement]:
    """A passage or a product, whichever knows more of what was said."""
    if products.only_for_another_animal(briefing):
        return []
    product = products.best_match(briefing)
    if product and product >= passages.best_match(briefing):
        return products.answer(briefing)
    return passages.answer(briefing) or products.answer(briefing)


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


_ORDER = (v.OPENING_HOURS, v.ADDRESS_CONTACT, v.PROMOTION, v.PRODUCT, v.POLICY, v.IDENTITY, v.OTHER)
_FIXED = {v.OPENING_HOURS, v.ADDRESS_CONTACT, v.IDENTITY}
"""What is the same for every customer."""
_ANSWERS: dict[str, Callable[[Briefing], list[Statement]]] = {
    v.OPENING_HOURS: hours.answer,
    v.ADDRESS_CONTACT: contact.answer,
    v.PRODUCT: _product,
    v.PROMOTION: _promotion,
    v.POLICY: passages.answer,
    v.IDENTITY: _identity,
    v.OTHER: _other,
}
