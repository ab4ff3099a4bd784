"""README's table is the one list of settings: whatever the code reads stands in it."""

import re
from pathlib import Path

import yaml

from agent_runtime.settings import Settings

REPO = Path(__file__).resolve().parents[2]
README = (REPO / "README.md").read_text(encoding="utf-8")
TOLD = set(re.findall(r"`(\w+)`", README.partition("## Configuration")[2]))
BY_ODOO_ALONE = {"AGENT_RUNTIME_FD"}
"""Handed to the runtime by the Odoo that starts it; nobody sets it."""
FIXED_IN_COMPOSE = {
    "MONGODB_URL",
    "MONGODB_COLLECTION",
    "QDRANT_PATH",
    "AGENT_RUNTIME_ODOO_MCP",
    "AGENT_RUNTIME_REDIS_MCP",
}
"""Of programs and stores that its images and other services are instead."""


def test_every_setting_of_the_addons_is_in_the_readme():
    read = set()
    for file in REPO.glob("addons/*/**/*.py"):
        if "tests" not in file.parts:
            read |= set(re.findall(r"\bsetting\(\s*\"(\w+)\"", file.read_text(encoding="utf-8")))

    assert len(read) > 10
    assert read <= TOLD


def test_every_setting_of_the_runtime_is_in_the_readme():
    assert {field.alias for field in Settings.model_fields.values()} - BY_ODOO_ALONE <= TOLD


def test_compose_lets_every_setting_of_the_runtime_be_set():
    services = yaml.safe_load((REPO / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    settings = {field.alias for field in Settings.model_fields.values()}

    assert settings - BY_ODOO_ALONE - FIXED_IN_COMPOSE <= set(services["runtime"]["environment"])
