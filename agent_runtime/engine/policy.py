"""Statements of what the company does, has or takes: yes and no, which need a source. Pure.

The same reader reads the answer and the evidence, so that "aceitamos cheque" and "não aceitamos
cheque" are two claims, and neither is there where nobody speaks of cheques.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..decision.concepts import concepts
from ..decision.number_words import in_digits
from ..decision.text import plain
from ..evidence import Evidence
from ..llm.answers.relevance import ENOUGH, subjects
from . import policy_words as w
from .asking_back import requests
from .claims import Claim
from .product_facts import PRICED

DEEDS = frozenset({"order", "slot"})
"""Kinds of evidence that may tell of something done."""


class _Part(NamedTuple):
    """A clause of a source."""

    words: frozenset[str]
    denied: bool
    free: bool
    conditional: bool


class Sources:
    """What the evidence says yes and no to. The customer's words are no part of it."""

    def __init__(self, evidence: Iterable[Evidence], profile: Iterable[str]) -> None:
        pieces = [(piece, _words(piece)) for piece in evidence]
        texts = [text for _piece, text in pieces] + [text for text in profile if text]
        self._things = [
            (_things(text), concepts(text), bool(w.ANY_GOODS.search(plain(text)))) for text in texts
        ]
        goods = (piece.title for piece, _text in pieces if piece.kind in PRICED)
        self._goods = _nameable(concepts(" ".join(goods)))
        self._concepts = [concepts(text) for text in texts]
        self._parts = [_read(part) for text in texts for part in _parts(text)]
        self._deeds = " ".join(plain(text) for piece, text in pieces if _tells_deeds(piece))

    def unsourced(self, sentence: str, question: str) -> list[Claim]:
        """The yes and no of ``sentence`` that no source says; of a bare yes, what was asked."""
        bare = plain(sentence)
        asks = sentence.rstrip().endswith("?") or requests(sentence)
        if w.ADMITS.search(bare) or (asks and not w.ABLE.search(bare)):
            return []
        wrong: list[Claim] = []
        own = _parts(sentence)
        agreed = _agreed(sentence, question)
        for part in agreed + own:
            wrong += self._unheard(part) + self._undone(part)
            if not (self._knows(part) and self._is_free(part, question)):
                wrong.append(Claim("policy", part.strip()))
        contradicted = [part for part in own if self._contradict(part)]
        contradicted += [part for part in agreed if self._contradict(part, exactly=True)]
        wrong += [Claim("policy", part.strip()) for part in contradicted]
        return list(dict.fromkeys(wrong))

    def _unheard(self, part: str) -> list[Claim]:
        """Things that no source affirms or denies as a clause does, of the goods it names."""
        named = _nameable(concepts(part)) & self._goods
        return [
            claim
            for claim in sorted(_things(part))
            if not any(
                claim in things and (not named or named & words or general)
                for things, words, general in self._things
            )
        ]

    def _undone(self, part: str) -> list[Claim]:
        """Deeds that no source tells of."""
        deeds = [(next(filter(None, m.groups())), m[0]) for m in w.DONE.finditer(part)]
        return [Claim("deed", said) for stem, said in deeds if stem not in self._deeds]

    def _knows(self, part: str) -> bool:
        """Whether one source knows most of what a clause says the company does or has."""
        if not w.ABLE.search(part) or _denies(part):
            return True
        objects = _objects(part)
        return not objects or any(
            len(objects & known) > ENOUGH * len(objects) for known in self._concepts
        )

    def _is_free(self, part: str, question: str) -> bool:
        """Whether what a clause gives away is given away by a source, on its conditions."""
        if not _gives(part):
            return True
        objects = _objects(part) or subjects(question)
        conditional = bool(w.CONDITION.search(part))
        return any(
            source.free and objects & source.words and (conditional or not source.conditional)
            for source in self._parts
        )

    def _contradict(self, part: str, *, exactly: bool = False) -> bool:
        """Whether what comes closest to a clause says no where it says yes, or yes for no.

        ``exactly``: only what speaks of nothing beside; an exception does not turn a rule.
        """
        objects = _objects(part)
        close = [
            (len(objects & source.words), source.denied)
            for source in self._parts
            if not exactly or _nameable(source.words - w.COMMON) <= objects
        ]
        most = max((shared for shared, _denied in close), default=0)
        if most < 2 or most <= ENOUGH * len(objects):
            return False
        return all(denied != _denies(part) for shared, denied in close if shared == most)


def _tells_deeds(piece: Evidence) -> bool:
    """Whether a piece is of something done: an order, a free time, a wish that was noted."""
    return piece.kind in DEEDS or "request" in piece.data


def _things(text: str) -> set[Claim]:
    """The things of :data:`~.policy_words.THINGS` that ``text`` affirms, or with a minus denies."""
    found = set[Claim]()
    for part in _parts(text):
        sign = "-" if _denies(part) else ""
        found |= {
            Claim("policy", sign + name)
            for name, pattern in w.THINGS.items()
            if pattern.search(part)
        }
    return found


def _parts(text: str) -> list[str]:
    """The clauses of ``text`` that are affirmed or denied by themselves, folded."""
    lines = (w.IDIOM.sub(" ", plain(in_digits(line))) for line in text.splitlines())
    return [part for line in lines for part in w.PART.split(line) if part.strip()]


def _read(part: str) -> _Part:
    conditional = bool(w.CONDITION.search(part))
    return _Part(concepts(part), _denies(part), _gives(part), conditional)


def _denies(part: str) -> bool:
    """Whether a clause says no. "Sem juros" and "não cobramos" are favours, no denials."""
    return bool(w.DENIAL.search(w.FREE.sub(" ", w.THINGS["interest-free"].sub(" ", part))))


def _gives(part: str) -> bool:
    return bool(w.FREE.search(w.NOT_FREE.sub(" ", part)))


def _objects(part: str) -> frozenset[str]:
    """What a clause speaks of. Its numbers are checked as such."""
    return _nameable(concepts(w.FREE.sub(" ", part)) - w.COMMON)


def _nameable(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if not word.isdigit())


def _agreed(sentence: str, question: str) -> list[str]:
    """The clauses of what was asked, where ``sentence`` only says yes to it."""
    asked = plain(question)
    if not (w.YES.match(plain(sentence)) and w.YES_NO.search(asked)) or _objects(sentence):
        return []
    return _parts(asked)


def _words(piece: Evidence) -> str:
    """What a piece says, its typed terms included."""
    more = []
    if terms := piece.data.get("delivery"):
        more = ["entrega frete", *terms.get("cities", ()), *terms.get("carriers", ())]
        more.append(terms.get("remarks") or "")
        if terms.get("fee") is not None and not float(terms["fee"]):
            more.append("entrega frete grátis")
        elif terms.get("free_from") is not None:
            more.append(f"entrega frete grátis acima de {terms['free_from']}")
    if booked := piece.data.get("scheduling"):
        names = ("service", "cancellation", "rescheduling", "required_information", "confirmation")
        more += [booked.get(name) or "" for name in names]
    if (price := piece.data.get("price")) is not None and not float(price):
        more.append(f"{piece.title} grátis")
    return "\n".join((piece.title, piece.text, piece.data.get("scope") or "", *more))
