"""One address for browsers: pages go to Odoo's workers, websockets to its evented port.

In production a reverse proxy does this. Without it a browser's websocket would reach a worker,
which cannot serve it, and every page would complain of a lost connection.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

HEAD_LIMIT = 64 * 1024
PATIENCE = 30.0


class FrontDoor:
    """Passes each connection on by its first request line; browsers open one per websocket."""

    def __init__(self, port: int, pages: int, websockets: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self._ports = (port, pages, websockets)
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server
        self._thread = threading.Thread(target=self._loop.run_forever, name="door", daemon=True)

    def start(self) -> None:
        """Listen in a thread of its own."""
        self._thread.start()
        listening = asyncio.start_server(self._serve, "127.0.0.1", self._ports[0], limit=HEAD_LIMIT)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result(PATIENCE)

    def stop(self) -> None:
        """Close the port and what is open."""
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A browser that goes away in the middle is nothing to report, nor is our own end.
        with suppress(
            OSError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            asyncio.CancelledError,
        ):
            head = await reader.readuntil(b"\r\n")
            port = self._ports[2 if b" /websocket" in head else 1]
            inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", port)
            inner_writer.write(head)
            try:
                await asyncio.gather(_pipe(reader, inner_writer), _pipe(inner_reader, writer))
            finally:
                inner_writer.close()
        writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(HEAD_LIMIT):
            writer.write(data)
            await writer.drain()
    # Either side's end ends the connection: HTTP's half-open ones are of no use here.
    writer.close()
