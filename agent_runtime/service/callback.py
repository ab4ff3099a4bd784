"""Posting results back to Odoo."""

from __future__ import annotations

import asyncio
import logging
import time

import httpx

from ..contracts import TurnRequest, TurnResult, dump_json
from ..settings import Settings
from ..signing import sign

PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 25.0)
"""Seconds between attempts, about a minute in all; then Odoo's sweep sends the turn again."""

TIMEOUT = httpx.Timeout(10.0, connect=5.0)

_log = logging.getLogger(__name__)


class ResultSender:
    """Signs results and posts them to the address of the settings, never to one of a payload."""

    def __init__(self, settings: Settings, pauses: tuple[float, ...] = PAUSES) -> None:
        self._url = settings.callback_url
        self._secret = settings.token.get_secret_value()
        self._pauses = pauses
        secure = bool(self._url and self._url.startswith("https:"))
        # Loading certificates takes longer than a post, and plain HTTP needs none.
        self._client = httpx.AsyncClient(timeout=TIMEOUT, verify=secure, trust_env=False)

    @property
    def configured(self) -> bool:
        """Whether there is an address to post to."""
        return bool(self._url)

    async def send(self, request: TurnRequest, result: TurnResult) -> bool:
        """Post until it is recorded; ``False`` when it was refused or could not be delivered."""
        body = dump_json(result).encode()
        ids = {"turn": result.turn_id, "attempt": result.attempt}
        for pause in (*self._pauses, None):
            status = await self._post(request, body)
            if status is not None and 200 <= status < 300:
                return True
            if status is not None and status < 500 and status != 429:
                _log.error("result refused", extra=ids | {"status": status})
                return False
            if pause is None:
                break
            await asyncio.sleep(pause)
        _log.error("result not delivered", extra=ids)
        return False

    async def _post(self, request: TurnRequest, body: bytes) -> int | None:
        """The status, or ``None`` when there was no answer. Signed anew: signatures age."""
        now = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {request.callback_token.get_secret_value()}",
            "X-Agent-Runtime-Timestamp": str(now),
            "X-Agent-Runtime-Signature": sign(self._secret, now, body),
        }
        try:
            response = await self._client.post(self._url, content=body, headers=headers)
        except httpx.TransportError as error:
            _log.warning(
                "callback unreachable",
                extra={"turn": request.turn_id, "error": type(error).__name__},
            )
            return None
        return response.status_code

    async def close(self) -> None:
        """Give the connections up."""
        await self._client.aclose()
