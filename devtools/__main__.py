"""Command line behind the Makefile: ``python3 -m devtools COMMAND``."""

import argparse
import importlib
import signal
import sys

from .console import say
from .problem import Problem

# Command -> (module below devtools.commands, help). Imported only when asked for.
COMMANDS = {
    "setup": ("setup", "make or complete the environment"),
    "env": ("env", "print the shell lines that put the project's programs on the path"),
    "postgres": ("postgres", "start, stop or show the suite's own PostgreSQL"),
    "template": ("template", "make the template databases"),
    "demo": ("demo", "play the demonstration"),
    "test": ("test", "run all tests"),
    "test-long": ("test_long", "play events in any order for long"),
    "run": ("run", "run Odoo for development"),
    "lint": ("lint", "check style, addons and translations"),
    "bench": ("bench", "measure and write build/bench.json"),
    "locks": ("locks", "renew the lock files"),
    "clean-cache": ("clean_cache", "remove cached results and the suite's own data"),
}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="devtools", description=__doc__)
    parsers = parser.add_subparsers(dest="command", required=True)
    arguments = list(sys.argv[1:] if argv is None else argv)
    for name, (module, text) in COMMANDS.items():
        command = parsers.add_parser(name, help=text)
        if arguments[:1] == [name]:
            code = importlib.import_module(f".commands.{module}", __package__)
            code.arguments(command)
            command.set_defaults(run=code.run)
    options = parser.parse_args(arguments)
    # A polite termination unwinds the stack, so that started services are stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return options.run(options) or 0
    except Problem as problem:
        say(f"STOPPED: {problem}")
        return 1
    except KeyboardInterrupt:
        say("interrupted")
        return 130


if __name__ == "__main__":
    sys.exit(main())
