"""make test: every test of the project; the last line is the sum."""

import os
from collections import Counter
from contextlib import ExitStack, closing

from ..console import say
from ..problem import Problem
from ..services.stack import Stack
from ..setup.everything import set_up
from ..template import OWN_MODULES, make_base
from ..testing.addons import AddonsRun
from ..testing.pytest_run import PytestRun
from ..testing.tally import Tally

_UNIT = ("tests/devtools", "tests/runtime")
# About half of the seconds of the unit tests: they run beside the others, CI has two cores.
_LONG = (
    "tests/runtime/isolation",
    "tests/runtime/test_attacks.py",
    "tests/runtime/test_commands_knowledge.py",
    "tests/runtime/test_evaluation.py",
    "tests/runtime/test_evaluation_scoring.py",
    "tests/runtime/test_scratch.py",
)
_END_TO_END = ("tests/e2e",)
# Those that kill or stop something and wait for the recovery, on a stage of their own.
_FAULTS = (
    "tests/e2e/test_any_order.py",
    "tests/e2e/test_faults.py",
    "tests/e2e/test_replay_kills.py",
    "tests/e2e/test_resilience.py",
)
# What every stage must hold in the end.
_AT_THE_END = ("tests/e2e/test_logs.py",)
# Stores of the operator's hold one stage at a time.
_STORES = ("MONGODB_URL", "QDRANT_URL")


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
    with Stack("test", layout) as stack, ExitStack() as running:
        stack.reset()
        make_base(layout)

        def pytest_run(name: str, *paths: tuple[str, ...], **more: str) -> PytestRun:
            run = PytestRun(layout, stack.folder, name, *paths, **more)
            tried.append(run)
            return running.enter_context(closing(run))

        tried: list[PytestRun] = []
        background: list[AddonsRun | PytestRun] = []
        if "addons" in wanted:
            background += [
                running.enter_context(closing(AddonsRun(layout, stack.folder, name, modules)))
                for name, modules in _halves().items()
            ]
        if "unit" in wanted:
            background.append(pytest_run("unit-long", _LONG))
        total += _together(
            background, pytest_run("unit", _UNIT, _LONG) if "unit" in wanted else None
        )
        # Last: they measure answers in seconds and kill processes.
        if "e2e" in wanted:
            faults = pytest_run("e2e-faults", _FAULTS + _AT_THE_END, SUITE_STAGE="e2e_faults")
            others = pytest_run("e2e", _END_TO_END, _FAULTS)
            if any(os.environ.get(name) for name in _STORES):
                total += _together([], others) + _together([], faults)
            else:
                total += _together([faults], others)
        _tell_isolation(tried)
    return total


def _together(background: list, here: PytestRun | None) -> Tally:
    """Run all of them side by side; the progress of ``here`` is to be seen."""
    for run in background:
        run.start()
    if background:
        say("more tests run in the background")
    total = here.run() if here else Tally()
    if background:
        say("waiting for the tests in the background")
    for run in background:
        total += run.finish()
    return total


def _tell_isolation(runs: list[PytestRun]) -> None:
    """All attempts of one account to reach another's, in one look."""
    tried, leaked = Counter(), Counter()
    for run in runs:
        for server, (attempts, leaks) in run.isolation().items():
            tried[server] += attempts
            leaked[server] += leaks
    for server in sorted(tried):
        print(f"isolation, {server}: attempts {tried[server]}, leaks {leaked[server]}")
    if tried:
        told = f"attempts {tried.total()}, leaks {leaked.total()}"
        print(f"isolation of accounts: {told}", flush=True)
