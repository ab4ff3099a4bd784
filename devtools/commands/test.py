"""make test: every test of the project; the last line is the sum."""

from contextlib import ExitStack, closing

from ..console import say
from ..problem import Problem
from ..services.stack import Stack
from ..setup.everything import set_up
from ..template import OWN_MODULES, make_base
from ..testing.addons import AddonsRun
from ..testing.pytest_run import run_pytest
from ..testing.tally import Tally

_UNIT = ("tests/devtools", "tests/runtime")
_END_TO_END = "tests/e2e"


def arguments(parser):
    parser.add_argument(
        "--only", choices=["unit", "addons", "e2e"], help="one part, while working on it"
    )


def run(options):
    wanted = {options.only} if options.only else {"unit", "addons", "e2e"}
    try:
        total = _run(wanted)
    except Problem as problem:
        say(f"STOPPED: {problem}")
        total = Tally(failed=1)
    say("tests are over")
    print(total, flush=True)
    return 1 if total.failed or not total.passed else 0


def _halves() -> dict[str, tuple[str, ...]]:
    """The addons in two databases side by side: Odoo tests on one core, CI has two."""
    connector = tuple(name for name in OWN_MODULES if name.startswith("chatwoot_ai"))
    return {
        "connector": connector,
        "others": tuple(name for name in OWN_MODULES if name not in connector),
    }


def _run(wanted: set[str]) -> Tally:
    # Tests of the runtime and of the addons start a Redis of their own.
    layout = set_up(browser="addons" in wanted, redis=bool({"unit", "addons"} & wanted))
    total = Tally()
    with Stack("test", layout) as stack:
        stack.reset()
        make_base(layout)
        with ExitStack() as running:
            addons = [
                running.enter_context(closing(AddonsRun(layout, stack.folder, name, modules)))
                for name, modules in _halves().items()
                if "addons" in wanted
            ]
            if addons:
                say("tests of the addons run in the background")
            for half in addons:
                half.start()
            if "unit" in wanted:
                present = [path for path in _UNIT if (layout.roots.repo / path).is_dir()]
                total += run_pytest(layout, stack.folder, "unit", present)
            if addons:
                say("waiting for the tests of the addons")
            for half in addons:
                total += half.finish()
        # Last and alone: it measures answers in seconds and kills processes.
        if "e2e" in wanted and (layout.roots.repo / _END_TO_END).is_dir():
            total += run_pytest(layout, stack.folder, "e2e", [_END_TO_END])
    return total
