from __future__ import annotations

import logging

import pytest

from agent_runtime.mcp.bound import BoundTool, ToolPolicy
from agent_runtime.mcp.errors import CallRefused

FIND = BoundTool(
    "find", frozenset({"filter", "limit"}), {"database": "acct_7", "collection": "tenant_config"}
)
REMOTE = {
    "type": "object",
    "properties": {
        "database": {"type": "string"},
        "collection": {"type": "string"},
        "filter": {"type": "object"},
        "limit": {"type": "number"},
        "responseBytesLimit": {"type": "number"},
    },
    "required": ["database", "collection", "filter"],
}


def test_bound_arguments_are_given_and_missing_ones_left_out() -> None:
    assert FIND.arguments({"filter": {}, "limit": None}) == {
        "filter": {},
        "database": "acct_7",
        "collection": "tenant_config",
    }


@pytest.mark.parametrize("name", ["database", "collection", "connectionId", "instance", "x"])
def test_a_supplied_bound_argument_is_refused_and_logged_without_its_value(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), pytest.raises(CallRefused):
        FIND.arguments({"filter": {}, name: "acct_8 secret"})
    assert name in caplog.text
    assert "secret" not in caplog.text


def test_the_same_value_is_refused_too() -> None:
    with pytest.raises(CallRefused):
        FIND.arguments({"database": "acct_7"})


def test_the_schema_shows_only_what_a_caller_decides() -> None:
    schema = FIND.schema(REMOTE)
    assert set(schema["properties"]) == {"filter", "limit"}
    assert schema["required"] == ["filter"]
    assert schema["additionalProperties"] is False


def test_tools_not_on_the_list_are_refused() -> None:
    policy = ToolPolicy([FIND])
    assert policy.names == {"find"}
    assert policy.tool("find") is FIND
    with pytest.raises(CallRefused):
        policy.tool("drop-database")


def test_an_argument_cannot_be_bound_and_accepted() -> None:
    with pytest.raises(ValueError, match="database"):
        BoundTool("find", frozenset({"database"}), {"database": "acct_7"})
