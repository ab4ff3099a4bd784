"""make run: Odoo with the addons for development, on a database of its own."""

import os

from ..console import say
from ..services.stack import Stack
from ..setup.everything import set_up
from ..template import make_suite

_DATABASE = "development"


def arguments(parser):
    parser.add_argument("--database", default=_DATABASE, help=f"default: {_DATABASE}")
    parser.add_argument("--port", type=int, default=int(os.environ.get("SUITE_PORT", "8169")))


def run(options):
    with Stack("development", set_up()) as stack:
        stack.database(options.database, make_suite(stack.layout))
        stack.start_mongo()
        server = stack.start_odoo(
            [options.database], port=options.port, options={"dev_mode": "xml"}
        )
        say(f"{server.url}  (login admin, password admin); log: {server.log}")
        say("views are read from the files; after a change in Python restart it; stop with Ctrl-C")
        return server.service.process.wait()
