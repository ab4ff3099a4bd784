"""make env: shell lines for ``eval "$(make -s env)"``."""

from ..environment import shell_lines
from ..layout import find_layout


def arguments(parser):
    del parser


def run(options):
    del options
    print(shell_lines(find_layout()))
