"""Free times for the services that the tenant's scheduling rules let customers book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..contracts import KnownRequest, Rule, SchedulingTerms
from ..decision.meant_service import Offered, meant, named_things
from ..evidence import Evidence
from ..llm.answers.day_parts import Part
from ..slots import Busy, coming_slots, free_slots, last_day
from .toolbox import Toolbox

DAYS = 3
"""So many days with free times are looked for when the customer names none."""
WEEK = 7
"""Of so many days the ones with the part of the day asked for are taken."""


class FreeSlots:
    """Looks for free times by the rules in force at the turn's moment."""

    def __init__(
        self,
        toolbox: Toolbox,
        rules: Sequence[Rule],
        moment: datetime,
        known: Sequence[KnownRequest] = (),
        offers: Sequence[Offered] = (),
    ) -> None:
        """``known``: what the customer has asked for before; their own time is free to them.

        ``offers``: the catalogue, by which customers call what they book.
        """
        self._offers = offers
        self._toolbox = toolbox
        self._rules = [rule for rule in rules if rule.scheduling]
        self._moment = moment
        lasting = {rule.key: rule.scheduling.duration_minutes for rule in self._rules}
        self._own = {
            (at.starts_at, at.starts_at + timedelta(minutes=lasting[at.scheduling_rule]))
            for at in known
            if at.starts_at and at.scheduling_rule in lasting
        }

    def meant(self, *said: str) -> list[str]:
        """The services that the customer's words may mean: one, or several where it is open."""
        return meant(said, self._services, self._offers)

    def things(self, *said: str) -> list[str]:
        """The words by which the customer says what shall be done."""
        return [word for text in said for word in named_things(text, self._services, self._offers)]

    async def find(
        self, said: Sequence[str], days: Sequence[date] = (), part: Part | None = None
    ) -> list[Evidence]:
        """Free times on ``days``, or on the next days that have any; empty for none. Where there
        are some in the ``part`` of the day asked for, only those.

        Empty as well while it is open which service is meant. Raises what reading raises.
        """
        named = self.meant(*said)
        if len(named) != 1:
            return []
        rule = next(rule for rule in self._rules if rule.scheduling.service == named[0])
        terms, now = rule.scheduling, self._moment
        last = last_day(terms, now)
        wanted = [on for on in days if on <= last]
        if wanted:
            busy = await self._busy(terms, max(wanted))
            if found := [slot for on in wanted for slot in free_slots(terms, busy, now, on)]:
                return [_evidence(rule, start) for start in _within(found, part)]
        busy = await self._busy(terms, last)
        coming = _within(coming_slots(terms, busy, now, WEEK if part else DAYS), part)
        shown = sorted({start.date() for start in coming})[:DAYS]
        return [_evidence(rule, start) for start in coming if start.date() in shown]

    @property
    def _services(self) -> list[str]:
        return [rule.scheduling.service for rule in self._rules]

    async def _busy(self, terms: SchedulingTerms, last: date) -> list[Busy]:
        """What is taken up to the end of a day, but for what this customer holds."""
        end = datetime.combine(last + timedelta(days=1), time(), ZoneInfo(terms.timezone))
        return [taken for taken in await self._toolbox.busy_times(end) if taken not in self._own]


def _within(starts: list[datetime], part: Part | None) -> list[datetime]:
    return [start for start in starts if part and part.holds(start.time())] or starts


def moments(evidence: Sequence[Evidence]) -> dict[datetime, Evidence]:
    """The free times among evidence by their beginnings, in UTC."""
    return {
        datetime.fromisoformat(piece.data["starts_at"]).astimezone(UTC): piece
        for piece in evidence
        if piece.kind == "slot" and "starts_at" in piece.data and "request" not in piece.data
    }


def _evidence(rule: Rule, start: datetime) -> Evidence:
    terms = rule.scheduling
    return Evidence(
        kind="slot",
        reference=rule.key,
        title=terms.service,
        text=f"{terms.service}: {start:%d/%m/%Y %H:%M}",
        via="mcp-odoo",
        data={
            "starts_at": start.isoformat(),
            "minutes": terms.duration_minutes,
            "rule": rule.key,
        },
    )
