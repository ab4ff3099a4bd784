"""``agent-runtime health``."""

from __future__ import annotations

import argparse

from ..contracts import dump_json
from . import reach


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = commands.add_parser("health", help="state of a running service")
    command.set_defaults(run=_run)
    reach.add_options(command)


def _run(options: argparse.Namespace) -> int:
    health = reach.client(options).health()
    if options.json:
        print(dump_json(health))
    else:
        print(f"{health.status}  version {health.version}  boot {health.boot_id}")
        for name, state in health.checks.items():
            print(f"  {name}: {state}")
    return 0 if health.status == "ok" else 1
