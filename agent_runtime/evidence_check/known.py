"""All that an answer of a turn may state, read from its evidence once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..contracts import Hours, TenantConfig
from ..decision.quantities import quantities
from ..evidence import Evidence
from . import support
from .addresses import Addresses
from .claims import Claim
from .currency import spoken_of
from .policy import Sources
from .product_facts import ProductFacts, of_products
from .strangers import Vocabulary
from .topic_facts import TopicFacts, of_topics

_DAYS = (
    "segunda monday",
    "terça tuesday",
    "quarta wednesday",
    "quinta thursday",
    "sexta friday",
    "sábado saturday",
    "domingo sunday",
)


class Known(NamedTuple):
    """What the evidence supports; ``anywhere`` holds whatever a sentence is about."""

    anywhere: frozenset[Claim]
    products: Sequence[ProductFacts] = ()
    topics: Sequence[TopicFacts] = ()
    quantities: frozenset[int] = frozenset()
    """How many the customer asked for."""
    currencies: frozenset[str] = frozenset()
    hours: Hours | None = None
    sources: Sources | None = None
    """What yes and no stand on; ``None`` where they need no source."""
    question: str = ""
    vocabulary: Vocabulary | None = None
    """The words in which things may be named; ``None`` where any may."""
    evidence: Sequence[Evidence] = ()
    addresses: Addresses | None = None


def of_turn(
    config: TenantConfig,
    evidence: Sequence[Evidence],
    question: str,
    latest: str,
    *,
    free_speech: bool,
) -> Known:
    """What is known in a turn.

    :param evidence: of rules that hold now, of documents, products and whatever tools have read
    :param free_speech: whether the words of the answer are a model's own, whose yes and no need
        a source too
    """
    zone = config.hours.timezone
    said = profile(config)
    texts = [f"{piece.title} {piece.text}" for piece in evidence]
    topics = of_topics(evidence, zone)
    named = [*texts, *said, *(" ".join(topic.words) for topic in topics)]
    currencies = {piece.data["currency"] for piece in evidence if piece.data.get("currency")}
    return Known(
        anywhere=frozenset(support.of_config(config)),
        products=of_products(evidence, zone),
        topics=topics,
        quantities=frozenset(quantities(latest)),
        currencies=frozenset({config.currency, *currencies, *spoken_of([*texts, *said])}),
        hours=config.hours,
        sources=Sources(evidence, [*said, _opening(config)]) if free_speech else None,
        question=question,
        vocabulary=Vocabulary(named, question) if free_speech else None,
        evidence=tuple(evidence),
        addresses=Addresses(config.company) if free_speech else None,
    )


def profile(config: TenantConfig) -> list[str]:
    """What the company publishes of itself, text by text."""
    company = config.company
    said = [value for value in company.model_dump().values() if isinstance(value, str)]
    return said + [text for c in company.contacts for text in (c.label, c.value) if text]


def _opening(config: TenantConfig) -> str:
    """The opening hours in the words with which an answer tells them."""
    week = config.hours.week
    if not week:
        return ""
    days = [_DAYS[opening.weekday] for opening in week]
    times = [f"{text} {int(text[:2])}" for o in week for text in (o.start, o.end)]
    words = ("horário de funcionamento aberto manhã tarde semana hours open from", *days, *times)
    return " ".join(words)
