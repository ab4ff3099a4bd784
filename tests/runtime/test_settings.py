"""Settings from the environment."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from agent_runtime.settings import ClientSettings, Settings, SettingsError

NEEDED = {"AGENT_RUNTIME_TOKEN": "t" * 32, "AGENT_RUNTIME_STATE_DIR": "/state"}


def test_the_least_that_is_needed() -> None:
    settings = Settings.from_environ(NEEDED)
    assert settings.model == "grounded"
    assert settings.qdrant_folder == Path("/state/qdrant")
    assert settings.max_turns == 32
    assert settings.turns_per_account is None


def test_other_callers_have_tokens_of_their_own() -> None:
    given = {"AGENT_RUNTIME_TOKENS": f"prometheus:{'p' * 16}, back-office:{'b' * 16}"}
    settings = Settings.from_environ(NEEDED | given)
    assert settings.callers == {
        "odoo": "t" * 32,
        "prometheus": "p" * 16,
        "back-office": "b" * 16,
    }
    assert "p" * 16 not in repr(settings)


@pytest.mark.parametrize(
    "tokens", ["prometheus", "prometheus:short-secret", f"odoo:{'o' * 16}", f"Ana B:{'a' * 16}"]
)
def test_a_caller_without_a_name_or_a_fit_token_is_refused(tokens: str) -> None:
    with pytest.raises(SettingsError, match="AGENT_RUNTIME_TOKENS") as refused:
        Settings.from_environ(NEEDED | {"AGENT_RUNTIME_TOKENS": tokens})
    assert tokens.partition(":")[2] not in str(refused.value) or ":" not in tokens


def test_an_empty_variable_is_absent() -> None:
    assert Settings.from_environ(NEEDED | {"QDRANT_URL": ""}).qdrant_url is None


def test_every_setting_is_declared_once() -> None:
    [source] = ast.parse(inspect.getsource(Settings)).body
    assert isinstance(source, ast.ClassDef)
    names = [
        node.target.id
        for node in source.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    assert len(names) == len(set(names))


def test_missing_variables_are_named() -> None:
    with pytest.raises(SettingsError, match=r"AGENT_RUNTIME_TOKEN.*AGENT_RUNTIME_STATE_DIR"):
        Settings.from_environ({})


def test_wrong_values_are_named_but_not_shown() -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environ(NEEDED | {"AGENT_RUNTIME_TOKEN": "short", "AGENT_RUNTIME_PORT": "x1"})
    assert "AGENT_RUNTIME_PORT" in str(refused.value)
    assert "short" not in str(refused.value)
    assert "x1" not in str(refused.value)


def test_a_store_has_one_place() -> None:
    with pytest.raises(SettingsError, match="not both"):
        Settings.from_environ(NEEDED | {"QDRANT_URL": "http://q", "QDRANT_PATH": "/q"})


def test_secrets_do_not_show() -> None:
    settings = Settings.from_environ(NEEDED | {"QDRANT_API_KEY": "key-of-qdrant"})
    assert "t" * 32 not in repr(settings)
    assert "key-of-qdrant" not in repr(settings)


def test_the_address_of_a_running_service() -> None:
    token = {"AGENT_RUNTIME_TOKEN": "t"}
    assert ClientSettings.from_environ(token).url == "http://127.0.0.1:8090"
    env = token | {"AGENT_RUNTIME_URL": "http://a", "AGENT_RUNTIME_PORT": "1"}
    assert ClientSettings.from_environ(env).url == "http://a"
    assert ClientSettings.from_environ(env, "http://b").url == "http://b"
    with pytest.raises(SettingsError, match="AGENT_RUNTIME_TOKEN"):
        ClientSettings.from_environ({})


def test_an_accounts_share_of_the_turns() -> None:
    given = NEEDED | {"AGENT_RUNTIME_TURNS_PER_ACCOUNT": "5"}
    assert Settings.from_environ(given).turns_per_account == 5


@pytest.mark.parametrize(
    "name",
    [
        "AGENT_RUNTIME_MODEL_TIMEOUT",
        "AGENT_RUNTIME_MAX_MODEL_CALLS",
        "AGENT_RUNTIME_MAX_MODEL_TOKENS",
        "AGENT_RUNTIME_TURNS_PER_ACCOUNT",
    ],
)
def test_no_limit_may_be_nothing(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_environ(NEEDED | {name: "0"})
