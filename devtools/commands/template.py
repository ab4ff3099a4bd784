"""make template: the template databases."""

from ..console import say
from ..services import postgres
from ..setup.everything import set_up
from ..template import make_base, make_suite


def arguments(parser):
    parser.add_argument("--base", action="store_true", help="only Odoo's own modules")


def run(options):
    layout = set_up()
    with postgres.in_use(layout.roots):
        name = make_base(layout) if options.base else make_suite(layout)
    say(f"template database: {name}")
