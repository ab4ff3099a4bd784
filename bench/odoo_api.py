"""Calling Odoo over its JSON-2 API, as another system would."""

from __future__ import annotations

from typing import Any

import requests

from demo.stage import Stage, StagedTenant


def call(stage: Stage, staged: StagedTenant, model: str, method: str, **arguments: Any) -> Any:
    """The answer of a model's method; raises ``requests.HTTPError`` when Odoo refuses."""
    answer = requests.post(
        f"{stage.odoo.url}/json/2/{model}/{method}",
        json=arguments,
        headers={
            "Authorization": f"bearer {staged.api_key}",
            "X-Odoo-Database": staged.database,
        },
        timeout=30,
    )
    answer.raise_for_status()
    return answer.json()
