"""make demo: set up what is missing, then play the demonstration."""

import subprocess

from ..console import CLOCK, START, say
from ..environment import child_environment
from ..setup.everything import set_up


def arguments(parser):
    parser.add_argument("--once", action="store_true", help="stop everything at the end")


def run(options):
    layout = set_up()
    say("the demonstration starts")
    command = [str(layout.python), "-m", "demo", *(["--once"] if options.once else [])]
    return foreground(command, layout)


def foreground(command, layout, **environ):
    """Run a program of ours in the foreground; Ctrl-C reaches it, we wait for its clean end."""
    env = child_environment(layout, **{CLOCK: str(START)}, **environ)
    process = subprocess.Popen(command, env=env, cwd=layout.roots.repo)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            say("stopping")
        except SystemExit:
            process.terminate()
