"""make clean-cache: remove what the set-up made, and the suite's own data."""

import shutil

from ..console import say
from ..roots import find_roots
from ..services import postgres


def arguments(parser):
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(options):
    roots = find_roots()
    if not options.yes:
        answer = input(f"Remove {roots.cache} and {roots.state} with all their data? [y/N] ")
        if answer.strip().lower() not in {"y", "yes"}:
            say("nothing removed")
            return 1
    postgres.let_go(roots)
    for path in (roots.cache, roots.state):
        shutil.rmtree(path, ignore_errors=True)
        say(f"removed {path}")
    return 0
