"""Changing a Chatwoot account as its manager would on the form."""

from __future__ import annotations

from typing import Any


def set_chatwoot_account(env: Any, number: int, values: dict[str, Any]) -> bool:
    """Write ``values`` to the account with this number."""
    env["chatwoot.account"].search([("account_id", "=", number)]).write(values)
    return True


def set_inbox(env: Any, number: int, values: dict[str, Any]) -> bool:
    """Write ``values`` to Chatwoot's inbox with this number."""
    env["chatwoot.inbox"].search([("inbox_id", "=", number)]).write(values)
    return True
