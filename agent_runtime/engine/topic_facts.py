"""What rules, documents and orders say, so that one's amounts do not pass for another's. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

from ..decision.concepts import concepts
from ..evidence import Evidence
from .claims import Claim
from .policy_words import MEASURES
from .product_facts import PRICED, ProductFacts
from .support import of_evidence, supports

_OWN: Final = frozenset({"price", "percent", "times", "date"})
"""Kinds of claim that belong to one rule, however much two rules are alike."""
_EVERYTHING: Final = re.compile(
    r"\b(?:tod[ao]s? [ao]s? (?:loja|site|produtos|itens|compras?|pedidos?)|todas as compras"
    r"|qualquer (?:compra|produto|pedido)|any (?:order|purchase)|everything|all products)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[,;:]\s|\s(?:e|mas|já|enquanto|and|but|while)\s", re.IGNORECASE)


_OF_TERMS: Final = {
    "delivery": "entrega frete delivery",
    "scheduling": "agenda horário marcar antecedência cancelamento remarcação confirmação",
}
"""What terms without a text of their own are about."""


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


def of_topics(evidence: Iterable[Evidence], timezone: str) -> list[TopicFacts]:
    """The rules, documents and orders among ``evidence``."""
    return [
        _topic(piece, timezone)
        for piece in evidence
        if piece.kind not in PRICED and piece.kind != "company"
    ]


def _topic(piece: Evidence, timezone: str) -> TopicFacts:
    data = piece.data
    terms = data.get("delivery") or {}
    kinds = [words for key, words in _OF_TERMS.items() if data.get(key)]
    about = (piece.title, piece.text, data.get("scope") or "", *terms.get("cities", ()), *kinds)
    about += tuple(_said_in(data))
    return TopicFacts(
        piece.kind,
        _spoken(" ".join(about)),
        frozenset(of_evidence(piece, timezone)),
        frozenset(f"product.template,{key}" for key in data.get("products", ())),
        bool(data.get("products") or data.get("categories")),
        bool(_EVERYTHING.search(piece.text)),
    )


def _said_in(data: dict[str, Any]) -> Iterator[str]:
    """What terms say in the company's own words."""
    scheduling, delivery = data.get("scheduling") or {}, data.get("delivery") or {}
    for name in ("service", "cancellation", "rescheduling", "required_information", "confirmation"):
        yield scheduling.get(name) or ""
    yield delivery.get("remarks") or ""


def clause_at(sentence: str, place: slice) -> str:
    """The part of ``sentence`` around ``place``."""
    start = max((m.end() for m in _CLAUSE.finditer(sentence, 0, place.start + 1)), default=0)
    end = next((m.start() for m in _CLAUSE.finditer(sentence, place.stop)), len(sentence))
    return sentence[start:end]


def backed(
    claim: Claim,
    sentence: str,
    place: slice,
    topics: Sequence[TopicFacts],
    named: ProductFacts | None,
) -> bool:
    """Whether a topic holds ``claim`` that ``sentence`` may be about.

    What the clause, or else the sentence, speaks of decides. A topic that shares nothing with it
    backs nothing while another shares something; of two rules, the one that knows less of it
    backs no amount. In a sentence about a product a rule's amount is that product's only where
    the rule is limited to it, is meant for everything, or is spoken of beside it.
    """
    holding = [topic for topic in topics if supports(topic.claims, claim)]
    if not holding:
        return False
    if named is not None and claim.kind in _OWN:
        beside = _spoken(sentence) - set(named.name)
        holding = [topic for topic in holding if _is_for(topic, named, beside)]
    spoken = _spoken(clause_at(sentence, place))
    if not any(spoken & topic.words for topic in topics):
        spoken = _spoken(sentence)
    silent = [topic for topic in topics if not supports(topic.claims, claim)]
    return any(not _is_outdone(topic, silent, spoken, claim.kind) for topic in holding)


def _spoken(text: str) -> frozenset[str]:
    """What ``text`` is about: its concepts without measures and numbers."""
    return frozenset(word for word in concepts(text) - MEASURES if not word.isdigit())


def _is_for(topic: TopicFacts, product: ProductFacts, beside: frozenset[str]) -> bool:
    if topic.limited:
        return product.reference in topic.products or not topic.products
    return topic.everything or topic.kind != "rule" or bool(beside & topic.words)


def _is_outdone(
    topic: TopicFacts, others: Iterable[TopicFacts], spoken: frozenset[str], kind: str
) -> bool:
    shared = spoken & topic.words
    return any(
        shared < (spoken & other.words)
        for other in others
        if not shared or (kind in _OWN and topic.kind == other.kind != "document")
    )
