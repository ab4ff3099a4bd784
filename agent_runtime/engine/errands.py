"""What a turn can do beyond searching: orders, free times, and wishes noted for Odoo."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable
from datetime import datetime
from typing import Final

from ..contracts import ActionRequest, Rule, TenantConfig, TurnRequest
from ..crews.errand_tools import (
    BookArguments,
    ErrandTool,
    LeadArguments,
    OrderArguments,
    QuoteArguments,
    SlotArguments,
)
from ..decision import vocabulary as v
from ..decision.concepts import concepts
from ..decision.engine import Verdict
from ..decision.meant_service import Offered
from ..decision.negation import affirmed
from ..evidence import Evidence
from ..evidence_check.claims import Claim, claims
from ..llm.answers.days import may_mean, times_named
from ..llm.answers.phrases import phrases
from . import appointment
from .free_slots import FreeSlots
from .known_requests import of_known
from .ledger import Ledger
from .toolbox import Toolbox
from .wishes import Wishes, WishRefused

ORDERS: Final = "order_status"
SLOTS: Final = "free_slots"
BOOK: Final = "request_booking"
QUOTE: Final = "request_quotation"
LEAD: Final = "request_lead"
_PURPOSES: Final = {
    ORDERS: "The customer's own orders: state, dates, total, lines. number: only one of them.",
    SLOTS: "Free times for an appointment. date: ISO, for one day; empty: the next ones.",
    BOOK: "Note that the customer wants an appointment at a free time that was found. It is "
    "confirmed later: promise nothing.",
    QUOTE: "Note that the customer wants a quotation of products that were found. It comes "
    "later: promise nothing.",
    LEAD: "Note that the customer wants to be contacted about something. Promise nothing.",
}
_log = logging.getLogger(__name__)


class Errands:
    """The errands that one turn's crew is allowed."""

    def __init__(
        self,
        request: TurnRequest,
        config: TenantConfig,
        rules: list[Rule],
        toolbox: Toolbox,
        ledger: Ledger,
        allowed: frozenset[str],
    ) -> None:
        """``allowed``: names of tools. Orders are only for whom the channel proves; times are
        only known to be free where appointments are taken."""
        self._request, self._config, self._ledger = request, config, ledger
        self._toolbox = toolbox
        known = request.known_requests
        offers = [Offered(offer.name, offer.description or "") for offer in config.offers]
        self._slots = FreeSlots(toolbox, rules, request.moment, known, offers)
        self._said = [request.text]
        self._wishes = Wishes(
            config.requests, ledger, config.language, known, self._is_chosen, self._details
        )
        ledger.add(of_known(known, config))
        missing = set()
        if request.customer.identity is None or not config.reads_orders:
            missing.add(ORDERS)
        if not config.requests.booking:
            missing.add(SLOTS)
        self._allowed = (allowed & _PURPOSES.keys()) - missing

    def wishes(self, body: str) -> tuple[ActionRequest, ...]:
        """What the customer wants done and reads in ``body`` that it is noted."""
        return self._wishes.told_in(body)

    async def gather(self, verdict: Verdict) -> None:
        """Read what the intents call for; what fails is noted and stops nothing else."""
        request, wanted = self._request, set(verdict.decision.intents)
        self._said = appointment.thread(
            request.text, verdict.question, request.history, self._config.language
        )
        async with asyncio.TaskGroup() as group:
            if v.ORDER in wanted and ORDERS in self._allowed:
                numbers = [e.text for e in verdict.decision.entities if e.kind == "order"]
                for number in dict.fromkeys(numbers or [None]):
                    reading = self._toolbox.orders(number)
                    group.create_task(self._read(ORDERS, number or "", reading))
            if v.BOOKING in wanted and SLOTS in self._allowed:
                now, zone = request.moment, self._config.hours.timezone
                days = appointment.days_wanted(self._said, now, zone)
                part = appointment.part_wanted(self._said)
                reading = self._slots.find(self._said, days, part)
                group.create_task(self._read(SLOTS, verdict.question, reading))

    def _details(self, service: str) -> str:
        """What the customer said of the appointment that the service's name does not tell:
        "corte, escova", "4 pessoas"."""
        things = dict.fromkeys(self._slots.things(*self._said))
        told = [thing for thing in things if not concepts(thing) <= concepts(service)]
        if count := appointment.people(self._said):
            told.append(phrases(self._config.language)["people"].format(count=count))
        told += [
            phrases(self._config.language)["asked_for_before"].format(what=known.summary)
            for known in self._request.known_requests
            if known.state == "waiting" and known.kind == "booking"
        ]
        return ", ".join(told)

    def tools(self) -> list[ErrandTool]:
        """The same for a crew, and the wishes it may note. It begins without those of a crew
        before it that did not get to answer."""
        self._wishes.forget()
        made = {
            ORDERS: (OrderArguments, lambda a: self._toolbox.orders(a.number or None)),
            SLOTS: (SlotArguments, self._free),
            BOOK: (BookArguments, lambda a: _now(self._wishes.book, a.starts_at)),
            QUOTE: (QuoteArguments, lambda a: _now(self._wishes.quote, _lines(a))),
            LEAD: (LeadArguments, lambda a: _now(self._wishes.lead, a.summary)),
        }
        return [
            ErrandTool(name, _PURPOSES[name], arguments, run, self._ledger)
            for name, (arguments, run) in made.items()
            if name in self._allowed
        ]

    def _is_chosen(self, start: datetime) -> bool:
        """Whether the customer has named a time, or was offered it on its day just before."""
        request, clock = self._request, start.time()
        own = [entry.text for entry in request.history if entry.role == "customer"]
        named = [at for text in (request.text, *own) for at in times_named(affirmed(text))]
        if any(may_mean(at, clock) for at in named):
            return True
        offers = [entry.text for entry in request.history if entry.role != "customer"][-1:]
        offered = {claim for text in offers for claim in claims(text)}
        return Claim("time", f"{clock:%H:%M}") in offered and any(
            start.date().isoformat().endswith(claim.value)
            for claim in offered
            if claim.kind == "date"
        )

    def _free(self, asked: SlotArguments) -> Awaitable[list[Evidence]]:
        services = self._slots.meant(asked.service)
        if len(services) > 1:
            raise WishRefused(f"ask which service is meant: {', '.join(services)}")
        return self._slots.find([asked.service], [asked.date] if asked.date else [])

    async def _read(self, tool: str, query: str, reading: Awaitable[list[Evidence]]) -> None:
        try:
            found = await reading
        except Exception as error:
            self._ledger.failed(tool, error)
            _log.warning("search failed", extra={"tool": tool}, exc_info=True)
        else:
            self._ledger.searched(tool, query, found)


async def _now(note, wanted) -> list[Evidence]:
    return note(wanted)


def _lines(asked: QuoteArguments) -> list[tuple[str, float]]:
    return [(line.product, line.quantity) for line in asked.lines]
