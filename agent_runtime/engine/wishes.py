"""What the customer wants done, noted for Odoo. Nothing is executed here.

A wish is taken only for what was read in this very turn: a time that was found free, products
that were found on offer.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from ..contracts import (
    ActionKind,
    ActionRequest,
    AllowedRequests,
    KnownRequest,
    RequestedProduct,
)
from ..decision.concepts import concepts
from ..evidence import Evidence
from ..evidence_check.claims import claims
from ..evidence_check.noted import meant, named, noting
from ..llm.answers.phrases import phrases
from .free_slots import moments
from .ledger import Ledger

SUMMARY: Final = 300
LINES: Final = 20
_PRODUCT: Final = "product.template,"


class WishRefused(Exception):
    """The wish cannot be taken. The message is for the model, and quotes nobody."""


class Wishes:
    """The wishes of one turn, at most one of a kind. Written from CrewAI's threads."""

    def __init__(
        self,
        allowed: AllowedRequests,
        ledger: Ledger,
        language: str,
        known: Iterable[KnownRequest] = (),
        chosen: Callable[[datetime], bool] = lambda _start: True,
        details: Callable[[str], str] = lambda _service: "",
    ) -> None:
        """``known``: what the customer has asked for before, to be asked for once.

        ``chosen``: whether a time was spoken of with the customer, who can only then want it.

        ``details``: what the customer said of an appointment for a service, beside its time.
        """
        self._details = details
        self._chosen = chosen
        self._allowed = allowed
        self._ledger = ledger
        self._known = {request.starts_at for request in known if request.starts_at}
        self._words = phrases(language)["noted"]
        self._lock = threading.Lock()
        self._noted: dict[ActionKind, tuple[ActionRequest, Evidence]] = {}

    def told_in(self, body: str) -> tuple[ActionRequest, ...]:
        """The wishes of which ``body`` tells the customer, in the order they were taken.

        What was noted and not told is nobody's wish: the answer was refused, or its writer gave up.
        """
        starts = [slot.data["starts_at"] for slot in moments(self._ledger.evidence).values()]
        free = {f"{datetime.fromisoformat(start):%H:%M}" for start in starts}
        with self._lock:
            noted = dict(self._noted)
        told = set[ActionKind]()
        for sentence in noting(body):
            # Where it names no time, another sentence may: "Será segunda às 10h."
            times = _times(sentence) or _times(body) & free
            kinds = {kind for kind, (wish, _piece) in noted.items() if _at(wish, times)}
            names = named(sentence) | {
                kind for kind in kinds if kind != "lead" and _speaks_of(sentence, *noted[kind])
            }
            told |= meant(sentence, names, noted.keys()) & kinds
        return tuple(wish for kind, (wish, _piece) in noted.items() if kind in told)

    def forget(self) -> None:
        """Begin anew: whoever noted so far does not get to answer."""
        with self._lock:
            noted, self._noted = self._noted, {}
        self._ledger.retract(evidence for _request, evidence in noted.values())

    def book(self, starts_at: str) -> list[Evidence]:
        """Ask for the appointment that begins then, one of the free times found."""
        slot = self._free(starts_at)
        if datetime.fromisoformat(slot.data["starts_at"]) in self._known:
            raise WishRefused("the customer has asked for this very time before: it is noted")
        if not self._chosen(datetime.fromisoformat(slot.data["starts_at"])):
            raise WishRefused("the customer has not chosen this time: offer it and ask")
        what = slot.text
        if details := self._details(slot.title):
            what = f"{slot.text} ({details})"
        request = ActionRequest(
            kind="booking",
            summary=what[:SUMMARY],
            scheduling_rule=slot.data["rule"],
            starts_at=datetime.fromisoformat(slot.data["starts_at"]),
        )
        return self._take(request, slot, what[:SUMMARY])

    def quote(self, lines: Iterable[tuple[str, float]]) -> list[Evidence]:
        """Ask for a quotation of products found, by reference, in these quantities."""
        known = {e.reference: e for e in self._ledger.evidence if e.kind == "product"}
        wanted = Counter[str]()
        for reference, count in lines:
            wanted[reference] += count
        if not wanted or not known.keys() >= wanted.keys():
            raise WishRefused("name products by the references that were found")
        if len(wanted) > LINES or not all(0 < count <= 10_000 for count in wanted.values()):
            raise WishRefused("quantities are above 0 and at most 10000, for at most 20 products")
        what = ", ".join(f"{count:g} × {known[ref].title}" for ref, count in wanted.items())
        request = ActionRequest(
            kind="quotation",
            summary=what[:SUMMARY],
            products=tuple(
                RequestedProduct(product=int(ref.removeprefix(_PRODUCT)), quantity=count)
                for ref, count in wanted.items()
            ),
        )
        return self._take(request, known[next(iter(wanted))], what)

    def lead(self, summary: str) -> list[Evidence]:
        """Ask that somebody gets in touch about what the customer is interested in."""
        if not summary.strip():
            raise WishRefused("say what the customer is interested in")
        request = ActionRequest(kind="lead", summary=summary.strip()[:SUMMARY])
        profile = Evidence(
            kind="company", reference="config", title="Lead", text="", via="mcp-mongodb"
        )
        return self._take(request, profile, "")

    def _free(self, starts_at: str) -> Evidence:
        """The free time found that begins then. Without an offset the clock is the slots' own, and
        never this machine's."""
        try:
            wanted = datetime.fromisoformat(starts_at)
        except ValueError:
            raise WishRefused("starts_at is no ISO time") from None
        starts = {slot.data["starts_at"]: slot for slot in moments(self._ledger.evidence).values()}
        for start, slot in starts.items():
            begins = datetime.fromisoformat(start)
            if (begins if wanted.tzinfo else begins.replace(tzinfo=None)) == wanted:
                return slot
        raise WishRefused("this is none of the free times that were found")

    def _take(self, request: ActionRequest, about: Evidence, what: str) -> list[Evidence]:
        """Keep the wish; evidence that it was noted, and that nothing is promised yet."""
        if not getattr(self._allowed, request.kind):
            raise WishRefused("the company does not take such requests")
        text = self._words[request.kind].format(what=what)
        data = {**about.data, "request": request.kind}
        noted = about.model_copy(update={"text": text, "data": data})
        with self._lock:
            _request, before = self._noted.get(request.kind, (None, None))
            self._noted[request.kind] = (request, noted)
        self._ledger.retract([before] if before else ())
        self._ledger.add([noted])
        return [noted]


def _times(text: str) -> set[str]:
    return {claim.value for claim in claims(text) if claim.kind == "time"}


def _at(wish: ActionRequest, times: set[str]) -> bool:
    """Whether a wish is for one of the ``times`` told, if any is told and it is for a time."""
    return not (wish.starts_at and times) or f"{wish.starts_at:%H:%M}" in times


def _speaks_of(sentence: str, wish: ActionRequest, piece: Evidence) -> bool:
    """Whether a sentence names the time that a wish is for, or the thing."""
    at_its_time = bool(wish.starts_at) and f"{wish.starts_at:%H:%M}" in _times(sentence)
    return at_its_time or bool(concepts(piece.title) & concepts(sentence))
