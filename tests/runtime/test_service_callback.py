"""Results on their way back: signed, retried, given up."""

from __future__ import annotations

import asyncio
import time

import pytest

from agent_runtime.contracts import TurnResult
from agent_runtime.service.callback import ResultSender
from agent_runtime.settings import Settings
from agent_runtime.signing import verify
from tests.doubles import turns
from tests.doubles.callback_server import CallbackServer

TOKEN = "t" * 32
RESULT = TurnResult(turn_id="db_a:1", attempt=1, account_id=7, boot_id="boot", parts=("Olá",))


def send(url: str, pauses: tuple[float, ...] = (0.01, 0.01)) -> bool:
    settings = Settings.from_environ(
        {
            "AGENT_RUNTIME_TOKEN": TOKEN,
            "AGENT_RUNTIME_STATE_DIR": "/unused",
            "AGENT_RUNTIME_CALLBACK_URL": url,
        }
    )

    async def play() -> bool:
        sender = ResultSender(settings, pauses)
        try:
            return await sender.send(turns.turn("oi"), RESULT)
        finally:
            await sender.close()

    return asyncio.run(play())


def test_a_result_is_signed_and_carries_the_turns_token() -> None:
    with CallbackServer() as odoo:
        assert send(odoo.url)
        (posted,) = odoo.posted
    assert posted.headers["Authorization"] == "Bearer opaque"
    assert verify(
        TOKEN,
        posted.headers["X-Agent-Runtime-Timestamp"],
        posted.body,
        posted.headers["X-Agent-Runtime-Signature"],
        time.time(),
    )
    assert TurnResult.model_validate_json(posted.body) == RESULT


@pytest.mark.parametrize("statuses", [(500, 503, 200), (429, 200)])
def test_trouble_at_odoo_is_retried(statuses: tuple[int, ...]) -> None:
    with CallbackServer(statuses) as odoo:
        assert send(odoo.url)
        assert len(odoo.posted) == len(statuses)


@pytest.mark.parametrize("status", [401, 404, 413])
def test_a_refusal_is_final(status: int) -> None:
    with CallbackServer((status,)) as odoo:
        assert not send(odoo.url)
        assert len(odoo.posted) == 1


def test_a_dead_odoo_is_given_up_after_the_last_pause() -> None:
    with CallbackServer() as gone:
        url = gone.url
    assert not send(url)
