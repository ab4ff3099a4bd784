"""make setup: the environment, nothing running."""

from ..services.postgres import make_cluster
from ..setup.everything import set_up


def arguments(parser):
    parser.add_argument("--browser", action="store_true", help="also a browser for tests")


def run(options):
    layout = set_up(browser=options.browser, redis=options.browser)
    make_cluster(layout.roots)
