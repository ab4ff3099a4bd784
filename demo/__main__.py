"""``python -m demo``: bring everything up, play the conversations, judge, stay or stop."""

from __future__ import annotations

import argparse
import os
import signal
import sys

from devtools.console import say
from devtools.problem import Problem

from . import guide, report
from .player import play
from .scenario import PLAYS, Outcome
from .stage import Stage

PORT = 8069
CREWS = {"whatsapp", "facebook", "instagram", "email", "web"}


def main(argv: list[str] | None = None) -> int:
    """Run the demonstration; 0 when every outcome was as expected."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("--once", action="store_true", help="stop everything at the end")
    parser.add_argument("--only", action="append", metavar="KEY", help="play only this one")
    options = parser.parse_args(argv)
    # Asked to end, leave through the context managers, which stop everything.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return perform(options.once, options.only)
    except KeyboardInterrupt:
        say("stopped")
        return 130
    except Problem as problem:
        say(f"FAILED: {problem}")
        return 1


def perform(once: bool, only: list[str] | None) -> int:
    """The demonstration itself."""
    # Whoever stays up gets an address to remember; a single run takes any free port.
    wanted = os.environ.get("SUITE_PORT")
    port = int(wanted) if wanted else (None if once else PORT)
    with Stage("demo", port=port, keep=not once) as stage:
        stage.wait_ready()
        say("the conversations begin")
        outcomes = []
        for what in PLAYS:
            if not only or what.key in only:
                outcomes.append(play(stage, what))
                report.exchange(outcomes[-1])
        report.table(outcomes)
        passed = all(outcome.passed for outcome in outcomes)
        if not only:
            passed = all_crews_seen(outcomes) and passed
        if not once:
            guide.stay(stage)
        say("stopping")
    return 0 if passed else 1


def all_crews_seen(outcomes: list[Outcome]) -> bool:
    """Whether each of the channels' crews has answered somebody."""
    seen = {outcome.turn.crew for outcome in outcomes if outcome.turn}
    told = f"crews that answered: {len(seen & CREWS)} of {len(CREWS)}"
    print(f"   {report.ok(seen >= CREWS, told)}")
    return seen >= CREWS


if __name__ == "__main__":
    sys.exit(main())
