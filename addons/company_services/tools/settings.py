"""Server settings of the suite: section ``[agent_runtime]`` of ``odoo.conf`` and the environment.

Settings that hold secrets or name other machines belong to whoever runs the server, never to
a database that a tenant can edit. Odoo keeps only its own ``[options]`` section in memory, so
the section is read here. No registry is needed: the webhook intake and the runtime's
supervisor call this too.
"""

from __future__ import annotations

import os
from configparser import Error as ConfigError
from configparser import RawConfigParser
from functools import lru_cache

from odoo.tools import config

SECTION = "agent_runtime"
_ENVIRONMENT_NAMES = {
    "mongodb_url": "MONGODB_URL",
    "mongodb_collection": "MONGODB_COLLECTION",
    "qdrant_url": "QDRANT_URL",
    "qdrant_api_key": "QDRANT_API_KEY",
    "qdrant_path": "QDRANT_PATH",
    "secret_key": "SUITE_SECRET_KEY",
    "redis_url": "REDIS_URL",
    "redis_mcp_url": "REDIS_MCP_URL",
    "redis_mcp_key": "REDIS_MCP_KEY",
}


def environment_name(name: str) -> str:
    """The environment variable that overrides setting ``name``."""
    return _ENVIRONMENT_NAMES.get(name, f"AGENT_RUNTIME_{name.upper()}")


def setting(name: str, default: str | None = None) -> str | None:
    """Value of a setting: environment first, then the file, then ``default``.

    An empty value counts as not set, so that a container can switch a file's setting off.
    """
    value = os.environ.get(environment_name(name))
    if value is None:
        value = _file_section(config["config"] or "").get(name)
    return value.strip() if value and value.strip() else default


@lru_cache(maxsize=4)
def _file_section(path: str) -> dict[str, str]:
    """Section of the server's file; read once a process, as Odoo reads its own options."""
    parser = RawConfigParser()
    try:
        parser.read([path], encoding="utf-8")
    except ConfigError as error:
        raise ValueError(f"The server's configuration file cannot be parsed: {error}") from error
    return dict(parser[SECTION]) if parser.has_section(SECTION) else {}
