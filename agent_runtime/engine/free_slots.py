"""Free times for the services that the tenant's scheduling rules let customers book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..contracts import Rule
from ..decision.concepts import concepts
from ..evidence import Evidence
from ..slots import coming_slots, free_slots, last_day
from .toolbox import Toolbox

DAYS = 3
"""So many days with free times are looked for when the customer names none."""


class FreeSlots:
    """Looks for free times by the rules in force at the turn's moment."""

    def __init__(self, toolbox: Toolbox, rules: Sequence[Rule], moment: datetime) -> None:
        self._toolbox = toolbox
        self._rules = [rule for rule in rules if rule.scheduling]
        self._moment = moment

    async def find(self, service: str, days: Sequence[date] = ()) -> list[Evidence]:
        """Free times on ``days``, or on the next days that have any; empty for none.

        Empty as well while it is open which service is meant. Raises what reading raises.
        """
        rule = self._meant(service)
        if rule is None:
            return []
        terms, now = rule.scheduling, self._moment
        final = datetime.combine(
            last_day(terms, now) + timedelta(days=1), time(), ZoneInfo(terms.timezone)
        )
        busy = await self._toolbox.busy_times(final)
        found = [slot for on in days for slot in free_slots(terms, busy, now, on)]
        if not found:
            found = coming_slots(terms, busy, now, DAYS)
        return [_evidence(rule, start) for start in found]

    def _meant(self, service: str) -> Rule | None:
        """The one rule whose service shares most with the words; ``None`` where it is open."""
        spoken = concepts(service)
        shared = [(len(spoken & concepts(r.scheduling.service)), r) for r in self._rules]
        most = max((count for count, _rule in shared), default=0)
        best = [rule for count, rule in shared if count == most]
        return best[0] if len(best) == 1 else None


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
