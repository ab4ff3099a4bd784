"""``agent-runtime eval``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from ..evaluation.names import names

BELOW_FLOOR = 1
NOTHING_MEASURED = 2
_SHARES = ("right", "crew", "handover", "needed", "called", "facts", "retrieval", "precision")
_COUNTS = ("misleading", "invented", "leaks", "forbidden", "errors")
_LISTS = ("invented", "leaks", "forbidden", "strays")


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = commands.add_parser(
        "eval", help="answer the evaluation set in this process; fails under the floors"
    )
    command.set_defaults(run=_run)
    command.add_argument("--set", choices=("all", "dev", "heldout"), default="all", dest="which")
    command.add_argument(
        "--business", action="append", default=[], choices=names(), help="only this one"
    )
    command.add_argument(
        "--model", default="grounded", help="as AGENT_RUNTIME_MODEL, which is not read"
    )
    command.add_argument("--base-url", help="of an OpenAI-compatible endpoint")
    command.add_argument(
        "--failures", action="store_true", help="print the turns of the dev set that went wrong"
    )
    command.add_argument("--json", action="store_true", help="print JSON")


def _run(options: argparse.Namespace) -> int:
    # Imported here: the other commands need neither the engine nor anything it imports.
    from ..evaluation.run import run
    from ..evaluation.scores import never, scores, under_floor

    judged = run(
        options.which,
        options.business,
        options.model,
        options.base_url,
        os.environ.get("AGENT_RUNTIME_MODEL_API_KEY"),
    )
    parts = {
        name: [one for one in judged if one.case.heldout == held]
        for name, held in (("dev", False), ("heldout", True))
    }
    measured = {name: scores(those) for name, those in parts.items() if those}
    if not measured:
        print("no turn was answered", file=sys.stderr)
        return NOTHING_MEASURED
    low = under_floor(measured["dev"]) if "dev" in measured else []
    # The held-out set's shares are only reported.
    low += [f"held out: {words}" for words in never(measured.get("heldout", {}))]
    if options.json:
        print(json.dumps({**measured, "under_floor": low}, ensure_ascii=False, indent=2))
    else:
        for name, values in measured.items():
            _print(name, values)
        if options.failures:
            _print_failures([one for one in parts["dev"] if not one.right])
        print("under the floor: " + "; ".join(low) if low else _held(measured))
    return BELOW_FLOOR if low else 0


def _held(measured: dict[str, Any]) -> str:
    if "dev" in measured:
        return "all floors held"
    return "no floor but none invented, leaked or forbidden: held-out shares are only reported"


def _print(name: str, values: dict[str, Any]) -> None:
    titles = ("turns", *_SHARES, *_COUNTS)
    widths = {title: max(8, len(title) + 2) for title in titles}
    print(f"{name:<11}" + "".join(f"{title:>{widths[title]}}" for title in titles))
    for row, those in (("all", values), *values["classes"].items()):
        cells = {title: those[title] for title in titles}
        cells |= {title: _percent(those[title]) for title in _SHARES}
        print(f"{row:<11}" + "".join(f"{cells[title]:>{widths[title]}}" for title in titles))
    print()


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.1%}"


def _print_failures(wrong: Sequence[Any]) -> None:
    for one in wrong:
        said = " / ".join(one.case.text)
        print(f"{one.case.id} [{one.case.kind}] {said}")
        missing = [fact for fact, found in one.facts if not found]
        complaints = {
            "crew": one.crew is False and f"expected {','.join(one.case.role)}",
            "handover": one.handover is False and f"expected {one.case.handover}",
            "facts": missing,
            "retrieval": one.retrieval is False and f"expected {one.case.sources}",
            **{name: getattr(one, name) for name in _LISTS},
        }
        for name, complaint in complaints.items():
            if complaint:
                print(f"  {name}: {complaint}")
        print(f"  {one.told}")
        print("  > " + one.text.replace("\n", "\n  > "))
    if wrong:
        print()
