"""make lint: style, Odoo's conventions, translations, sizes, the compose file."""

import subprocess

from ..checks import compose, size, translations
from ..console import say
from ..environment import child_environment
from ..setup.everything import set_up

# An aspect of a large model is a class of its own here (one file per concept); the README of an
# addon is made from the fragments in readme/ when it is published.
PYLINT_OFF = "consider-merging-classes-inherited,missing-readme"


def arguments(parser):
    parser.add_argument("--fix", action="store_true", help="let ruff repair and format")


def run(options):
    layout = set_up()
    repo, env = layout.roots.repo, child_environment(layout)
    addons = sorted(str(path.parent) for path in layout.own_addons.glob("*/__manifest__.py"))
    ruff = layout.venv / "bin/ruff"
    tools = [
        [ruff, "check", *(["--fix"] if options.fix else []), "."],
        [ruff, "format", *([] if options.fix else ["--check"]), "."],
        [layout.venv / "bin/pylint", "--rcfile=.pylintrc", f"--disable={PYLINT_OFF}", *addons],
    ]
    failed = []
    for tool in tools:
        if subprocess.run([str(part) for part in tool], cwd=repo, env=env, check=False).returncode:
            failed.append(" ".join([tool[0].name, str(tool[1])]) if tool[0] == ruff else "pylint")
    for check in (translations, size, compose):
        found = list(check.complaints(repo))
        for complaint in found:
            print(complaint, flush=True)
        if found:
            failed.append(check.__name__.rpartition(".")[2])
    say(f"lint: failed ({', '.join(failed)})" if failed else "lint: clean")
    return 1 if failed else 0
