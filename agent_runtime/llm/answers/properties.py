"""What is asked about a thing that is named: "a coloração tem amônia?", "o cabo serve no iPhone?".

The price is no answer to it. What neither the thing's own text nor a passage knows is for a
person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ...decision.concepts import concept, concepts
from ...decision.intents import clauses
from ...decision.terms import named
from ...decision.text import plain
from ...engine.briefing import Briefing
from ...evidence import Evidence
from ...spelling import common
from . import passages
from .products import BESIDE
from .relevance import ENOUGH, is_around
from .statement import Statement

_HAS: Final = re.compile(
    r"\b(?:tem|teria|possui|leva|contem|vem com|vem em|serve|servem|funciona|aceita|aguenta|resiste"
    r"|pode|e (?:(?:bo[ma]|indicad[oa]|recomendad[oa]|feit[oa]) )?(?:para|de)"
    r"|has|have|contains?|works?|come with|comes with|is (?:good |made )?(?:for|of))\b"
)
"""Between the thing and what is asked of it; before the thing, "tem coloração?", it asks for it."""


_UNITS: Final = {
    "LENGTH": "m mt mts metro metros cm centimetros mm milimetros polegadas",
    "WEIGHT": "kg kgs quilo quilos kilo kilos g gr grama gramas",
    "VOLUME": "l lt lts litro litros ml",
    "POWER": "w watt watts",
}
_MEASURED: Final = {unit: what for what, units in _UNITS.items() for unit in units.split()}
_SIZE: Final = re.compile(rf"\d ?({'|'.join(_MEASURED)})\b")
_AT_ONCE: Final = re.compile(r"\bpronta entrega\b")


def unknown(briefing: Briefing) -> frozenset[str]:
    """The concepts asked of a thing that is named, where its own text knows none of them."""
    things = [e for e in briefing.evidence if e.kind in ("product", "service")]
    for said, asked in _asked(briefing.question):
        meant = _meant(said, things)
        if meant and asked and not any(common(asked, _known(thing)) for thing in meant):
            return asked
    return frozenset()


def of_a_thing(text: str, briefing: Briefing) -> bool:
    """Whether ``text`` asks something of a thing that it names, be it known or not."""
    things = [e for e in briefing.evidence if e.kind in ("product", "service")]
    return any(asked and _meant(said, things) for said, asked in _asked(text))


def answer(briefing: Briefing) -> list[Statement]:
    """The passages that know what is asked of the thing."""
    asked = unknown(briefing)
    knowing = {
        e.reference
        for e in briefing.evidence
        if len(common(asked, _known(e))) > ENOUGH * len(asked)
    }
    return [s for s in passages.answer(briefing) if knowing.intersection(s.references)]


def headed(briefing: Briefing) -> list[Statement]:
    """The passage that is headed by what is asked of a thing and names it: it limits what the
    thing's own text says."""
    things = [e for e in briefing.evidence if e.kind in ("product", "service")]
    limits = {
        piece.reference
        for said, asked in _asked(briefing.question)
        if _meant(said, things)
        for piece in briefing.evidence
        if piece.kind in ("document", "rule")
        and common(asked, concepts(piece.title))
        and common(said, concepts(piece.text))
    }
    return [s for s in passages.answer(briefing) if limits.intersection(s.references)]


def _asked(question: str) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """The concepts before and after the verb of each clause that has one."""
    for clause in clauses(question):
        if verb := _HAS.search(read := plain(clause)):
            rest = _AT_ONCE.sub(" ", read[verb.end() :])
            after = [word for word in named(rest) if not is_around(word) and word not in BESIDE]
            asked = frozenset(_unit(word) or concept(word) for word in after if not word.isdigit())
            yield concepts(read[: verb.start()]), asked


def _meant(said: frozenset[str], things: list[Evidence]) -> list[Evidence]:
    """The things whose names share most of what was said."""
    shared = [(len(common(said, concepts(thing.title))), thing) for thing in things]
    most = max((count for count, _thing in shared), default=0)
    return [thing for count, thing in shared if count == most and most]


def _known(thing: Evidence) -> frozenset[str]:
    text = f"{thing.title} {thing.text}"
    return concepts(text) | {_unit(unit) for unit in _SIZE.findall(plain(text))}


def _unit(word: str) -> str:
    """What a unit measures: who asks for metres is told of "2m". Empty for another word."""
    return _MEASURED.get(word, "")
