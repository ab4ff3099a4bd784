"""``agent-runtime chat``: a conversation with an account's assistant, as a customer would have it.

It goes through the running service's playground.
"""

from __future__ import annotations

import argparse
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime

from pydantic import SecretStr

from ..client import RuntimeBusy, RuntimeClient, RuntimeUnavailable
from ..contracts import (
    Channel,
    Customer,
    CustomerMessage,
    HistoryEntry,
    TurnRequest,
    TurnResult,
    dump_json,
)
from . import knowledge, reach

LOOK_SECONDS = 0.2
DEADLINE_GRACE = 15.0
HISTORY = 20


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = commands.add_parser(
        "chat",
        help="talk to an account's assistant; on no terminal, a question a line",
        description="Talks to an account's assistant by the running service. It knows the "
        "published configuration and the indexed texts. What only Odoo knows does not take part: "
        "business rules such as payment, promotions, delivery, free times, live prices and stock. "
        "Conversations → Test Chat in Odoo has all of it.",
    )
    command.set_defaults(run=_run)
    reach.add_options(command)
    knowledge.add_account(command)
    command.add_argument(
        "--channel", choices=[channel.value for channel in Channel], default=Channel.WHATSAPP.value
    )
    command.add_argument("--name", help="name of the customer that is played")


def _run(options: argparse.Namespace) -> int:
    talk = _Talk(reach.client(options), options)
    try:
        for line in _lines():
            try:
                result = talk.say(line)
            except RuntimeBusy:
                print("busy: ask again in a moment", file=sys.stderr)
                continue
            print(dump_json(result) if options.json else _readable(result), flush=True)
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    return 0


def _lines() -> Iterator[str]:
    """Questions: typed at a prompt, or the lines of standard input."""
    if not sys.stdin.isatty():
        yield from filter(None, map(str.strip, sys.stdin))
        return
    while True:
        try:
            line = input("> ").strip()
        except (EOFError, KeyboardInterrupt):
            print(file=sys.stderr)
            return
        if line:
            yield line


class _Talk:
    """One conversation: each question goes with what was said before."""

    def __init__(self, client: RuntimeClient, options: argparse.Namespace) -> None:
        self._client = client
        self._account = options.account
        self._channel = Channel(options.channel)
        self._customer = Customer(name=options.name)
        self._history: list[HistoryEntry] = []
        self._role: str | None = None

    def say(self, text: str) -> TurnResult:
        """The answer. Raises :class:`~..client.RuntimeClientError`."""
        now = datetime.now(UTC)
        request = TurnRequest(
            turn_id=f"chat:{uuid.uuid4()}",
            attempt=1,
            account_id=self._account,
            conversation_id=0,
            channel=self._channel,
            config_version=0,
            moment=now,
            messages=(CustomerMessage(id=len(self._history) + 1, text=text, sent_at=now),),
            history=tuple(self._history[-HISTORY:]),
            customer=self._customer,
            last_role=self._role,
            callback_token=SecretStr("unused"),
        )
        self._client.play(request)
        result = self._answer(request)
        self._role = result.decision.role if result.decision else None
        self._history += [
            HistoryEntry(role="customer", text=text, sent_at=now),
            *(HistoryEntry(role="crew", text=part, sent_at=now) for part in result.parts),
        ]
        return result

    def _answer(self, request: TurnRequest) -> TurnResult:
        until = time.monotonic() + request.deadline_seconds + DEADLINE_GRACE
        while time.monotonic() < until:
            if (result := self._client.played(self._account, request.turn_id).result) is not None:
                return result
            time.sleep(LOOK_SECONDS)
        raise RuntimeUnavailable("there was no answer in time")


def _readable(result: TurnResult) -> str:
    lines = [*result.parts, *(f"  [{choice.title}]" for choice in result.choices)]
    lines += [f"  (request: {request.kind}: {request.summary})" for request in result.requests]
    if result.handover:
        lines.append(f"  (a person takes over: {result.handover.reason.value})")
    if result.error:
        lines.append(f"  (trouble: {result.error})")
    if decision := result.decision:
        total = result.timings_ms.get("total", 0.0)
        lines.append(f"  ({decision.crew}, {decision.role}, {total:.0f} ms)")
    return "\n".join(lines)
