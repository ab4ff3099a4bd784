"""A promotion that ends while the test looks on."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

NAME = "Relâmpago Turquesa"


def remove_promotion(env: Any, rule_id: int) -> bool:
    """Take the promotion away and switch on again what :func:`make_promotion` switched off."""
    env["business.temporary.rule"].browse(rule_id).unlink()
    _watchers(env).active = True
    return True


def _watchers(env: Any) -> Any:
    crons = env["ir.cron"].with_context(active_test=False)
    return crons.search([("model_id.model", "=", "business.temporary.rule")])


def make_promotion(env: Any) -> int:
    """Make one that goes on for a day, with everything switched off that would notice its end.

    Returns its id.
    """
    _watchers(env).active = False
    now = datetime.now().replace(microsecond=0)
    rule = env["business.temporary.rule"].create(
        {
            "name": NAME,
            "kind": "promotion",
            "text": "Toalhas turquesa com 40% de desconto.",
            "discount_percent": 40.0,
            "date_start": now - timedelta(days=1),
            "date_end": now + timedelta(days=1),
            "company_id": env.ref("base.main_company").id,
        }
    )
    return rule.id


def end_promotion(env: Any, rule_id: int, seconds: int) -> float:
    """Let it end in so many seconds; returns the end in Unix seconds."""
    end = datetime.now().replace(microsecond=0) + timedelta(seconds=seconds)
    env["business.temporary.rule"].browse(rule_id).date_end = end
    return (end - datetime(1970, 1, 1)).total_seconds()
