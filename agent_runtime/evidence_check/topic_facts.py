"""What rules, documents and orders say, so that one's amounts do not pass for another's. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from ..decision.concepts import concepts
from ..evidence import Evidence
from .booking_topics import of_terms
from .claims import Claim
from .product_facts import PRICED, ProductFacts
from .spoken import EVERYTHING, Sentence, spoken_of
from .support import of_evidence, of_texts, supports

_OWN: Final = frozenset({"price", "percent", "times", "date"})
"""Kinds of claim that belong to one rule, however much two rules are alike."""
_IMPLIED: Final = frozenset({"price", "percent"})
"""The ones among them of which a product that is only implied has to be the rule's too."""
_DELIVERY: Final = "entrega frete delivery chega chegar receber recebe prazo"
"""What delivery terms are about, which have no text of their own."""
_SLOT: Final = "agenda horário marcar agendar reservar livre vaga disponível free available slot"
"""What a free time is about, which only names what it is for."""
_WEEKDAYS: Final = (
    "segunda feira monday",
    "terça feira tuesday",
    "quarta feira wednesday",
    "quinta feira thursday",
    "sexta feira friday",
    "sábado saturday",
    "domingo sunday",
)


class TopicFacts(NamedTuple):
    """One rule, document or order of the evidence."""

    kind: str
    words: frozenset[str]
    """Concepts it speaks of, without what any speaks of."""
    claims: frozenset[Claim]
    products: frozenset[str]
    """References of the products that it, a rule, is limited to."""
    limited: bool
    """Whether it is limited to products or categories."""
    everything: bool
    """Whether it says that it holds for whatever is bought."""
    reference: str = ""
    cities: tuple[frozenset[str], ...] = ()
    """Where it holds, each place in concepts; nowhere: everywhere."""
    categories: frozenset[int] = frozenset()
    """Of products, sub-categories included; it holds for these too."""
    counts: frozenset[int] = frozenset()
    """Of an order and a calculation: how many of each thing."""


def of_topics(evidence: Iterable[Evidence], timezone: str) -> list[TopicFacts]:
    """The rules, documents and orders among ``evidence``."""
    told = [piece for piece in evidence if piece.kind not in PRICED and piece.kind != "company"]
    return [topic for piece in told for topic in (_topic(piece, timezone), *_terms(piece))]


def _topic(piece: Evidence, timezone: str) -> TopicFacts:
    data = {key: value for key, value in piece.data.items() if key != "scheduling"}
    terms = data.get("delivery") or {}
    cities = tuple(terms.get("cities", ()))
    about = (piece.title, piece.text, data.get("scope") or "", *cities, terms.get("remarks") or "")
    return TopicFacts(
        piece.kind,
        spoken_of(" ".join((*about, _DELIVERY if terms else "", *_of_slot(piece)))),
        frozenset(of_evidence(piece.model_copy(update={"data": data}), timezone)),
        frozenset(f"product.template,{key}" for key in data.get("products", ())),
        bool(data.get("products") or data.get("categories")),
        bool(EVERYTHING.search(piece.text)),
        piece.reference,
        tuple(concepts(re.split(r"\s[-–/]\s|,", city)[0]) for city in cities),
        frozenset(data.get("categories", ())),
        _counts(data),
    )


def _of_slot(piece: Evidence) -> Iterator[str]:
    """What a free time is told with, its weekday included."""
    if piece.kind == "slot":
        yield _SLOT
        if start := piece.data.get("starts_at"):
            yield _WEEKDAYS[datetime.fromisoformat(start).weekday()]


def _counts(data: dict[str, Any]) -> frozenset[int]:
    ordered = (quantity for _name, quantity in data.get("lines", ()))
    return frozenset(int(float(q)) for q in (*ordered, *data.get("quantities", {}).values()))


def _terms(piece: Evidence) -> Iterator[TopicFacts]:
    """Each of the booking terms by itself: how long is not how long before; and an order's arrival,
    of which is told without naming the order."""
    terms = list(of_terms(piece))
    if piece.kind == "order" and (due := piece.data.get("delivery_date")):
        told = frozenset(of_texts(due, piece.data["number"]))
        terms.append((f"{_DELIVERY} prevista previsão", told))
    for words, said in terms:
        yield TopicFacts(
            piece.kind,
            spoken_of(words),
            said,
            frozenset(),
            False,
            False,
            piece.reference,
            counts=_counts(piece.data),
        )


def is_spoken_of(spoken: frozenset[str], topics: Iterable[TopicFacts]) -> bool:
    """Whether what is ``spoken`` shares a word with any topic."""
    return any(spoken & topic.words for topic in topics)


