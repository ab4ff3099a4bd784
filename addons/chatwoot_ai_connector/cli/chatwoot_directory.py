"""``odoo chatwoot_directory``: keep the directory of accounts without a running server."""

import argparse
import sys

from odoo.cli import Command
from odoo.sql_db import db_connect
from odoo.tools import config


class Chatwoot_Directory(Command):
    """Write the Chatwoot accounts of databases into the server's directory, or list it."""

    name = "chatwoot_directory"

    def run(self, cmdargs):
        # Odoo loads commands without their addon; its package is imported only when asked for.
        # pylint: disable-next=odoo-addons-relative-import
        from odoo.addons.chatwoot_ai_connector.intake import directory

        parser = argparse.ArgumentParser(prog=self.prog, description=self.__doc__)
        parser.add_argument("-c", "--config", help="configuration file of the server")
        parser.add_argument("-d", "--database", help="databases to write, separated by commas")
        parser.add_argument("--forget", help="databases to remove, separated by commas")
        arguments = parser.parse_args(cmdargs)
        config.parse_config(
            ["-c", arguments.config] if arguments.config else [], setup_logging=True
        )
        for database in _names(arguments.forget):
            directory.forget(database)
        for database in _names(arguments.database):
            with db_connect(database).cursor() as cr:
                directory.publish(cr)
        for database, accounts in sorted(directory.databases().items()):
            sys.stdout.write(f"{database}: {accounts}\n")


def _names(value):
    return [name.strip() for name in (value or "").split(",") if name.strip()]
