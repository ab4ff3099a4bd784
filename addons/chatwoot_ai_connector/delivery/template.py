"""A WhatsApp template, the only message that a closed reply window lets through. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")


def placeholders(body: str) -> set[str]:
    """Names of the placeholders in a template's text: ``1`` for ``{{1}}``."""
    return set(_PLACEHOLDER.findall(body))


def rendered(body: str, values: Mapping[str, str]) -> str:
    """The text as the customer reads it, for the attendants."""
    return _PLACEHOLDER.sub(lambda found: values[found.group(1)], body)


def template_params(
    name: str, language: str, category: str, body: str, values: Mapping[str, str]
) -> dict[str, Any]:
    """What Chatwoot needs to send the template."""
    params: dict[str, Any] = {"name": name, "language": language, "category": category}
    if used := placeholders(body):
        params["processed_params"] = {"body": {number: values[number] for number in sorted(used)}}
    return params
