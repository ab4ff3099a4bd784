"""A headless Chromium driven over its DevTools protocol, for the pictures in ``docs``."""

from __future__ import annotations

import base64
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any, Self

import requests
import websocket

from devtools.problem import Problem
from devtools.services.ports import free_port

PATIENCE = 40
LOADING = 120
"""Seconds for a page: the first one waits until its assets are compiled."""
POLL_SECONDS = 0.2


class Browser:
    """One page of a browser with a profile of its own. Use as a context manager."""

    def __init__(self, width: int = 1360, height: int = 1000, timezone: str = "UTC") -> None:
        program = shutil.which("chromium") or shutil.which("google-chrome")
        if program is None:
            raise Problem("there is no Chromium", "run make setup")
        # Its helpers may outlive it for a moment, and write while the folder goes.
        self._profile = tempfile.TemporaryDirectory(
            prefix="suite-browser-", ignore_cleanup_errors=True
        )
        self._port = free_port()
        self._numbers = itertools.count(1)
        self._process = subprocess.Popen(
            [
                program,
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--lang=en-US",
                f"--window-size={width},{height}",
                f"--user-data-dir={self._profile.name}",
                f"--remote-debugging-port={self._port}",
                "--remote-allow-origins=*",
                "about:blank",
            ],
            env={**os.environ, "TZ": timezone},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Self:
        try:
            self._socket = websocket.create_connection(self._page_address(), timeout=PATIENCE)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_failure: object) -> None:
        self._process.terminate()
        self._process.wait(10)
        self._profile.cleanup()

    def _page_address(self) -> str:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                pages = requests.get(f"http://127.0.0.1:{self._port}/json", timeout=2).json()
            except requests.ConnectionError:
                pages = []
            for page in pages:
                if page["type"] == "page":
                    return page["webSocketDebuggerUrl"]
            time.sleep(POLL_SECONDS)
        raise Problem("Chromium does not answer", "start it by hand to see why")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one DevTools command and return its result."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        self._socket.send(json.dumps(message))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def cookie(self, url: str, name: str, value: str) -> None:
        """Set a cookie."""
        self.call("Network.setCookie", url=url, name=name, value=value)

    def open(self, url: str, ready: str) -> None:
        """Go to ``url`` and wait until the JavaScript expression ``ready`` is true."""
        self.call("Page.navigate", url=url)
        deadline = time.monotonic() + LOADING
        while time.monotonic() < deadline:
            found = self.call("Runtime.evaluate", expression=f"Boolean({ready})")
            if found["result"].get("value"):
                return
            time.sleep(POLL_SECONDS)
        raise RuntimeError(f"{url} did not show what was expected")

    def picture(self, path: Path) -> None:
        """Save what the page shows as PNG."""
        data = self.call("Page.captureScreenshot", format="png")["data"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))
