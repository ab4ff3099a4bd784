"""``odoo mongodb_user``: a MongoDB user for each tenant that reads this tenant's document only."""

import argparse
import sys
from urllib.parse import quote

from odoo.cli import Command
from odoo.sql_db import db_connect
from odoo.tools import SQL, config
from psycopg2 import Error as DatabaseError


class Mongodb_User(Command):
    """Create the read-only MongoDB user of one account, or renew its password, and print it."""

    name = "mongodb_user"

    def run(self, cmdargs):
        # Odoo loads commands without their addon; its package is imported only when asked for.
        # pylint: disable=odoo-addons-relative-import
        from odoo.addons.company_services.stores import mongodb, mongodb_users
        from odoo.addons.company_services.tools.settings import setting

        parser = argparse.ArgumentParser(prog=self.prog, description=self.__doc__)
        parser.add_argument("-c", "--config", help="configuration file of the server")
        parser.add_argument("-d", "--database", required=True, help="the tenant's Odoo database")
        parser.add_argument("--account", type=int, required=True, help="its account number")
        arguments = parser.parse_args(cmdargs)
        config.parse_config(
            ["-c", arguments.config] if arguments.config else [], setup_logging=True
        )
        try:
            known = _has_tenant(arguments.database, arguments.account)
        except DatabaseError as error:
            sys.exit(
                f"Database {arguments.database} cannot be asked for its companies. Check its "
                f"name and that the addon company_services is installed there. "
                f"({str(error).strip()})"
            )
        if not known:
            sys.exit(
                f"No company of database {arguments.database} has account {arguments.account}."
            )
        url = setting("mongodb_url")
        if not url:
            sys.exit("Set mongodb_url in section [agent_runtime] of odoo.conf first.")
        try:
            credential = mongodb_users.make_reader(url, arguments.account)
        except mongodb_users.NoUsers:
            sys.exit(
                "This MongoDB has no users: it answers whoever reaches it, so a user would "
                "protect nothing. Switch access control on (security.authorization), log in as "
                "a user administrator in mongodb_url, and run this again."
            )
        except mongodb.StoreUnavailable as error:
            sys.exit(f"MongoDB does not answer ({error}). Check that it runs and mongodb_url.")
        except mongodb.StoreRefused as error:
            sys.exit(
                f"MongoDB refused ({error}). The user in mongodb_url must be allowed to manage "
                "users (role userAdminAnyDatabase)."
            )
        sys.stdout.write(
            f"user: {credential.user}\npassword: {credential.password}\n"
            f"address: mongodb://{credential.user}:{quote(credential.password)}@HOST/"
            f"{credential.database}?authSource={credential.database}\n"
            "The password is not kept anywhere. Running this again replaces it.\n"
        )


def _has_tenant(database, account_id):
    with db_connect(database).cursor() as cr:
        cr.execute(SQL("SELECT 1 FROM ai_tenant WHERE account_id = %s", account_id))
        return bool(cr.rowcount)
