"""The MongoDB MCP server as a container of its own: reached by address and key.

It is started with the settings of its Dockerfile, so that what the container refuses fails here.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from pydantic import SecretStr

from agent_runtime.mcp import mongodb
from agent_runtime.mcp.errors import McpUnavailable
from tests.doubles.mongo_stand_in import free_port, mongo_stand_in, publish
from tests.doubles.turn_tools import configuration, settings

KEY = "a-key-for-the-test"
DOCKERFILE = Path(__file__).parents[2] / "docker/mongodb-mcp.Dockerfile"
IMAGE = dict(re.findall(r"\b(MDB_MCP_\w+)=(\S+)", DOCKERFILE.read_text(encoding="utf-8")))
"""The settings that the image brings; compose adds the MongoDB URL and the key."""


class Server:
    """The stock server over HTTP, which a test may restart at the same address."""

    def __init__(self, folder: Path, mongodb_url: str) -> None:
        self._folder = folder
        self._port = free_port()
        self._health_port = free_port()
        self._variables = {
            **os.environ,
            **IMAGE,
            "HOME": str(folder),
            "MDB_MCP_CONNECTION_STRING": mongodb_url,
            "MDB_MCP_HTTP_PORT": str(self._port),
            "MDB_MCP_MONITORING_SERVER_PORT": str(self._health_port),
            "MDB_MCP_HTTP_HEADERS": json.dumps({"x-agent-key": KEY}),
        }
        self.address = f"http://127.0.0.1:{self._port}/mcp"
        self.health = f"http://127.0.0.1:{self._health_port}/health"
        self._process: subprocess.Popen

    def start(self) -> None:
        self._process = subprocess.Popen(
            [shutil.which("mongodb-mcp-server")],
            env=self._variables,
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for port in (self._port, self._health_port):
            _wait_for(port, self._process)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait(10)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("mcp-http")
    with mongo_stand_in(folder / "mongo") as url:
        publish(url, configuration(7))
        running = Server(folder, url)
        running.start()
        yield running
        running.stop()


def test_the_image_listens_for_other_containers_and_reports_its_health(server: Server) -> None:
    assert IMAGE["MDB_MCP_HTTP_HOST"] == "0.0.0.0"
    assert IMAGE["MDB_MCP_READ_ONLY"] == "true"
    assert requests.get(server.health, timeout=5).status_code == 200


def test_the_configuration_is_read_over_http(tmp_path: Path, server: Server) -> None:
    async def play() -> None:
        mongo = mongodb.from_settings(_settings(tmp_path, server.address, KEY))
        try:
            assert (await mongo.configuration(7))["company"]["name"] == "Empresa 7"
            assert await mongo.configuration(8) is None
        finally:
            await mongo.close()

    asyncio.run(play())


def test_a_restarted_server_is_found_again_within_the_call(tmp_path: Path, server: Server) -> None:
    async def play() -> None:
        mongo = mongodb.from_settings(_settings(tmp_path, server.address, KEY))
        try:
            assert await mongo.configuration(7)
            await asyncio.to_thread(server.stop)
            await asyncio.to_thread(server.start)
            assert (await mongo.configuration(7))["account_id"] == 7
        finally:
            await mongo.close()

    asyncio.run(play())


def test_a_wrong_key_is_refused(tmp_path: Path, server: Server) -> None:
    async def play() -> None:
        mongo = mongodb.from_settings(_settings(tmp_path, server.address, "wrong"))
        try:
            with pytest.raises(McpUnavailable):
                await mongo.configuration(7)
        finally:
            await mongo.close()

    asyncio.run(play())


def test_an_address_where_nobody_answers_is_an_error_at_once(tmp_path: Path) -> None:
    async def play() -> None:
        where = f"http://127.0.0.1:{free_port()}/mcp"
        mongo = mongodb.from_settings(_settings(tmp_path, where, KEY))
        try:
            with pytest.raises(McpUnavailable, match="cannot be started"):
                await mongo.configuration(7)
        finally:
            await mongo.close()

    asyncio.run(play())


def _settings(folder: Path, where: str, key: str):
    return settings(folder).model_copy(
        update={"mongodb_mcp": where, "mongodb_mcp_key": SecretStr(key)}
    )


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 20
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=0.5):
                return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
