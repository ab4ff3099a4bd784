"""What the demonstration prints: each exchange as it happens, and a table at the end."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap

from .scenario import Outcome
from .tenants import TENANTS

LABEL = 10


def _colour(code: str, text: str) -> str:
    if not sys.stdout.isatty() or "NO_COLOR" in os.environ:
        return text
    return f"\033[{code}m{text}\033[0m"


def ok(passed: bool, text: str) -> str:
    """``text`` behind a tick or a cross."""
    return _colour("32", f"✔ {text}") if passed else _colour("31", f"✘ {text}")


def _line(label: str, text: str) -> None:
    width = max(shutil.get_terminal_size((100, 24)).columns, 60)
    indent = " " * (LABEL + 3)
    first, *rest = text.splitlines() or [""]
    wrap = textwrap.TextWrapper(width, initial_indent=f"   {label:<{LABEL}}")
    wrap.subsequent_indent = indent
    print(wrap.fill(first))
    wrap.initial_indent = indent
    for line in rest:
        print(wrap.fill(line) if line else "")


def exchange(outcome: Outcome) -> None:
    """One conversation: channel, customer's text, crew and why, sources, answer, latency."""
    play, turn = outcome.play, outcome.turn
    tenant = TENANTS[play.tenant]
    inbox = next(plan for plan in tenant.inboxes if plan.key == play.inbox)
    print()
    print(_colour("1", f"── {play.title}"))
    _line("channel", f"{inbox.name} → {tenant.company} (account {tenant.account_id})")
    for text in (*play.before, *play.says):
        _line("customer", f"{play.customer}: {text}")
    if play.change:
        _line("Odoo", f"price of {play.change.product_code} set to {play.change.price:.2f}")
    if turn:
        _line("crew", f"{turn.crew}: {turn.reason}")
        sources = "; ".join(f"{s.kind} “{s.title}” via {s.via}" for s in turn.sources)
        _line("sources", sources or "none")
    for number, answer in enumerate(outcome.answers, 1):
        if play.approve and number == len(outcome.answers):
            _line("Odoo", "somebody approves the request")
        _line("answer", answer)
    if turn and turn.handover_reason:
        _line("hand-over", f"{turn.handover_reason}; conversation is {outcome.status}")
        for note in outcome.notes:
            _line("note", note)
    latency = "no answer" if outcome.latency is None else f"answered in {outcome.latency:.1f} s"
    _line("outcome", ok(outcome.passed, latency))
    for failure in outcome.failures:
        _line("", ok(False, failure))
    sys.stdout.flush()


def table(outcomes: list[Outcome]) -> None:
    """The summary."""
    rows = [("", "conversation", "tenant", "channel", "crew", "turn", "latency")]
    for outcome in outcomes:
        turn = outcome.turn
        rows.append(
            (
                "✔" if outcome.passed else "✘",
                outcome.play.title,
                TENANTS[outcome.play.tenant].company,
                outcome.play.inbox,
                (turn.crew if turn else None) or "-",
                turn.state if turn else "-",
                "-" if outcome.latency is None else f"{outcome.latency:.1f} s",
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    print()
    for row in rows:
        cells = "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
        print(f"   {cells}".rstrip())
    passed = sum(outcome.passed for outcome in outcomes)
    print(
        f"\n   {ok(passed == len(outcomes), f'{passed} of {len(outcomes)} outcomes as expected')}"
    )
    sys.stdout.flush()
