"""make bench: measure; prints a table and writes build/bench.json."""

from ..setup.everything import set_up
from .demo import foreground


def arguments(parser):
    del parser


def run(options):
    del options
    layout = set_up()
    return foreground([str(layout.python), "-m", "bench"], layout)
