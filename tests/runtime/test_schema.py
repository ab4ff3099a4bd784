"""The documented JSON schema of the published configuration is the one the code means."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from agent_runtime.cli import main
from tests.doubles.demo_tenants import BY_ACCOUNT, config

DOCUMENTED = Path(__file__).parents[2] / "docs/tenant-config.schema.json"


def test_the_documented_schema_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    assert DOCUMENTED.read_text() == capsys.readouterr().out, (
        "python -m agent_runtime schema > docs/tenant-config.schema.json"
    )


def test_it_accepts_what_is_published_and_refuses_what_is_not() -> None:
    schema = json.loads(DOCUMENTED.read_text())
    for tenant in BY_ACCOUNT.values():
        document = config(tenant, datetime.now(UTC)).model_dump(mode="json")
        jsonschema.validate(document, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**document, "surprise": 1}, schema)
