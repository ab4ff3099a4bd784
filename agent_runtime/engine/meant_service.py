"""Which of the services that can be booked a customer means. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..decision.concepts import concepts
from ..spelling import common


def meant(words: str, services: Sequence[str]) -> list[str]:
    """The services whose names share most with the words, and of these the ones with the fewest
    words beside them: "banho" is not "banho e tosa". Several where it is open."""
    spoken = concepts(words)
    named = {service: concepts(service) for service in services}
    shared = {service: len(common(name, spoken)) for service, name in named.items()}
    most = max(shared.values(), default=0)
    best = [service for service, count in shared.items() if count == most]
    least = min((len(named[service]) for service in best), default=0)
    return [service for service in best if not most or len(named[service]) == least]
