"""Account 7 asks Redis for account 8's notes, by every argument and layer by layer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from agent_runtime.mcp.errors import CallRefused
from agent_runtime.mcp.redis import RedisMcp, acl_rule, password, policy, user
from agent_runtime.settings import Settings
from tests.doubles.attempts import SECRET, attempt, looked_at
from tests.doubles.redis_server import RedisServer, redis_server

KEY = "key of the notes' users"
THEIRS = "8:scratch:1"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with redis_server(tmp_path_factory.mktemp("redis")) as running:
        for account_id in (7, 8):
            running.admin.execute_command(acl_rule(KEY, account_id))
        running.admin.hset(THEIRS, SECRET, f"note: {SECRET}")
        yield running


@pytest.fixture
def command(tmp_path: Path) -> str:
    environ = {"AGENT_RUNTIME_TOKEN": "t" * 32, "AGENT_RUNTIME_STATE_DIR": str(tmp_path)}
    return Settings.from_environ(environ).redis_mcp


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("hgetall", {"name": THEIRS}),
        ("hset", {"key": "a", "value": "x", "name": THEIRS}),
        ("hset", {"key": "a", "value": "x", "expire_seconds": 10**9}),
        ("hdel", {"key": SECRET, "name": THEIRS}),
        ("hgetall", {"account_id": 8}),
        ("hgetall", {"conversation_id": 1}),
        ("scan_all_keys", {"pattern": "*"}),
        ("get", {"key": THEIRS}),
        ("rename", {"old_key": THEIRS, "new_key": "7:scratch:1"}),
        ("client_list", {}),
    ],
)
def test_what_is_ours_to_say_is_refused_before_the_server(
    tmp_path: Path, tool: str, arguments: dict
) -> None:
    async def play() -> None:
        notes = RedisMcp("no-such-server", "redis://127.0.0.1:9", KEY, tmp_path)
        refused = await attempt("redis", notes.call(7, 1, tool, arguments))
        assert isinstance(refused, CallRefused)
        assert len(notes.pool) == 0

    asyncio.run(play())


@pytest.mark.parametrize("number", [0, -8, True, "8", 7.0, None])
def test_only_whole_positive_numbers_are_accounts_and_conversations(number: object) -> None:
    for pair in ((number, 1), (7, number)):
        with pytest.raises(ValueError, match="positive whole"):
            policy(*pair)


def test_the_same_conversation_of_another_account_has_other_notes(
    server: RedisServer, tmp_path: Path, command: str
) -> None:
    async def play() -> None:
        notes = RedisMcp(command, server.url, KEY, tmp_path)
        try:
            assert await attempt("redis", notes.notes(7, 1)) == {}
            # They are there to be found: the tests can fail.
            assert SECRET in str(await notes.notes(8, 1))
        finally:
            await notes.close()

    asyncio.run(play())


def test_without_our_policy_the_accounts_user_is_refused_by_redis(
    server: RedisServer, tmp_path: Path, command: str
) -> None:
    """Asked over the server with tools and keys that our policy would never let through."""

    async def play() -> None:
        notes = RedisMcp(command, server.url, KEY, tmp_path)
        session = notes._session(7)
        try:
            for tool, arguments in (
                ("hgetall", {"name": THEIRS}),
                ("hget", {"name": THEIRS, "key": SECRET}),
                ("hset", {"name": THEIRS, "key": "a", "value": "x"}),
                ("hdel", {"name": THEIRS, "key": SECRET}),
                ("expire", {"name": THEIRS, "expire_seconds": 1}),
                ("get", {"key": THEIRS}),
                ("type", {"key": THEIRS}),
                ("delete", {"key": THEIRS}),
                ("rename", {"old_key": THEIRS, "new_key": "7:scratch:1"}),
                ("scan_keys", {"pattern": "8:*"}),
                ("scan_all_keys", {"pattern": "8:*"}),
                ("dbsize", {}),
                ("info", {}),
                ("client_list", {}),
            ):
                # The question repeats key and field; what must not come back is the note.
                answer = await session._call(tool, arguments)
                told = "".join(part.text for part in answer.content)
                looked_at("redis", told.replace(f"'{SECRET}'", ""))
                assert "rror" in told, (tool, told)
            assert server.admin.hgetall(THEIRS) == {SECRET: f"note: {SECRET}"}
            assert server.admin.ttl(THEIRS) == -1
        finally:
            await session.close()

    asyncio.run(play())


def test_the_credential_alone_reaches_four_commands_and_the_own_notes(server: RedisServer) -> None:
    place = server.admin.connection_pool.connection_kwargs
    client = redis.Redis(
        host=place["host"],
        port=place["port"],
        username=user(7),
        password=password(KEY, 7),
        decode_responses=True,
    )
    client.hset("7:scratch:9", "a", "own")
    assert client.hgetall("7:scratch:9") == {"a": "own"}
    for refused in (
        ("HGETALL", THEIRS),
        ("HGET", THEIRS, SECRET),
        ("HSET", THEIRS, "a", "x"),
        ("HGETALL", "8:other"),
        ("HGETALL", "7:other"),
        ("GET", THEIRS),
        ("DUMP", THEIRS),
        ("COPY", THEIRS, "7:scratch:2"),
        ("RENAME", THEIRS, "7:scratch:2"),
        ("SCAN", "0"),
        ("KEYS", "*"),
        ("RANDOMKEY",),
        ("DBSIZE",),
        ("EVAL", f"return redis.call('HGETALL', '{THEIRS}')", "0"),
        ("CONFIG", "GET", "*"),
        ("ACL", "LIST"),
        ("CLIENT", "LIST"),
        ("MONITOR",),
        ("FLUSHALL",),
    ):
        try:
            answer = client.execute_command(*refused)
        except redis.exceptions.ResponseError as error:
            answer = error
        looked_at("redis, credential alone", answer)
        assert isinstance(answer, redis.exceptions.NoPermissionError), refused
    client.close()


def test_another_accounts_password_cannot_be_told_from_ones_own(server: RedisServer) -> None:
    assert password(KEY, 7) != password(KEY, 8)
    place = server.admin.connection_pool.connection_kwargs
    crossed = redis.Redis(
        host=place["host"], port=place["port"], username=user(8), password=password(KEY, 7)
    )
    with pytest.raises(redis.exceptions.AuthenticationError):
        crossed.ping()
    crossed.close()
