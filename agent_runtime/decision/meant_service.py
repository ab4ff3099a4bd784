"""Which of the services that can be booked a customer means. Pure.

A customer names what is done, "corte e escova", and a company books by what it is done to,
"Cabelo e unhas": the catalogue tells which belongs where.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from ..spelling import common
from .concepts import concept, concepts
from .negation import affirmed
from .terms import named
from .trades import fields

_MOMENT: Final = re.compile(
    r"\d+(?:h\w*)?|h|hs|hrs?|horas?|horarios?|feira|dia|manha|tarde|noite|almoco"
    r"|(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)s?|fim|semana|proxim[ao]|vem|depois|antes|final|comeco|inicio"
    r"|hoje|amanha|today|tomorrow|am|pm|\w+day|next|morning|afternoon|evening"
)


class Offered(NamedTuple):
    """A service of the catalogue."""

    name: str
    description: str = ""


def meant(
    texts: Iterable[str], services: Sequence[str], offers: Sequence[Offered] = ()
) -> list[str]:
    """The services that the last of ``texts`` means that means any; several where it is open,
    all of them where none is named.

    Those of which most is said, and of these not the ones with more words beside it: "banho" is
    not "banho e tosa".
    """
    for text in reversed(list(texts)):
        if found := _best(text, services, offers):
            return found
    return list(services)


def named_things(text: str, services: Sequence[str], offers: Sequence[Offered] = ()) -> list[str]:
    """The words of ``text``, as written there, that tell which service it shall be."""
    reached = _reached(text, services, offers)
    return [word for word in re.findall(r"\w+", text) if concept(_only(word)) in reached]


def tells_moment(word: str) -> bool:
    """Whether a plain word is of a day or a time, and of no thing."""
    return bool(_MOMENT.fullmatch(word))


def _only(word: str) -> str:
    return next(iter(named(word)), "")


def _best(text: str, services: Sequence[str], offers: Sequence[Offered]) -> list[str]:
    reached = _reached(text, services, offers)
    known = {s: frozenset(w for w, to in reached.items() if s in to) for s in services}
    most = max(map(len, known.values()), default=0)
    best = [service for service in services if most and len(known[service]) == most]

    def is_wider(service: str) -> bool:
        size = len(concepts(service))
        return any(known[o] == known[service] and len(concepts(o)) < size for o in best)

    return [service for service in best if not is_wider(service)]


def _reached(
    text: str, services: Sequence[str], offers: Sequence[Offered]
) -> dict[str, frozenset[str]]:
    """The concepts said that lead to services, and to which: by the services' names, by the
    catalogue's, by the trade, by the catalogue's descriptions, whichever knows the word first."""
    spoken = {concept(w) for w in named(affirmed(text)) if not tells_moment(w)}
    called = {service: concepts(service) for service in services}
    home = {offer: _home(offer, called) for offer in offers}

    def of_offers(told: Callable[[Offered], str]) -> Callable[[str], Iterable[str]]:
        return lambda word: (
            service for o in offers if common([word], concepts(told(o))) for service in home[o]
        )

    ways: tuple[Callable[[str], Iterable[str]], ...] = (
        lambda word: (s for s, name in called.items() if common([word], name)),
        of_offers(lambda offer: offer.name),
        lambda word: (s for s, name in called.items() if fields([word]) & fields(name)),
        of_offers(lambda offer: offer.description),
    )
    found = {
        word: next((f for way in ways if (f := frozenset(way(word)))), None) for word in spoken
    }
    return {word: services for word, services in found.items() if services}


def _home(offer: Offered, called: dict[str, frozenset[str]]) -> list[str]:
    """The services that share most words with an offer, or else its trade."""
    words = concepts(f"{offer.name} {offer.description}")
    shared = {s: len(common(name, words)) for s, name in called.items()}
    if not any(shared.values()):
        shared = {s: len(fields(name) & fields(words)) for s, name in called.items()}
    most = max(shared.values(), default=0)
    return [service for service, count in shared.items() if most and count == most]
