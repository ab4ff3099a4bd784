"""The command line ``agent-runtime``; its commands are the modules of :mod:`.commands`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from .client import RuntimeClientError
from .commands import chat, decide, health, index, redis_user, schema, search, serve
from .commands import eval as evaluate
from .commands.texts import WrongInput
from .knowledge.errors import KnowledgeError
from .settings import SettingsError

COMMANDS = (serve, chat, decide, health, index, search, schema, evaluate, redis_user)

CONFIGURATION = 2
"""Exit status for a wrong environment; not 3, which Odoo's server reads as its own."""

UNREACHABLE = 4
"""Exit status when the service or the store cannot do it."""

WRONG_INPUT = 5
"""Exit status for a file that cannot be used."""

CUT_OFF = 141
"""Exit status when nobody reads on, as a shell tells of SIGPIPE."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the result is the process's exit status."""
    options = _parser().parse_args(arguments)
    try:
        status = options.run(options)
        sys.stdout.flush()
        return status
    except SettingsError as error:
        print(f"agent-runtime: {error}", file=sys.stderr)
        return CONFIGURATION
    except (RuntimeClientError, KnowledgeError) as error:
        print(f"agent-runtime: {error}", file=sys.stderr)
        return UNREACHABLE
    except WrongInput as error:
        print(f"agent-runtime: {error}", file=sys.stderr)
        return WRONG_INPUT
    except BrokenPipeError:
        # Who reads has what it wanted, as `head` does. What is left has nowhere to go; without
        # this the interpreter would complain of it at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CUT_OFF


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="agent-runtime", description="Answers customers.")
    commands = parser.add_subparsers(required=True)
    for command in COMMANDS:
        command.register(commands)
    return parser
