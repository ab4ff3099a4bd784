"""``agent-runtime index``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..contracts import KnowledgeItem, KnowledgeUpsert
from . import knowledge, reach, texts

_BATCH = 50
_BATCH_CHARACTERS = 40_000
"""What a slow machine embeds well within a client's patience, unless one text is longer."""


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = commands.add_parser(
        "index",
        help="put texts into one collection of one account",
        description='Each line of the file is {"id": …, "text": …, "metadata": {…}}. A text whose '
        "id is there already is replaced; nothing is removed. A file with a wrong line is refused "
        "before anything is written. Give the texts a collection of their own: to one that the "
        "command line has filled, Odoo does not write.",
    )
    command.set_defaults(run=_run)
    reach.add_options(command)
    knowledge.add_options(command)
    command.add_argument("file", type=Path, help="file of JSON lines")


def _run(options: argparse.Namespace) -> int:
    total = texts.checked(options.file, texts.text)
    done = passages = embedded = 0
    with knowledge.opened(options) as store:
        for batch in _batches(texts.entries(options.file, texts.text)):
            receipt = store.upsert(
                KnowledgeUpsert(
                    account_id=options.account,
                    collection=options.collection,
                    origin=texts.ORIGIN,
                    items=tuple(batch),
                    lane="bulk",
                )
            )
            for item, held in zip(batch, receipt.receipts, strict=True):
                if held.content_hash != item.content_hash:
                    raise texts.WrongInput(f'the store does not hold text "{item.external_id}"')
            done += len(batch)
            passages += sum(held.points for held in receipt.receipts)
            embedded += receipt.embedded
            print(f"{done} of {total} texts", file=sys.stderr, flush=True)
    if done != total:
        raise texts.WrongInput(f"{options.file}: changed while it was read")
    if options.json:
        print(json.dumps({"texts": done, "passages": passages, "embedded": embedded}))
    else:
        print(f"{done} texts stored in {passages} passages, {embedded} of them embedded anew")
    return 0


def _batches(items: Iterable[KnowledgeItem]) -> Iterator[list[KnowledgeItem]]:
    batch: list[KnowledgeItem] = []
    size = 0
    for item in items:
        if batch and (len(batch) >= _BATCH or size + len(item.text) > _BATCH_CHARACTERS):
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += len(item.text)
    if batch:
        yield batch
