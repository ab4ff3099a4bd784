"""Statements of what the company does, has or takes: yes and no, which need a source. Pure.

The same reader reads the answer and the evidence, so that "aceitamos cheque" and "não aceitamos
cheque" are two claims, and neither is there where nobody speaks of cheques.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from ..decision.concepts import concepts
from ..decision.number_words import in_digits
from ..decision.text import plain
from ..evidence import Evidence
from ..llm.answers.relevance import ENOUGH, subjects
from . import policy_words as w
from .asking_back import requests
from .claims import TEXTS, Claim
from .deeds import Deeds
from .opposites import opposed
from .order_states import Orders
from .product_facts import PRICED
from .slot_times import SlotTimes
from .stock_claims import speaks_of_stock
from .strange_names import StrangeNames
from .told_by import DAYS, told_by

_DAY_NAMES = concepts(" ".join(DAYS))
_NUMBER = re.compile(r"\d+(?:h\d*)?")


class _Part(NamedTuple):
    """A clause of a source."""

    words: frozenset[str]
    denied: bool
    free: bool
    conditional: bool
    refuses: bool
    """Whether it says that the company does not do it."""
    excepted: frozenset[str]
    """What it speaks of as an exception."""
    things: frozenset[str]
    """The words of it that say which thing is meant."""


class _Told(NamedTuple):
    """A thing of which a source says yes or no."""

    claim: Claim
    objects: frozenset[str]
    """What the clause speaks of besides."""
    words: frozenset[str]
    """What the whole source speaks of."""
    general: bool
    """Whether the source is of whatever is sold."""
    only: frozenset[str] = frozenset()
    """What alone it says it of, of one of which has to be spoken; of nothing: of all."""


class Sources:
    """What the evidence says yes and no to. The customer's words are no part of it."""

    def __init__(self, evidence: Iterable[Evidence], profile: Iterable[str]) -> None:
        pieces = [(piece, told_by(piece)) for piece in evidence]
        texts = [text for _piece, text in pieces] + [text for text in profile if text]
        read = [piece for piece, _text in pieces]
        self._deeds, self._orders, self._slots = Deeds(read), Orders(read), SlotTimes(read)
        self._names = StrangeNames(texts)
        self._told = [told for text in texts for told in _all_told(text)]
        goods = (piece.title for piece, _text in pieces if piece.kind in PRICED)
        self._goods = _nameable(concepts(" ".join(goods)))
        self._concepts = [concepts(text) for text in texts]
        self._parts = [_read(part) for text in texts for part in _parts(text)]
        said = frozenset().union(*(part.words for part in self._parts if not part.denied))
        self._only_denied = frozenset().union(*(part.words for part in self._parts)) - said
        self._affirmed = {told.claim.value for told in self._told if not told.only}

    def lists_free_times(self, sentence: str, today: date) -> bool:
        """Whether ``sentence`` only lists free times of a day."""
        return self._slots.lists(sentence, today)

    def unsourced(
        self, sentence: str, question: str, now: datetime, before: str = ""
    ) -> list[Claim]:
        """The yes and no of ``sentence`` that no source says; of a bare yes, what was asked.

        ``now``: in local time; ``before``: the sentence that this one goes on from.
        """
        bare = plain(sentence)
        wrong = self._slots.wrong(sentence, now.date())
        asks = sentence.rstrip().endswith("?") or requests(sentence)
        if w.ADMITS.search(bare) or (asks and not w.ABLE.search(bare)):
            return wrong
        wrong += self._slots.promised(sentence, now.date())
        wrong += self._orders.wrong(sentence, now.date()) + self._names.strange(sentence)
        wrong += self._excluded(bare)
        own, of_order = _parts(sentence), self._orders.told(bare)
        agreed = _agreed(sentence, question)
        for part in agreed + own:
            wrong += self._unheard(part, bare, question, of_order=of_order)
            wrong += self._deeds.untold(part, bare, of_order=of_order)
            if not (self._knows(part) and self._is_free(part, before, question)):
                wrong.append(Claim("policy", part.strip()))
        contradicted = [part for part in own if self._contradict(part) or self._oppose(part)]
        contradicted += [part for part in agreed if self._contradict(part, exactly=True)]
        wrong += [Claim("policy", part.strip()) for part in contradicted]
        return list(dict.fromkeys(wrong))

    def _unheard(self, part: str, bare: str, question: str, *, of_order: bool) -> list[Claim]:
        """Things that no source affirms or denies as a clause does, of the goods it names.

        A clause that names none is of those that were asked about; one that denies a thing
        altogether, or says it of everything, needs a source that does.
        """
        said = _things(part)
        if of_order:
            said -= {Claim("policy", "-delivery"), Claim("policy", "delivery")}
        goods = _nameable(concepts(part)) & self._goods or _asked(said, part, question)
        spoken = concepts(bare) | (frozenset() if part in bare else concepts(part))
        return [claim for claim in sorted(said) if not self._is_told(claim, part, goods, spoken)]

    def _is_told(
        self, claim: Claim, part: str, goods: frozenset[str], spoken: frozenset[str]
    ) -> bool:
        name = claim.value.lstrip("-")
        told = [told for told in self._told if told.claim == claim]
        told = [one for one in told if not one.only or one.only & spoken]
        denied = (one.only for one in self._told if one.claim.value == f"-{claim.value}")
        but = _main(part) & frozenset().union(*denied) & self._only_denied
        told = [one for one in told if not but or one.objects & but]
        if name in w.OF_GOODS and w.ALL.search(part):
            told = [one for one in told if one.general]
        elif name in w.OF_GOODS and goods:
            told = [one for one in told if one.general or goods & one.words]
        if name in w.OF_ONE and (beside := _beside(name, part)):
            told = [one for one in told if one.words & beside]
        if claim.value != name and name in self._affirmed:
            # Denied by way of exception: only of what is excepted.
            objects = _beside(name, part)
            told = [one for one in told if one.only or one.objects & objects]
        return bool(told)

    def _excluded(self, bare: str) -> list[Claim]:
        """Ways to pay that "only" leaves out, and a source takes."""
        if not w.ONLY.search(bare):
            return []
        said = {claim.value for claim in _things(bare)} & w.PAYMENTS
        taken = self._affirmed & w.PAYMENTS
        return [Claim("policy", f"-{name}") for name in sorted(taken - said) if said]

    def _knows(self, part: str) -> bool:
        """Whether one source knows most of what a clause says the company does or has."""
        if not w.ABLE.search(part) or _denies(part):
            return True
        objects = _objects(part)
        return not objects or any(
            len(objects & known) > ENOUGH * len(objects) for known in self._concepts
        )

    def _is_free(self, part: str, before: str, question: str) -> bool:
        """Whether what a clause gives away is given away by a source, on its conditions."""
        if not _gives(part):
            return True
        whole = concepts(part)
        objects = _objects(part) or subjects(before) or subjects(question)
        conditional = bool(w.CONDITION.search(part))
        return any(
            source.free
            and (objects & source.words or whole <= source.words)
            and (conditional or not source.conditional)
            for source in self._parts
        )

    def _contradict(self, part: str, *, exactly: bool = False) -> bool:
        """Whether what comes closest to a clause says no where it says yes, or yes for no.

        ``exactly``: only what speaks of nothing beside; an exception does not turn a rule.
        """
        objects = _objects(part)
        if objects & self._goods and speaks_of_stock(part) and not _things(part):
            return False  # Of goods, what is there decides, not what they are called.
        if not exactly and self._is_only_denied(part, objects - self._goods):
            return True
        if not exactly and self._turns(part, objects):
            return True
        close = [
            (len(objects & source.words), source.denied)
            for source in self._parts
            if not exactly or source.things <= objects
        ]
        most = max((shared for shared, _denied in close), default=0)
        if most < 2 or most <= ENOUGH * len(objects):
            return False
        told = [source for source in self._parts if len(objects & source.words) == most]
        if _denies(part) and w.DAY.search(part) and any(_DAY_NAMES & one.words for one in told):
            return False  # What it is not on another day.
        if not _denies(part) and any(_main(part) & one.excepted for one in told):
            return False  # What is done by way of exception.
        return all(denied != _denies(part) for shared, denied in close if shared == most)

    def _is_only_denied(self, part: str, said: frozenset[str]) -> bool:
        """Whether all that a clause says of goods, and yes to, is told with a no."""
        told = [source for source in self._parts if said <= source.words]
        excepted = any(_main(part) & source.excepted for source in told)
        if len(said) < 2 or _denies(part) or excepted:
            return False
        return bool(told) and all(source.denied for source in told)

    def _oppose(self, part: str) -> bool:
        """Whether a clause says the opposite by a word: "grande" for "pequeno"."""
        return opposed(_objects(part), (source.words for source in self._parts))

    def _turns(self, part: str, objects: frozenset[str]) -> bool:
        """Whether a clause says yes of the one thing that sources only deny, or no of what they
        only affirm."""
        objects -= _DAY_NAMES
        if not (objects and w.ABLE.search(part)):
            return False
        denied = _denies(part)
        told = [source for source in self._parts if objects <= source.words]
        if not denied:
            # A title says nothing; and "sem queijo", said of one thing, is not said of all.
            told = [one for one in told if one.denied or not one.things <= objects]
            return bool(told) and all(one.refuses and not objects & one.excepted for one in told)
        return bool(told) and all(source.denied != denied for source in told)


