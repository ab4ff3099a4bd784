"""The environment the embedded runtime is started with. Pure.

The runtime reads nothing else. It gets what the server settings say and the surroundings it
may need (paths, locale, proxies, certificates, providers' keys), but none of Odoo's own
secrets: not the key that decrypts stored secrets, not the way into PostgreSQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from odoo.addons.company_services.tools.settings import environment_name

PASSED_ON = (
    "mongodb_url",
    "mongodb_collection",
    "qdrant_url",
    "qdrant_api_key",
    "qdrant_path",
    "embedder",
    "model",
    "model_base_url",
    "model_api_key",
    "model_vision",
    "model_transcription",
    "model_prices",
    "fallback_grounded",
    "attachment_hosts",
    "max_attachment_bytes",
    "mongodb_mcp",
    "mongodb_mcp_key",
    "odoo_mcp",
    "redis_mcp",
    "redis_mcp_url",
    "redis_mcp_key",
    "tokens",
    "max_turns",
    "turns_per_account",
    "model_timeout",
    "max_model_calls",
    "max_model_tokens",
)
"""Settings that are the runtime's own, under the names Odoo's settings have."""

_ODOOS_OWN = re.compile(
    r"(SUITE_SECRET_KEY|PG[A-Z]+|PASSWORD|POSTGRES_.*|DB_.*|ODOO_.*|LISTEN_.*|AGENT_RUNTIME_.*"
    r"|PYTHONPATH|PYTHONHOME)"
)
"""``PASSWORD``, ``POSTGRES_*`` and ``DB_*`` are how containers name the way into PostgreSQL."""


def runtime_environment(
    surroundings: Mapping[str, str],
    setting: Callable[[str], str | None],
    *,
    fd: int,
    token: str,
    callback_url: str,
    state_dir: str,
    python_path: str | None,
) -> dict[str, str]:
    """Variables for the runtime process.

    ``surroundings`` is this process's environment and ``setting`` the reader of the server
    settings. ``fd`` is the number of the inherited listening socket; ``python_path`` where the
    package lies, or ``None`` for an interpreter that has it installed.
    """
    environment = {k: v for k, v in surroundings.items() if not _ODOOS_OWN.fullmatch(k)}
    for name in PASSED_ON:
        value = setting(name)
        if value is not None:
            environment[environment_name(name)] = value
    environment.update(
        AGENT_RUNTIME_FD=str(fd),
        AGENT_RUNTIME_TOKEN=token,
        AGENT_RUNTIME_CALLBACK_URL=callback_url,
        AGENT_RUNTIME_STATE_DIR=state_dir,
        PYTHONUNBUFFERED="1",
    )
    if python_path:
        environment["PYTHONPATH"] = python_path
    return environment
