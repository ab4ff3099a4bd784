"""Judging an outcome: pure, so that the judge itself can be tested."""

from __future__ import annotations

import re

from .model import Outcome, Play

HANDOVER_LABEL = "ai_handover"
UNSETTLED = ("prepared", "dispatched", "answered", "delivering")
DONE = ("delivered", "handed_over")
"""How a turn ends that reached the customer."""


def failures(outcome: Outcome) -> list[str]:
    """Everything that is not as the play demands, in words; empty means passed."""
    play = outcome.play
    if outcome.turn is None:
        return ["no turn was recorded"]
    found = [*_texts(play, outcome), *_sources(play, outcome), *_handover(play, outcome)]
    if play.crew and outcome.turn.crew != play.crew:
        found.append(f"crew {outcome.turn.crew!r} instead of {play.crew!r}")
    if not outcome.turn.reason:
        found.append("the decision has no reason")
    # A turn may give way to a later one; the last has nobody to give way to.
    counting = [t for t in outcome.turns if t is outcome.turn or t.state != "superseded"]
    found += [f"turn {turn.id} ended {turn.state}" for turn in counting if turn.state not in DONE]
    if not outcome.answers:
        found.append("the customer got no answer")
    elif play.answers is not None and len(outcome.answers) != play.answers:
        found.append(f"{len(outcome.answers)} answers instead of {play.answers}")
    if len(play.says) > 1 and outcome.turn.messages != len(play.says):
        found.append(f"the turn covers {outcome.turn.messages} of {len(play.says)} messages")
    return found


def _texts(play: Play, outcome: Outcome) -> list[str]:
    text = "\n".join(outcome.answers)
    missing = [p for p in play.expected if not re.search(p, text, re.IGNORECASE)]
    present = [p for p in play.forbidden if re.search(p, text, re.IGNORECASE)]
    betrayed = [p for p in play.forbidden if _told_by_note(p, outcome)]
    return [
        *(f"missing: {p}" for p in missing),
        *(f"must not appear: {p}" for p in present),
        *(f"must not appear in a note: {p}" for p in betrayed),
    ]


def _told_by_note(pattern: str, outcome: Outcome) -> bool:
    """Whether a note says it of its own accord: it may quote what the customer wrote."""
    said = "\n".join(outcome.play.says).casefold()
    found = re.finditer(pattern, "\n".join(outcome.notes), re.IGNORECASE)
    return any(match.group().casefold() not in said for match in found)


def _sources(play: Play, outcome: Outcome) -> list[str]:
    sources = outcome.turn.sources if outcome.turn else ()
    vias, kinds = {source.via for source in sources}, {source.kind for source in sources}
    return [f"no source via {via}" for via in play.via if via not in vias] + [
        f"no {kind} among the sources" for kind in play.source_kinds if kind not in kinds
    ]


def _handover(play: Play, outcome: Outcome) -> list[str]:
    reason = outcome.turn.handover_reason if outcome.turn else None
    # Where either is right, a hand-over must still be a whole one.
    right = play.handover if play.handover is not None else (reason,) if reason else ()
    if not right:
        return [f"handed over ({reason})"] if outcome.status != "pending" else []
    found = []
    if reason not in right:
        found.append(f"hand-over reason {reason!r}")
    if outcome.status != "open":
        found.append(f"the conversation is {outcome.status} instead of open")
    if not outcome.notes:
        found.append("no private note for the attendant")
    if HANDOVER_LABEL not in outcome.labels:
        found.append(f"label {HANDOVER_LABEL} is missing")
    return found
