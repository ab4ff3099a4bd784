"""Files of JSON lines, read twice: once to refuse what is wrong, then to work on what is right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ..contracts import AttributeName, AttributeValue, KnowledgeItem
from ..contracts.knowledge import LONGEST_QUERY

MODEL = "text"
"""Stands where Odoo's records have the name of their model."""
ORIGIN = "command-line"
"""Stands where Odoo's records have their database."""
LONGEST_TEXT = 1_000_000
"""Characters; a request to the service may have five million bytes."""
_HALF = re.compile("[\ud800-\udfff]")
"""JSON can write it, UTF-8 cannot."""
_LARGEST = 2**63 - 1
"""Whole number the store can keep."""

_ATTRIBUTE = TypeAdapter(tuple[AttributeName, AttributeValue])
Entry = TypeVar("Entry")


class WrongInput(Exception):
    """A file that cannot be used. The message names file and line, never what a text says."""


def text(line: dict[str, Any]) -> KnowledgeItem:
    """``{"id", "text", "metadata"}`` as a text for the index. Raises :class:`ValueError`.

    Of the metadata, ``title`` (found with the text), ``type`` and ``language`` have meanings of
    their own; other plain values are what a search can be narrowed by, and the rest is left.
    """
    name, content, metadata = _id(line), line.get("text"), line.get("metadata") or {}
    if not isinstance(content, str) or not content.strip():
        raise ValueError('"text" must be a text that is not empty')
    if len(content) > LONGEST_TEXT:
        raise ValueError(f'"text" is longer than {LONGEST_TEXT} characters; cut it')
    if not isinstance(metadata, dict):
        raise ValueError('"metadata" must be an object')
    own = {key: metadata.get(key) for key in ("title", "type", "language")}
    for key, value in own.items():
        if value is not None and not isinstance(value, str):
            raise ValueError(f'"{key}" in "metadata" must be a text')
    stated = json.dumps([own, content, metadata], sort_keys=True, ensure_ascii=False)
    _written("text" if _HALF.search(content) else "metadata", stated)
    return KnowledgeItem(
        model=MODEL,
        record_id=_number(str(name)),
        title=own["title"] or "",
        text=content,
        content_hash=blake2b(stated.encode(), digest_size=16).hexdigest(),
        type=own["type"],
        language=own["language"],
        attributes=dict(_attributes(metadata, own)),
        external_id=name,
    )


def question(line: dict[str, Any]) -> tuple[str | int, str]:
    """``{"id", "query"}`` as its id and the question. Raises :class:`ValueError`."""
    return _id(line), asked(line.get("query"))


def asked(query: object) -> str:
    """What may be searched for. Raises :class:`ValueError`."""
    if not isinstance(query, str) or not query.strip():
        raise ValueError('"query" must be a text that is not empty')
    if len(query) > LONGEST_QUERY:
        raise ValueError(f'"query" is longer than {LONGEST_QUERY} characters; shorten it')
    return _written("query", query)


def checked(path: Path, read: Callable[[dict[str, Any]], Any]) -> int:
    """Number of entries of the file. Raises :class:`WrongInput` for its first wrong line, so
    that nothing need be undone, and for what cannot be read twice, such as a pipe."""
    if path.exists() and not path.is_file():
        raise WrongInput(f"{path}: not a file that can be read twice; save it to one first")
    seen: dict[str, int] = {}
    for number, line in _lines(path):
        _read(path, number, line, read)
        name = str(line["id"])
        if name in seen:
            raise WrongInput(f'{path}, line {number}: "id" was given in line {seen[name]} already')
        seen[name] = number
    return len(seen)


def entries(path: Path, read: Callable[[dict[str, Any]], Entry]) -> Iterator[Entry]:
    """What the lines say, one after the other; the file may be larger than memory."""
    for number, line in _lines(path):
        yield _read(path, number, line, read)


def _read(path: Path, number: int, line: dict, read: Callable[[dict[str, Any]], Entry]) -> Entry:
    try:
        return read(line)
    except ValueError as error:
        raise WrongInput(f"{path}, line {number}: {error}") from None


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, written in enumerate(file, 1):
                if not written.strip():
                    continue
                try:
                    line = json.loads(written)
                except ValueError:
                    raise WrongInput(f"{path}, line {number}: not JSON") from None
                if not isinstance(line, dict):
                    raise WrongInput(f"{path}, line {number}: not a JSON object")
                yield number, line
    except UnicodeDecodeError:
        raise WrongInput(f"{path}: not UTF-8") from None
    except OSError as error:
        raise WrongInput(f"{path}: {error.strerror}") from None


def _id(line: dict[str, Any]) -> str | int:
    name = line.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int) or name == "":
        raise ValueError('"id" must be a text or a whole number')
    if isinstance(name, int) and abs(name) > _LARGEST:
        raise ValueError('"id" is too large a number; give it as a text')
    return name if isinstance(name, int) else _written("id", name)


def _written(key: str, value: str) -> str:
    if _HALF.search(value):
        raise ValueError(
            f'"{key}" holds half of a character (a lone surrogate, \\ud800 to \\udfff)'
        )
    return value


def _number(name: str) -> int:
    """A record number that is always the same for a name, as the store wants one."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big") >> 1


def _attributes(metadata: dict, own: dict) -> Iterator[tuple[str, AttributeValue]]:
    for pair in metadata.items():
        if pair[0] in own:
            continue
        try:
            yield _ATTRIBUTE.validate_python(pair, strict=False)
        except ValidationError:
            continue  # nothing a search could be narrowed by, such as a list
