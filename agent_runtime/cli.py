"""The command line: ``agent-runtime serve | health | search | schema | eval``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from .client import RuntimeClientError
from .commands import eval as evaluate
from .commands import health, schema, search, serve
from .settings import SettingsError

COMMANDS = (serve, health, search, schema, evaluate)

CONFIGURATION = 2
"""Exit status for a wrong environment; not 3, which Odoo's server reads as its own."""

UNREACHABLE = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the result is the process's exit status."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except SettingsError as error:
        print(f"agent-runtime: {error}", file=sys.stderr)
        return CONFIGURATION
    except RuntimeClientError as error:
        print(f"agent-runtime: {error}", file=sys.stderr)
        return UNREACHABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="agent-runtime", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for command in COMMANDS:
        command.register(commands)
    return parser
