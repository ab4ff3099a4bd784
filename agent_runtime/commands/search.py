"""``agent-runtime search``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from ..contracts import KnowledgeHit, KnowledgeSearch
from . import knowledge, reach, texts

_MOST = 100
"""Passages the store answers at most."""


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = commands.add_parser(
        "search",
        help="search one collection of one account",
        description='One question, or a file with {"id": …, "query": …} in each line, answered by '
        'a line {"id": …, "results": [{"id": …, "score": …}]} each, best first. No result is a '
        "real answer: nothing stored fits.",
    )
    command.set_defaults(run=_run)
    reach.add_options(command)
    knowledge.add_options(command)
    command.add_argument("--limit", type=_limit, default=10, help="results at most, 1 to 100")
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--queries", type=Path, metavar="FILE", help="file of JSON lines")
    what.add_argument("query", nargs="?")


def _run(options: argparse.Namespace) -> int:
    if options.queries is not None:
        return _many(options)
    with knowledge.opened(options) as store:
        hits = store.search(_request(options, options.query, options.limit)).hits
    if options.json:
        print(json.dumps([hit.model_dump() for hit in hits], ensure_ascii=False))
    else:
        for hit in hits:
            print(f"{hit.score:.3f}  {_name(hit)}  {hit.title}")
    return 0


def _many(options: argparse.Namespace) -> int:
    texts.checked(options.queries, texts.question)
    with knowledge.opened(options) as store:
        for name, query in texts.entries(options.queries, texts.question):
            # Several passages of one text are one result.
            wanted = min(2 * options.limit, _MOST)
            results = _results(store.search(_request(options, query, wanted)).hits)
            found = results[: options.limit]
            if options.json:
                print(json.dumps({"id": name, "results": found}, ensure_ascii=False), flush=True)
                continue
            for result in found or [{"id": "-", "score": 0.0}]:
                print(f"{name}  {result['score']:.3f}  {result['id']}", flush=True)
    return 0


def _request(options: argparse.Namespace, query: str, limit: int) -> KnowledgeSearch:
    return KnowledgeSearch(
        account_id=options.account, collection=options.collection, query=query, limit=limit
    )


def _results(hits: Iterable[KnowledgeHit]) -> list[dict[str, str | float]]:
    best: dict[str, float] = {}
    for hit in hits:
        best.setdefault(_name(hit), hit.score)
    return [{"id": name, "score": score} for name, score in best.items()]


def _name(hit: KnowledgeHit) -> str:
    """The sender's own id, or the Odoo record."""
    return hit.external_id or f"{hit.model},{hit.record_id}"


def _limit(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written) <= _MOST:
        raise argparse.ArgumentTypeError(f"a number from 1 to {_MOST}")
    return int(written)