def backed(claim: Claim, place: slice, said: Sentence, topics: Sequence[TopicFacts]) -> bool:
    """Whether a topic holds ``claim`` that stands at ``place`` of what is ``said``.

    What the clause, or else the sentence, speaks of decides. A topic that shares nothing with it
    backs nothing while another shares something; of two rules, or two terms of one, the one that
    knows less of it backs no amount. What holds in one place is not told of another, be it only
    asked about. In a sentence about a product a rule's amount is that product's only where the
    rule is limited to it, is meant for everything, or is spoken of beside it.
    """
    holding = [topic for topic in topics if supports(topic.claims, claim)]
    if not holding:
        return False
    holding = _there(holding, topics, said.words)
    if _is_measured(claim):
        holding = [topic for topic in holding if not _is_strange(topic, said)]
    holding = [topic for topic in holding if not topic.counts or said.counted <= topic.counts]
    if claim.kind == "price" and not said.answers_order:
        holding = [topic for topic in holding if topic.kind != "order"]
    if said.everything and claim.kind == "percent":
        holding = [topic for topic in holding if topic.everything]
    if said.about and _is_own(claim, said):
        holding = [t for t in holding if any(_is_for(t, product, said) for product in said.about)]
    spoken = said.clause(place)
    if not is_spoken_of(spoken, topics):
        spoken = said.spoken
    silent = [topic for topic in topics if not supports(topic.claims, claim)]
    return any(
        _is_of_these(topic, said) or not _is_outdone(topic, silent, (spoken, said.spoken), claim)
        for topic in holding
    )


def _is_of_these(topic: TopicFacts, said: Sentence) -> bool:
    """Whether a rule is limited to products of which the sentence names one."""
    reached = (
        one.reference in topic.products or one.category in topic.categories for one in said.about
    )
    return topic.limited and bool(said.spoken & said.names) and any(reached)


def _is_strange(topic: TopicFacts, said: Sentence) -> bool:
    """Whether the sentence says what it is about, and that is not ``topic``: how long one thing
    takes is no evidence of another.

    In other words than the topic's it may tell what was asked; but not where it says much, and
    nothing of what was asked either.
    """
    _own, asked = said.words
    if said.spoken & topic.words:
        return False
    elsewhere = not asked & topic.words
    return len(said.spoken) > (1 if elsewhere else 2) and (elsewhere or not said.spoken & asked)


def _is_own(claim: Claim, said: Sentence) -> bool:
    """Whether a claim belongs to a product, and so to a rule that is for it."""
    if not said.spoken & said.names:
        return claim.kind in _IMPLIED
    return claim.kind in _OWN or (claim.kind == "number" and _is_measured(claim))


def _there(
    holding: list[TopicFacts], topics: Sequence[TopicFacts], texts: Iterable[frozenset[str]]
) -> list[TopicFacts]:
    """The ones of ``holding`` that hold in the place which the first of ``texts`` names."""
    cities = {city for topic in topics for city in topic.cities}
    for words in texts:
        if named := {city for city in cities if city <= words}:
            return [t for t in holding if not t.cities or named.intersection(t.cities)]
    return holding


def _is_for(topic: TopicFacts, product: ProductFacts, said: Sentence) -> bool:
    if topic.kind == "order":
        return said.ordered or bool(said.counted and said.counted <= topic.counts)
    if topic.limited:
        reached = product.reference in topic.products or product.category in topic.categories
        unknown = product.category is None and not topic.products
        return reached or unknown or bool(said.of_others & topic.words)
    if topic.everything or topic.kind not in ("rule", "document"):
        return True
    return bool(said.beside & topic.words) or _nameable(product) <= topic.words


def _nameable(product: ProductFacts) -> set[str]:
    return {word for word in product.name if not word.isdigit()} or {""}


def _is_outdone(
    topic: TopicFacts,
    others: Iterable[TopicFacts],
    spoken: tuple[frozenset[str], frozenset[str]],
    claim: Claim,
) -> bool:
    """Whether one of ``others`` knows all that ``topic`` does of what is ``spoken`` of in the
    clause, and more; or, another rule's, as much of it, and more of the sentence.

    It matters where ``topic`` knows nothing of it, between terms of one rule, and for what
    belongs to one of two alike.
    """
    clause, sentence = spoken
    shared = clause & topic.words
    period = _is_measured(claim)
    return any(
        shared < (clause & other.words)
        or (
            topic.reference != other.reference
            and shared == clause & other.words
            and sentence & topic.words < sentence & other.words
        )
        for other in others
        if not shared
        or (period and topic.reference != other.reference)
        or (topic.kind == other.kind != "document" and _is_alike(topic, other, claim))
    )


def _is_alike(topic: TopicFacts, other: TopicFacts, claim: Claim) -> bool:
    return claim.kind in _OWN or topic.reference == other.reference


def _is_measured(claim: Claim) -> bool:
    return claim.kind == "time" or (claim.kind == "number" and " " in claim.value)
