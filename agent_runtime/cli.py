"""The command line: ``python -m agent_runtime serve | health | search | schema``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence

from .client import RuntimeClient, RuntimeClientError
from .contracts import KnowledgeSearch, TenantConfig, dump_json
from .settings import ClientSettings, Settings, SettingsError

CONFIGURATION = 2
"""Exit status for a wrong environment; not 3, which Odoo's server reads as its own."""

UNREACHABLE = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the result is the process's exit status."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except SettingsError as error:
        print(f"agent-runtime: {error}", file=sys.stderr)
        return CONFIGURATION
    except RuntimeClientError as error:
        print(f"agent-runtime: {error}", file=sys.stderr)
        return UNREACHABLE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="agent-runtime", description=__doc__)
    commands = parser.add_subparsers(required=True)
    serve = commands.add_parser("serve", help="run the service; settings by environment")
    serve.set_defaults(run=_serve)
    schema = commands.add_parser("schema", help="print the JSON schema of the published document")
    schema.set_defaults(run=_schema)
    for name, run, summary in (
        ("health", _health, "state of a running service"),
        ("search", _search, "search one collection of one account through a running service"),
    ):
        command = commands.add_parser(name, help=summary)
        command.set_defaults(run=run)
        command.add_argument("--url", help="address of the service; default AGENT_RUNTIME_URL")
        command.add_argument("--json", action="store_true", help="print JSON")
        if name == "search":
            command.add_argument("--account", type=int, required=True)
            command.add_argument("--collection", required=True)
            command.add_argument("--limit", type=int, default=10)
            command.add_argument("query")
    return parser


def _serve(_options: argparse.Namespace) -> int:
    settings = Settings.from_environ(os.environ)
    # Imported here: the other commands need neither the server nor anything it imports.
    from .service.server import serve

    serve(settings)


def tenant_config_schema() -> str:
    """JSON schema of the document that Odoo publishes to MongoDB, as it is written there."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **TenantConfig.model_json_schema(mode="serialization"),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _schema(_options: argparse.Namespace) -> int:
    sys.stdout.write(tenant_config_schema())
    return 0


def _health(options: argparse.Namespace) -> int:
    health = _client(options).health()
    if options.json:
        print(dump_json(health))
    else:
        print(f"{health.status}  version {health.version}  boot {health.boot_id}")
        for name, state in health.checks.items():
            print(f"  {name}: {state}")
    return 0 if health.status == "ok" else 1


def _search(options: argparse.Namespace) -> int:
    found = _client(options).search(
        KnowledgeSearch(
            account_id=options.account,
            collection=options.collection,
            query=options.query,
            limit=options.limit,
        )
    )
    if options.json:
        print(json.dumps([hit.model_dump() for hit in found.hits], ensure_ascii=False))
    else:
        for hit in found.hits:
            print(f"{hit.score:.3f}  {hit.model},{hit.record_id}  {hit.title}")
    return 0


def _client(options: argparse.Namespace) -> RuntimeClient:
    settings = ClientSettings.from_environ(os.environ, options.url)
    return RuntimeClient(settings.url, settings.token.get_secret_value())
