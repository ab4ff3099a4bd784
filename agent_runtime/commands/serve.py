"""``agent-runtime serve``."""

from __future__ import annotations

import argparse
import os

from ..settings import Settings


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = commands.add_parser("serve", help="run the service; settings by environment")
    command.set_defaults(run=_run)
    command.add_argument("--json", action="store_true", help="write the log as JSON lines")


def _run(options: argparse.Namespace) -> int:
    settings = Settings.from_environ(os.environ)
    # Imported here: the other commands need neither the server nor anything it imports.
    from ..service.server import serve

    serve(settings, json_log=options.json)
