"""Records under stable names: loading twice changes nothing twice."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

MODULE = "suite_demo"
"""Namespace of the external ids; no module has this name, so no update removes the records."""


def slug(text: str) -> str:
    """A name as part of an external id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_")


def put(env: Any, model: str, name: str, values: dict[str, Any]) -> Any:
    """Create the record called ``name``, or write ``values`` to it."""
    xml_id = f"{MODULE}.{model.replace('.', '_')}_{slug(name)}"
    return env[model]._load_records([{"xml_id": xml_id, "values": values, "noupdate": False}])
