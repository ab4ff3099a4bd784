"""``agent-runtime search``."""

from __future__ import annotations

import argparse
import json

from ..contracts import KnowledgeSearch
from . import reach


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = commands.add_parser(
        "search", help="search one collection of one account through a running service"
    )
    command.set_defaults(run=_run)
    reach.add_options(command)
    command.add_argument("--account", type=int, required=True)
    command.add_argument("--collection", required=True)
    command.add_argument("--limit", type=int, default=10)
    command.add_argument("query")


def _run(options: argparse.Namespace) -> int:
    found = reach.client(options).search(
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
