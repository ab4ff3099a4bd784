"""``agent-runtime redis-user``."""

from __future__ import annotations

import argparse
import json
import os

from ..settings import Settings, SettingsError
from . import knowledge


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = commands.add_parser(
        "redis-user",
        help="print the Redis command that makes an account's user",
        description="Prints what makes or renews the user with which the notes of one account's "
        "conversations are kept, and what writes it down; give both to redis-cli. A Redis without "
        "an aclfile refuses the second, and forgets the user at its next restart. The password's "
        "hash is told, not the password. Needs REDIS_MCP_KEY.",
    )
    command.add_argument("--json", action="store_true", help="as a JSON list of commands")
    command.set_defaults(run=_run)
    knowledge.add_account(command)


def _run(options: argparse.Namespace) -> int:
    settings = Settings.for_a_command(os.environ)
    if settings.redis_mcp_key is None:
        raise SettingsError("REDIS_MCP_KEY: Field required")
    from ..mcp.redis import acl_rule

    commands = [acl_rule(settings.redis_mcp_key.get_secret_value(), options.account), "ACL SAVE"]
    print(json.dumps(commands) if options.json else "\n".join(commands))
    return 0
