"""Which database an account's webhooks belong to: a server-side file, never a scan.

One JSON file in Odoo's data directory, the same for every worker::

    {"routes": {"<sha256 of a route token>": {"database": "shop", "chatwoot_account_id": 1}},
     "accounts": {"101": [{"database": "shop", "chatwoot_account_id": 1}]}}

An account number may be known in two Chatwoot installations; then the plain address cannot tell
them apart, and only the address with the route token is served.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import logging
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from odoo.tools import config

_logger = logging.getLogger(__name__)
FILE_NAME = "chatwoot_directory.json"
_ACCOUNTS = """
    SELECT id, account_id, route_token FROM chatwoot_account
     WHERE active AND account_id > 0 AND route_token IS NOT NULL ORDER BY id
"""


class Place(NamedTuple):
    """Where an account lives: a database and the id of its ``chatwoot.account``."""

    database: str
    chatwoot_account_id: int


def path() -> Path:
    """The directory's file."""
    return Path(config["data_dir"]) / FILE_NAME


def find_route(token: str) -> Place | None:
    """The account that a route token was made for."""
    entry = _read()["routes"].get(_fingerprint(token))
    return Place(**entry) if entry else None


def find_account(number: int) -> Place | None:
    """The account with this number, ``None`` when unknown or known more than once."""
    entries = _read()["accounts"].get(str(number), [])
    return Place(**entries[0]) if len(entries) == 1 else None


def nowhere() -> Place | None:
    """Where to look in vain, so that an unknown account costs what a known one costs.

    ``None`` while no account is known at all.
    """
    entry = next(iter(_read()["routes"].values()), None)
    return Place(entry["database"], 0) if entry else None


def databases() -> dict[str, int]:
    """Every database in the directory and how many accounts it has there."""
    counts: dict[str, int] = {}
    for entry in _read()["routes"].values():
        counts[entry["database"]] = counts.get(entry["database"], 0) + 1
    return counts


def publish(cr) -> int:
    """Replace the entries of the cursor's database by its accounts; returns how many.

    A copied database has the original's tokens. A route stays with the database that holds it
    as long as that exists; entries of databases that were dropped or renamed are removed.
    """
    cr.execute(_ACCOUNTS)
    rows = cr.fetchall()
    cr.execute("SELECT datname FROM pg_database")
    existing = {name for (name,) in cr.fetchall()}
    written, holders = 0, set()
    with _changing() as content:
        known = {entry["database"] for entry in _entries(content)}
        for database in (known - existing) | {cr.dbname}:
            _remove(content, database)
        for record_id, number, token in rows:
            fingerprint = _fingerprint(token)
            if holder := content["routes"].get(fingerprint):
                holders.add(holder["database"])
                continue
            entry = {"database": cr.dbname, "chatwoot_account_id": record_id}
            content["routes"][fingerprint] = entry
            content["accounts"].setdefault(str(number), []).append(entry)
            written += 1
    for holder in sorted(holders):
        _logger.warning(
            "Database %s has accounts whose webhook address belongs to database %s, which goes "
            "on receiving them. If this is the copy of a database, archive its accounts or "
            "neutralize it; if it is to take over: odoo chatwoot_directory --forget %s -d %s",
            cr.dbname, holder, holder, cr.dbname,
        )  # fmt: skip
    return written


def forget(database: str) -> None:
    """Remove every entry of a database."""
    with _changing() as content:
        _remove(content, database)


def _fingerprint(token: str) -> str:
    """What is kept of a token: who reads the file cannot call with it."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _entries(content: dict[str, Any]) -> list[dict[str, Any]]:
    numbered = (entry for entries in content["accounts"].values() for entry in entries)
    return [*content["routes"].values(), *numbered]


def _remove(content: dict[str, Any], database: str) -> None:
    routes, accounts = content["routes"], content["accounts"]
    content["routes"] = {k: v for k, v in routes.items() if v["database"] != database}
    kept = {
        number: [entry for entry in entries if entry["database"] != database]
        for number, entries in accounts.items()
    }
    content["accounts"] = {number: entries for number, entries in kept.items() if entries}


# --- the file ---

_cache: tuple[tuple[Any, ...], dict[str, Any]] | None = None


def _read() -> dict[str, Any]:
    """Content of the file; parsed again only when another file has taken its place."""
    global _cache
    file = path()
    try:
        stat = file.stat()
    except FileNotFoundError:
        return {"routes": {}, "accounts": {}}
    version = (str(file), stat.st_ino, stat.st_mtime_ns, stat.st_size)
    if _cache is None or _cache[0] != version:
        _cache = (version, json.loads(file.read_text(encoding="utf-8")))
    return _cache[1]


def _written(file: Path) -> dict[str, Any]:
    """What the file holds; nothing if it is damaged: every database writes its part again."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return content if isinstance(content, dict) else {}
    except FileNotFoundError:
        return {}
    except ValueError:
        _logger.warning("The directory of Chatwoot accounts, %s, is damaged; made anew", file)
        return {}


@contextmanager
def _changing():
    """The content to change; afterwards the file is replaced in one step.

    Readers see the old file or the new one, never a part. Writers wait for each other, because
    several databases share the file.
    """
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(file.with_suffix(".lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        content = _written(file)
        content.setdefault("routes", {})
        content.setdefault("accounts", {})
        yield content
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=FILE_NAME)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as target:
                json.dump(content, target, indent=1, sort_keys=True)
                target.flush()
                os.fsync(target.fileno())
            os.replace(temporary, file)
        except BaseException:
            os.unlink(temporary)
            raise
