"""Reaching a running service: the options every such command has, and its client."""

from __future__ import annotations

import argparse
import os

from ..client import RuntimeClient
from ..settings import ClientSettings


def add_options(command: argparse.ArgumentParser) -> None:
    """``--url`` and ``--json``."""
    command.add_argument("--url", help="address of the service; default AGENT_RUNTIME_URL")
    command.add_argument("--json", action="store_true", help="print JSON")


def client(options: argparse.Namespace) -> RuntimeClient:
    """A client of the service that the options and the environment name.

    Raises :class:`~..settings.SettingsError` when the environment has no token.
    """
    settings = ClientSettings.from_environ(os.environ, options.url)
    return RuntimeClient(settings.url, settings.token.get_secret_value())
