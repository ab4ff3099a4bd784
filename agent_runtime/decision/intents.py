"""Which intents a text carries and how surely. Several may hold at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from . import help_wanted, person_request
from . import vocabulary as v
from .any_of import AnyOf
from .own_contact import without_own
from .terms import named
from .text import plain

SURE_ENOUGH = 0.7
"""An intent this sure stands by itself; a weaker one only when nothing surer was found."""

_CLAUSE = re.compile(
    r"[.?!;\n]+|,\s+(?=e |mas |and |quais|qual|quanto|que |tem )"
    r"|\s+e (?=quais|qual|quanto|que |se )"
    # "e" joins two questions where a verb of the second follows; "ração e areia" is one.
    r"|\s+e (?=(?:voc[eê]s?|vcs?|como|onde|quando|posso|tem|aceitam?|fazem|entregam?|abrem) )"
    r"|(?:,\s*|\s+)(?:and|but) (?=(?:do|does|are|is|can|could|how|what|when|where|which|will) )"
    r"|,\s+(?=(?:do (?:you|u|i|they)|does|are|can|how|what|when|where|which) )",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9]")
_OPENINGS = frozenset(
    ["duvida", "duvidas", "pergunta", "perguntar", "ajuda", "ajudar", "falar", "informacao"]
)
"""What a first clause only announces: "posso tirar uma dúvida?"."""
_SUREST_FIRST = {
    intent: sorted(patterns, key=lambda one: -one[1]) for intent, patterns in v.PATTERNS.items()
}
_SPEAKS_OF = {
    intent: AnyOf(pattern.pattern for pattern, _sure in patterns)
    for intent, patterns in v.PATTERNS.items()
}
_SMALL_TALK = (v.GREETING, v.THANKS)


def forget() -> None:
    """Drop what is kept of texts that were read, so that a measurement begins with none."""
    for kept in (scores, _intents, plain):
        kept.cache_clear()


def clauses(text: str) -> list[str]:
    """The text cut where a new question may begin, original spelling."""
    return [part.strip(" ,") for part in _CLAUSE.split(text) if part.strip(" ,")]


@lru_cache(maxsize=256)
def scores(text: str) -> Mapping[str, float]:
    """Every intent with a matching pattern and its surest match, 0 to 1.

    Kept for the texts last read: a turn asks several times, for the whole and for its clauses.
    """
    read = plain(text)
    found = {intent: _surest(intent, read) for intent in _SUREST_FIRST}
    if found[v.PRODUCT] < SURE_ENOUGH and v.OWN_THING.search(read):
        found[v.PRODUCT] = _surest(v.PRODUCT, v.OWN_THING.sub(" ", read))
    if found[v.ADDRESS_CONTACT]:
        found[v.ADDRESS_CONTACT] = _surest(v.ADDRESS_CONTACT, without_own(read))
    if person_request.REFUSES.search(read):
        found[v.PERSON] = 0.0
    # A greeting opens a line of its own in a burst of messages.
    if any(v.PATTERNS[v.GREETING][0][0].search(plain(line)) for line in text.splitlines()):
        found[v.GREETING] = 1.0
    # A wish for an appointment stands beside a question of another clause: "que horários tem?"
    if any(_SPEAKS_OF[v.BOOKING].search(plain(clause)) for clause in clauses(text)):
        found[v.BOOKING] = 1.0
    return MappingProxyType({intent: score for intent, score in found.items() if score})


def _surest(intent: str, read: str) -> float:
    """How sure the surest pattern of an intent is that ``read`` holds; 0 without any."""
    if not _SPEAKS_OF[intent].search(read):
        return 0.0
    return next(sure for pattern, sure in _SUREST_FIRST[intent] if pattern.search(read))


def intents(text: str) -> dict[str, float]:
    """The intents that count, surest first.

    ``other`` stands for a message that says something none of the patterns knows; small talk
    beside a question stays, so that it is answered in the same reply.
    """
    return dict(_intents(text))


@lru_cache(maxsize=64)
def _intents(text: str) -> dict[str, float]:
    if not _WORD.search(plain(text)):
        # A lone emoji is a nod; a lone question mark repeats what was asked.
        return {v.OTHER if "?" in text else v.THANKS: 0.5}
    if help_wanted.is_all(plain(text)):
        return {v.GREETING: 1.0}
    found = scores(text)
    topics = {i: s for i, s in found.items() if i not in _SMALL_TALK}
    sure = {i: s for i, s in topics.items() if s >= SURE_ENOUGH}
    kept = sure or topics
    if v.PRODUCT in topics.keys() - kept.keys() and any(
        _only_product(clause) for clause in clauses(text)
    ):
        kept = {**kept, v.PRODUCT: topics[v.PRODUCT]}
    for clause in clauses(text):
        kept = {**_by_itself(clause, kept), **kept}
    small = {i: s for i, s in found.items() if i in _SMALL_TALK}
    if not kept and not _only_small_talk(text, small):
        kept = {v.OTHER: 0.5}
    merged = kept | small
    return dict(sorted(merged.items(), key=lambda item: (-item[1], item[0])))


def _only_product(clause: str) -> bool:
    """Whether a clause asks for a thing and nothing else, as "tem areia?" among other questions."""
    return set(scores(clause)) - set(_SMALL_TALK) == {v.PRODUCT}


def _by_itself(clause: str, kept: dict[str, float]) -> dict[str, float]:
    """What a further question asks, that nothing sure was found in: "onde fica? posso ir com meu
    cachorro?" are two, and the second must not be lost beside the first."""
    if not kept or not set(named(clause)) - _OPENINGS:
        return {}
    weak = {i: s for i, s in scores(clause).items() if i not in _SMALL_TALK}
    lost = weak and max(weak.values()) < SURE_ENOUGH and not weak.keys() & kept.keys()
    return weak if lost else {}


def _only_small_talk(text: str, small: dict[str, float]) -> bool:
    """Whether nothing but pleasantries is left when the known ones are taken away."""
    if not small:
        return False
    rest = plain(text)
    for intent in _SMALL_TALK:
        for pattern, _sure in v.PATTERNS[intent]:
            rest = pattern.sub(" ", rest)
    rest = v.NOD.sub(" ", rest)
    rest = re.sub(
        r"\b(?:tudo (?:bem|bom|certo)|como vai|voces?|por favor|muito|pela? (?:ajuda|atencao)"
        r"|there|for (?:your|the|all your) help|you|so much|a lot|guys"
        r"|viu|bastante|demais|ajud(?:ou|aram)"
        r"|beij\w+|abracos?|ai|gente|pessoal|all|e|a|o|(?:era )?(?:so )?isso)\b",
        " ",
        rest,
    )
    return not re.search(r"[a-z0-9]{2,}", rest)
