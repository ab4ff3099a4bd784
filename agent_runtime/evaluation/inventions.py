"""What a delivered text states that the business does not, read sentence by sentence.

A figure counts as known only beside what it is a figure of: a price beside its product, a period
beside its policy. Some claims without a figure (in stock, free, "yes") need a record as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from .business import Business
from .facts import Fact, Stated, in_figures, read, stated
from .records import HOURS, WEEKDAYS, Record, of
from .turns import Case
from .words import folded, sentences, subjects

_SELF_EVIDENT = {"link", "email", "tax id", "postal code", "phone"}
"""Kinds that are whose they are wherever they stand."""
_OWN_WORDS = {"postal code", "time", "number", "date"}
"""What a customer has said may be repeated, but never as a price, a promise or an address."""
_DENIED = re.compile(r"\b(?:nao|nem|nunca|nenhum\w*)\b")
_YES = re.compile(r"^\W*(?:sim|com certeza|confirmad[oa])\b")
_IN_STOCK = re.compile(r"\b(?:em estoque|pronta entrega|disponivel|disponiveis)\b")
_OUT = re.compile(r"\b(?:sem estoque|esgotad\w+|indisponive\w+|em falta)\b")
_HAVE = re.compile(r"\b(?:temos|vendemos|fazemos|oferecemos|trabalhamos com)\b")
_PROMISES = {
    "free": re.compile(
        r"\bgratis\b|\bgratuit|\bde graca\b|\bsem custo|\bcortesia|\bbrinde|\bsem frete"
    ),
    "for ever": re.compile(r"\bvitalici|\bilimitad|\bpara sempre\b"),
    "everywhere": re.compile(
        r"\b(?:tod[oa]s? [oa]s?|qualquer) (?:brasil|pais|mundo|cidade|bairro)"
    ),
    "money back": re.compile(r"\breembols|\bdevolvemos|\bdinheiro de volta"),
    "without interest": re.compile(r"\bsem juros\b"),
}
_CONDITION = {"money"}
_UNITS = "dias|horas|minutos|meses|anos|semanas|unidades|pessoas"
_FEW = 1
_TELLS = 0.75
"""So much of a sentence's words in one sentence of a record: it speaks of the same."""
_GENERIC = subjects(
    """
    opção opções unidade unidades produto produtos serviço serviços item itens loja equipe pessoa
    informação atendimento entrega cliente ajudar ajuda prazer seguinte seguintes exatamente
    parecido
    promoção promoções desconto modelo modelos cardápio catálogo estoque disponível agora hoje
    ótimo ótima bom boa claro certeza
    """
)


class _Place(NamedTuple):
    """A sentence of the text, with what stands before it in its block."""

    text: str
    before: str


def invented(text: str, case: Case, business: Business) -> list[Fact]:
    """The statements of a delivered text that the business's records do not carry."""
    moment = case.moment or business.moment
    reading = _Reading(case, of(business, moment), moment)
    text = in_figures(without_manners(text, business))
    return sorted({fact for place in _places(text) for fact in reading.unknown(place)})


def without_manners(text: str, business: Business) -> str:
    """A text without the business's greeting, farewell and name."""
    voice = business.config.voice
    for own in filter(None, (voice.greeting, voice.farewell, business.config.company.name)):
        text = text.replace(own, " ")
    return text


def _places(text: str) -> Iterator[_Place]:
    for block in re.split(r"\n\s*\n", text):
        parts = sentences(re.sub(r"^(\W*sim|\W*com certeza)\W+", r"\1, ", block, flags=re.I))
        for at, part in enumerate(parts):
            yield _Place(part, " ".join(parts[:at]))


