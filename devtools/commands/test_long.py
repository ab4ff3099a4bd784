"""make test-long: events in any order on the running suite; the counts are printed at the end."""

from ..problem import Problem
from ..setup.everything import set_up
from .demo import foreground

_TEST = "tests/e2e/test_any_order.py"
_LENGTH = "SUITE_LONG_SECONDS"


def arguments(parser):
    parser.add_argument(
        "--seconds", type=int, default=600, help="how long new examples are begun (600)"
    )


def run(options):
    if options.seconds < 1:
        raise Problem("the length must be at least one second", "make test-long SECONDS=600")
    layout = set_up()
    command = [str(layout.python), "-m", "pytest", "-q", _TEST]
    return foreground(command, layout, **{_LENGTH: str(options.seconds)})
