"""``agent-runtime schema``."""

from __future__ import annotations

import argparse
import json
import sys

from ..contracts import TenantConfig


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = commands.add_parser("schema", help="print the JSON schema of the published document")
    command.set_defaults(run=_run)
    command.add_argument("--json", action="store_true", help="as always: it is JSON")


def tenant_config_schema() -> str:
    """JSON schema of the document that Odoo publishes to MongoDB, as it is written there."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TenantConfig.model_json_schema(mode="serialization"),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _run(_options: argparse.Namespace) -> int:
    sys.stdout.write(tenant_config_schema())
    return 0
