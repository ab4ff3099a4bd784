"""python3 -m devtools postgres start|stop|status: the suite's own server, for work by hand."""

from ..console import say
from ..layout import find_layout
from ..services import postgres


def arguments(parser):
    parser.add_argument("action", choices=["start", "stop", "status"])


def run(options):
    roots = find_layout().roots
    if options.action == "start":
        postgres.keep_running(roots)
    elif options.action == "stop":
        postgres.let_go(roots)
    running = postgres.is_running(roots)
    say("PostgreSQL answers" if running else "PostgreSQL does not run")
    return 0 if running or options.action == "stop" else 1
