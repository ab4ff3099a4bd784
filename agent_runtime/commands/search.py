"""``agent-runtime search``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from textwrap import shorten

from ..contracts import KnowledgeHit, KnowledgeSearch
from . import knowledge, reach, texts

_MOST = 100
"""Results the store answers at most."""
_EXCERPT = 80
"""Characters shown of a text that has no title."""


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
    try:
        query = texts.asked(options.query)
    except ValueError as error:
        raise texts.WrongInput(str(error)) from None
    with knowledge.opened(options) as store:
        hits = store.search(_request(options, query)).hits
    if options.json:
        print(json.dumps([hit.model_dump() for hit in hits], ensure_ascii=False))
    else:
        for hit in hits:
            print(f"{hit.score:.3f}  {_name(hit)}  {hit.title or _excerpt(hit.text)}")
        if not hits:
            print("nothing stored fits", file=sys.stderr)
    return 0


def _many(options: argparse.Namespace) -> int:
    texts.checked(options.queries, texts.question)
    with knowledge.opened(options) as store:
        for name, query in texts.entries(options.queries, texts.question):
            hits = store.search(_request(options, query)).hits
            found = [{"id": _name(hit), "score": hit.score} for hit in hits]
            if options.json:
                print(json.dumps({"id": name, "results": found}, ensure_ascii=False), flush=True)
                continue
            for result in found or [{"id": "-", "score": 0.0}]:
                print(f"{name}  {result['score']:.3f}  {result['id']}", flush=True)
    return 0


def _request(options: argparse.Namespace, query: str) -> KnowledgeSearch:
    return KnowledgeSearch(
        account_id=options.account,
        collection=options.collection,
        query=query,
        limit=options.limit,
        # Several passages of one text are one result.
        per_record=1,
    )


def _name(hit: KnowledgeHit) -> str | int:
    """The sender's own id as it came, or the Odoo record."""
    return f"{hit.model},{hit.record_id}" if hit.external_id is None else hit.external_id


def _excerpt(text: str) -> str:
    return shorten(text, _EXCERPT, placeholder=" …")


def _limit(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written) <= _MOST:
        raise argparse.ArgumentTypeError(f"a number from 1 to {_MOST}")
    return int(written)
