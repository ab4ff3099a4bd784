"""What to search for: the part of the message that the search is about."""

from __future__ import annotations

import re
from typing import NamedTuple

from . import vocabulary as v
from .by_price import without_price_wish
from .delivery_question import is_asked
from .intents import clauses, scores
from .other_words import in_other_words
from .terms import named
from .text import plain

_PERCENTAGE = re.compile(r"\d+(?:[.,]\d+)?\s*%")
_WORD = re.compile(r"\w+")
_BESIDE = re.compile(r",\s*(?:e\s+)?|\s+(?:e|and|y|mais)\s+", re.IGNORECASE)
_ARTICLE = re.compile(
    r"(?:[oa]s?|uma?s?|uns|d[oa]s?|de|the|an?|el|la|los|las|un|\d+)\s", re.IGNORECASE
)
_FIXED = frozenset({v.OPENING_HOURS, v.ADDRESS_CONTACT, v.PRODUCT, v.PROMOTION})
"""What no document is asked for."""
QUESTIONS = 3
"""Looked up one by one."""
_ASKS = re.compile(
    r"^(?:e |mas |and |but )?(?:(?:voces?|ai|la) )?(?:tem|tinha|ha|existe|aceitam?|fazem?|vendem?"
    r"|entregam?|abrem?|fecham?|atendem?|posso|pode|podem|da para|consigo|qual|quais|quanto|quantos"
    r"|quantas|como|onde|quando|do you|does|is there|are there|can|could|what|which|how|where|when"
    r"|hay|tienen|aceptan|cuanto|cual|donde)\b"
)
"""Begins a question: a story between two of them wants no answer."""


class Thing(NamedTuple):
    """One of the things asked for, in the customer's words."""

    text: str
    sure: bool
    """Whether it must be a thing: it has an article, or it is all that is asked."""


def product_query(text: str, latest: str = "") -> str:
    """The product the customer names, in the customer's spelling; empty when none is named.

    Only the clauses that ask for a product count, so that "até que horas abrem? e quanto custa
    a ração?" searches the food and not the hours. ``latest`` is the message of a follow-up, which
    counts whole: "e a de filhote?" asks for no price in words.
    """
    text, latest = without_price_wish(text), without_price_wish(latest)
    if latest and latest != text:
        return f"{product_query(text)} {_named_words(latest)}".strip()
    asked = [clause for clause in clauses(text) if v.PRODUCT in scores(clause)]
    about = [clause for clause in asked if not is_asked(clause)] or asked
    return _named_words(" ".join(about)) or _named_words(_without_small_talk(text))


def things(text: str) -> list[Thing]:
    """The things asked for one beside the other: "a coleira e a areia", "tem areia? e pizza?"."""
    said = [(clause, scores(clause)) for clause in clauses(text)]
    asked = [clause for clause, found in said if v.PRODUCT in found]
    told = [clause for clause, found in said if not found]
    return _things(asked) or _things(told)


def _things(asked: list[str]) -> list[Thing]:
    found = []
    parts = [pair for clause in asked for pair in enumerate(_BESIDE.split(clause))]
    for number, part in parts:
        words = [word for word in _named_words(part).split() if not word.isdigit()]
        if not words or (number and set(scores(part)) - {v.PRODUCT}):
            continue
        sure = not is_asked(part) and (not number or bool(_ARTICLE.match(part)))
        found.append(Thing(part.strip(), sure))
    return found


def document_query(text: str) -> str:
    """The question to look up in documents: the clauses that no fixed fact answers."""
    about = [
        clause
        for clause in clauses(text)
        if v.POLICY in (found := scores(clause)) or not _FIXED & found.keys()
    ]
    return _without_small_talk(" ".join(about)) or text.strip()


def document_queries(text: str) -> list[str]:
    """:func:`document_query`, and the policy asked for by itself where a story surrounds it; of
    several questions, each; and the whole in the words in which companies write.

    "Comprei um brinquedo e ele não gostou. Posso devolver?": the story's words outweigh the one
    that matters when all are searched together.
    """
    asked = " ".join(clause for clause in clauses(text) if v.POLICY in scores(clause))
    each = [clause for clause in asking(text) if not scores(clause).keys() & _FIXED][:QUESTIONS]
    query = document_query(text)
    queries = (query, asked, *each, in_other_words(query))
    return list(dict.fromkeys(query for query in queries if query))


def asking(text: str) -> list[str]:
    """The questions of a message that has several."""
    asked = [clause for clause in clauses(text) if _ASKS.match(plain(clause))]
    return asked if len(asked) > 1 else []


def _named_words(text: str) -> str:
    text = _PERCENTAGE.sub(" ", text)
    wanted = set(named(text))
    return " ".join(w for w in _WORD.findall(text) if wanted & set(named(w)))


def _without_small_talk(text: str) -> str:
    kept = [
        c for c in clauses(text) if not set(scores(c)) or set(scores(c)) - {v.GREETING, v.THANKS}
    ]
    return " ".join(kept)
