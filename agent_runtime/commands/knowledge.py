"""The knowledge store for a command: the running service's, or opened here when none runs."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from pydantic import TypeAdapter, ValidationError

from ..client import RuntimeClient, RuntimeUnavailable
from ..contracts import (
    AccountId,
    CollectionType,
    KnowledgeHits,
    KnowledgeReceipt,
    KnowledgeSearch,
    KnowledgeUpsert,
)
from ..settings import ClientSettings, Settings, SettingsError

if TYPE_CHECKING:
    from ..knowledge.service import KnowledgeService

_SECONDS = 120.0
"""For one request: a service that has just been started loads its model first."""


class Knowledge(Protocol):
    """What commands do with the store."""

    def upsert(self, request: KnowledgeUpsert) -> KnowledgeReceipt:
        """Replace all points of the texts."""

    def search(self, request: KnowledgeSearch) -> KnowledgeHits:
        """Passages for a question, best first."""


def add_options(command: argparse.ArgumentParser) -> None:
    """``--account`` and ``--collection``."""
    add_account(command)
    command.add_argument(
        "--collection", type=_collection, required=True, help="kind of knowledge, such as faq"
    )


def add_account(command: argparse.ArgumentParser) -> None:
    """``--account``."""
    command.add_argument("--account", type=_account, required=True, help="number of the account")


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Knowledge]:
    """The store for as long as the context lasts.

    The service at ``--url`` or ``AGENT_RUNTIME_URL`` is asked, and must be there; without either,
    the one at the usual address. When none answers there, the store that ``QDRANT_URL``,
    ``QDRANT_PATH`` or ``AGENT_RUNTIME_STATE_DIR`` names is opened here. Raises
    :class:`..settings.SettingsError`, :class:`..client.RuntimeClientError` or a
    :class:`..knowledge.errors.KnowledgeError`.
    """
    if (client := _running(os.environ, options.url)) is not None:
        yield client
        return
    with _own(Settings.for_a_command(os.environ)) as own:
        yield own


def _running(environ: Mapping[str, str], url: str | None) -> RuntimeClient | None:
    """A client of the service, where there is one. One that was named must be there: what went to
    another store instead would seem done, and no customer would ever see it."""
    named = url or environ.get("AGENT_RUNTIME_URL")
    if not environ.get("AGENT_RUNTIME_TOKEN") and not named:
        return None
    settings = ClientSettings.from_environ(environ, url)
    client = RuntimeClient(settings.url, settings.token.get_secret_value(), timeout=_SECONDS)
    try:
        client.health()
    except RuntimeUnavailable as error:
        if named:
            origin = "leave --url out" if url else "unset AGENT_RUNTIME_URL"
            raise RuntimeUnavailable(f"{error}: start it, or {origin}") from error
        return None
    return client


@contextmanager
def _own(settings: Settings) -> Iterator[Knowledge]:
    # Imported here: half a second, and libraries that a plain client does not have.
    from ..knowledge.errors import StoreBusy
    from ..knowledge.service import KnowledgeService

    service = KnowledgeService(settings)
    where = settings.qdrant_url or settings.qdrant_folder
    print(f"agent-runtime: no service answers; opening {where}", file=sys.stderr)
    with asyncio.Runner() as runner:
        try:
            runner.run(service.start())
        except StoreBusy as error:
            runner.run(service.close())
            raise SettingsError(
                f"{error}. To go through it, set AGENT_RUNTIME_URL and AGENT_RUNTIME_TOKEN"
            ) from error
        try:
            yield _Own(runner, service)
        finally:
            runner.run(service.close())


class _Own:
    """The store of this process, spoken to as a client speaks to a service."""

    def __init__(self, runner: asyncio.Runner, service: KnowledgeService) -> None:
        self._runner = runner
        self._service = service

    def upsert(self, request: KnowledgeUpsert) -> KnowledgeReceipt:
        return self._runner.run(self._service.upsert(request))

    def search(self, request: KnowledgeSearch) -> KnowledgeHits:
        return self._runner.run(self._service.search(request))


def _account(written: str) -> int:
    return _one(AccountId, written, "a positive whole number")


def _collection(written: str) -> str:
    return _one(CollectionType, written, "lower case letters, digits and underscores")


def _one(kind: type, written: str, what: str) -> int | str:
    try:
        return TypeAdapter(kind).validate_python(written)
    except ValidationError:
        raise argparse.ArgumentTypeError(what) from None