def _main(part: str) -> frozenset[str]:
    """What a clause speaks of but for its own exception."""
    return _objects(w.EXCEPT.sub(" ", part))


def _asked(said: Iterable[Claim], part: str, question: str) -> frozenset[str]:
    """Of what a thing was asked, where the clause that answers says only the thing."""
    names = [claim.value.lstrip("-") for claim in said]
    if any(_beside(name, part) for name in names):
        return frozenset()
    asking = (
        clause for clause in _parts(question) if any(w.THINGS[n].search(clause) for n in names)
    )
    meant = (subjects(clause) & _beside(n, clause) for clause in asking for n in names)
    return frozenset().union(*meant)


def things(text: str) -> frozenset[str]:
    """The names of what ``text`` says yes or no to."""
    return frozenset(claim.value.lstrip("-") for claim in _things(text))


@lru_cache(TEXTS)
def _all_told(text: str) -> tuple[_Told, ...]:
    """What one source says yes and no to."""
    words, general = concepts(text), bool(w.ANY_GOODS.search(plain(text)))
    lines = text.splitlines()
    headings = "\n".join(line for line in lines if not w.STATEMENT.search(line))
    stated = _things("\n".join(line for line in lines if w.STATEMENT.search(line)))
    # A heading names what is spoken of, be it to say no to it.
    denied = {
        claim.value for claim in _things(headings) if Claim("policy", f"-{claim.value}") in stated
    }
    told = [
        _Told(claim, _beside(claim.value.lstrip("-"), part), words, general)
        for part in _parts(text)
        for claim in _things(part)
        if claim in stated or claim.value not in denied
    ]
    for part in _parts(text):
        read, own = _read(part), _things(part)
        told += [
            _Told(c, read.things, words, general, only) for c, only in _reversed(read, own, stated)
        ]
    return tuple(told)