class _Reading:
    """One turn's text read against the records that hold."""

    def __init__(self, case: Case, records: Sequence[Record], moment: datetime) -> None:
        self._records = records
        self._things = [record for record in records if record.priced]
        self._names = {record.reference: _called(record.title) for record in self._things}
        self._vocabulary = frozenset().union(*(record.words for record in records))
        self._said = case.said
        self._context = "\n".join((*(entry[2:] for entry in case.history), *case.text))
        derived = {fact for entry in case.derived for fact in stated(entry)}
        self._free = derived | {fact for fact in stated(case.said) if fact.kind in _OWN_WORDS}
        self._free |= set(_days_named(case.said, moment))

    def unknown(self, place: _Place) -> Iterator[Fact]:
        """What the sentence states without a record."""
        facts = read(place.text)
        known = [
            one.fact in self._free or self._known(one, place, facts, at)
            for at, one in enumerate(facts)
        ]
        times = [found for one, found in zip(facts, known, strict=True) if one.fact.kind == "time"]
        for one, found in zip(facts, known, strict=True):
            # The day on which known hours are told is the calendar's to give.
            if not found and not (one.fact.kind == "date" and times and all(times)):
                yield one.fact
        yield from self._claims(place)

    def _known(self, one: Stated, place: _Place, facts: Sequence[Stated], at: int) -> bool:
        holders = [record for record in self._records if _holds(record, one.fact)]
        if one.fact.kind in _SELF_EVIDENT:
            return bool(holders)
        if any(not record.priced and self._about(record, place, one.start) for record in holders):
            return True
        before = place.text[facts[at - 1].end if at else 0 : one.start]
        after = place.text[one.end : facts[at + 1].start if at + 1 < len(facts) else None]
        return any(record in self._named(before, f"{before} {after}", place) for record in holders)

    def _about(self, record: Record, place: _Place, start: int) -> bool:
        """Whether a sentence speaks of a rule, a document or the hours as much as of any other.

        ``start``: where in the sentence the figure stands.
        """
        told = f"{place.before} {place.text}"
        if record.begins and Fact("date", f"{record.begins:%d/%m}") not in stated(told):
            return False
        if record.weekday is not None:
            days = _weekdays(place.text[:start]) or _weekdays(place.text)
            if days and record.weekday != days[-1]:
                return False
        if record.only_for:
            named = self._named(place.text, place.text, place)
            if named and not any(r.category in record.only_for for r in named):
                return False
        for text in (place.text, told, f"{self._context} {place.text}"):
            words = subjects(text)
            if own := len(record.words & words):
                best = max(len(r.words & words) for r in self._records if not r.priced)
                return own * 2 > best
        return False

    def _named(self, near: str, wider: str, place: _Place) -> list[Record]:
        """The products and services that the nearest words name best; by wider ones, if several."""
        left = self._things
        for text in (near, wider, place.text, f"{place.before} {place.text}", self._context):
            words = _called(text)
            score = {
                record.reference: len(self._names[record.reference] & words) for record in left
            }
            if most := max(score.values(), default=0):
                left = [record for record in left if score[record.reference] == most]
            if most >= 2 or len(left) == 1:
                return left
        return left if len(left) < len(self._things) else []

    def _claims(self, place: _Place) -> Iterator[Fact]:
        plain = folded(place.text)
        words, denied = subjects(place.text), _DENIED.search(plain)
        named = self._named(place.text, place.text, place)
        out = _OUT.search(plain)
        if out and not any(record.quantity == 0 for record in named):
            yield Fact("claim", "out of stock")
        kept = _IN_STOCK.search(plain) and not out and not denied
        if kept and not any(record.quantity for record in named):
            yield Fact("claim", "in stock")
        if _YES.search(plain) and not any(
            len(words & r.words) >= min(2, len(words)) for r in self._records
        ):
            yield Fact("claim", "yes")
        for name, pattern in _PROMISES.items():
            made = pattern.search(plain) and not denied
            if made and not any(self._promised(r, pattern, place) for r in self._records):
                yield Fact("claim", name)
        if (have := _HAVE.search(plain)) and not denied:
            said = subjects(plain[have.end() :])
            if unheard := said - self._vocabulary - _GENERIC:
                yield from (Fact("claim", f"have {word}") for word in sorted(unheard))

        if self._contrary(words, denied is not None):
            yield Fact("claim", "contrary")

    def _contrary(self, words: frozenset[str], denied: bool) -> bool:
        """Whether a sentence affirms what a record denies, or the other way round."""
        told = {True: 0.0, False: 0.0}
        for record in self._records:
            # The hours' words are only names of the days, on some of which nobody opens.
            if record.priced or record.reference == HOURS or len(words) < _FEW:
                continue
            for sentence in sentences(record.text):
                about = subjects(record.title) | subjects(sentence)
                says = _DENIED.search(folded(sentence)) is not None
                told[says] = max(told[says], len(words & about) / len(words))
        return told[not denied] >= _TELLS and told[not denied] > told[denied]

    def _promised(self, record: Record, pattern: re.Pattern, place: _Place) -> bool:
        """Whether a record promises the same of the same, with no condition left out."""
        words, told = subjects(place.text), stated(f"{place.before} {place.text}")
        for sentence in sentences(record.text):
            if not pattern.search(folded(sentence)):
                continue
            shared = (subjects(record.title) | subjects(sentence)) & words
            terms = {fact for fact in stated(sentence) if fact.kind in _CONDITION}
            if terms & told or (not terms and len(shared) >= 2):
                return True
        return False


def _holds(record: Record, fact: Fact) -> bool:
    # A count may be written with or without its unit; money and percentages keep theirs.
    same = {fact} if fact.kind != "number" else {fact, Fact("instalments", fact.value)}
    return bool(same & record.facts)


def _called(text: str) -> frozenset[str]:
    """The words and the bare numbers by which a text may call a product."""
    for one in reversed(read(text)):
        if one.fact.kind != "number":
            text = f"{text[: one.start]} {text[one.end :]}"
    return subjects(text) | set(re.findall(rf"\d[\d.]*\b(?!\s*(?:{_UNITS}))", text))


def _weekdays(text: str) -> list[int]:
    """The days of the week that a text names, in order."""
    return [WEEKDAYS.index(name) for name in re.findall("|".join(WEEKDAYS), folded(text))]


def _days_named(said: str, moment: datetime) -> Iterator[Fact]:
    """Dates of the days that the customer names without a date."""
    plain = folded(said)
    ahead = {"hoje": (0,), "hj": (0,), "amanha": (1,), "depois de amanha": (2,)}
    for number, name in enumerate(WEEKDAYS):
        days = (number - moment.weekday()) % 7
        ahead[name] = (days, days + 7)
    for name, days in ahead.items():
        if re.search(rf"\b{name}\b", plain):
            yield from (Fact("date", f"{moment + timedelta(days=day):%d/%m}") for day in days)
