"""Talking to the running demonstration from its own terminal."""

from __future__ import annotations

import sys

from . import report
from .player import play
from .scenario import Play
from .stage import Stage

START = ("patas", "whatsapp")


def chat(stage: Stage) -> None:
    """Read lines as messages of a customer until end of input or Ctrl-C.

    ``sorriso/email: text`` switches tenant and inbox for this and the following lines.
    """
    tenant, inbox = START
    while True:
        try:
            line = input(f"\n{tenant}/{inbox}> ").strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        address, colon, text = line.partition(":")
        names = tuple(address.split("/"))
        if colon and len(names) == 2 and names[1] in _inboxes(stage, names[0]):
            tenant, inbox, line = *names, text.strip()
        if line:
            report.exchange(play(stage, _spoken(tenant, inbox, line)))
            sys.stdout.flush()


def _inboxes(stage: Stage, tenant: str) -> list[str]:
    return list(stage.tenants[tenant].inboxes) if tenant in stage.tenants else []


def _spoken(tenant: str, inbox: str, text: str) -> Play:
    return Play(
        key="chat",
        title="You",
        tenant=tenant,
        inbox=inbox,
        customer="Visitante",
        says=(text,),
        handover=None,
        answers=None,
    )