def _reversed(
    part: _Part, own: Iterable[Claim], stated: Iterable[Claim]
) -> Iterator[tuple[Claim, frozenset[str]]]:
    """What a denial says yes to by way of exception, and no to beside what is ``stated`` of the
    whole. ``own``: what the denial is of."""
    if not part.denied:
        return
    names = {claim.value.lstrip("-") for claim in own}
    if part.excepted:
        yield from ((Claim("policy", name), part.excepted) for name in sorted(names))
    for claim in stated:
        if not claim.value.startswith("-") and claim.value not in names and part.things:
            yield Claim("policy", f"-{claim.value}"), part.things


def _beside(name: str, part: str) -> frozenset[str]:
    """What a clause speaks of beside the thing called ``name``."""
    return _objects(part) - concepts(" ".join(m[0] for m in w.THINGS[name].finditer(part)))


@lru_cache(TEXTS)
def _things(text: str) -> frozenset[Claim]:
    """The things of :data:`~.policy_words.THINGS` that ``text`` affirms, or with a minus denies."""
    found = set[Claim]()
    for part in _parts(text):
        sign = "-" if _denies(part) else ""
        found |= {
            Claim("policy", sign + name)
            for name, pattern in w.THINGS.items()
            if pattern.search(part)
        }
    return frozenset(found)


@lru_cache(TEXTS)
def _parts(text: str) -> tuple[str, ...]:
    """The clauses of ``text`` that are affirmed or denied by themselves, folded."""
    lines = (w.IDIOM.sub(" ", plain(in_digits(line))) for line in text.splitlines())
    return tuple(part for line in lines for part in w.PART.split(line) if part.strip())


@lru_cache(TEXTS)
def _read(part: str) -> _Part:
    conditional = bool(w.CONDITION.search(part))
    but = w.EXCEPT.search(part)
    words = concepts(part)
    return _Part(
        words,
        _denies(part),
        _gives(part),
        conditional,
        bool(w.REFUSES.search(part)),
        concepts(but["what"]) if but else frozenset(),
        _nameable(words - w.COMMON),
    )


@lru_cache(TEXTS)
def _denies(part: str) -> bool:
    """Whether a clause says no. "Sem juros", "sem glúten" and "não cobramos" are no denials."""
    for favour in (w.QUALITY, w.THINGS["interest-free"], w.FREE):
        part = favour.sub(" ", part)
    return bool(w.DENIAL.search(part))


def _gives(part: str) -> bool:
    return bool(w.FREE.search(w.NOT_FREE.sub(" ", part)))


@lru_cache(TEXTS)
def _objects(part: str) -> frozenset[str]:
    """What a clause speaks of. Its numbers are checked as such."""
    return _nameable(concepts(w.FREE.sub(" ", part)) - w.COMMON)


def _nameable(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if not _NUMBER.fullmatch(word))


def _agreed(sentence: str, question: str) -> tuple[str, ...]:
    """The clauses of what was asked, where ``sentence`` only says yes to it."""
    asked = plain(question)
    if not (w.YES.match(plain(sentence)) and w.YES_NO.search(asked)) or _objects(sentence):
        return ()
    return _parts(asked)
