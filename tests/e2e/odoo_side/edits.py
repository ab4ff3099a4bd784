"""Small edits of a tenant's data, as its owner makes them."""

from __future__ import annotations

from typing import Any


def _tenant(env: Any, account_id: int) -> Any:
    return env["ai.tenant"].search([("account_id", "=", account_id)])


def describe(env: Any, account_id: int, text: str) -> bool:
    """Write the company's description."""
    _tenant(env, account_id).description = text
    return True


def write_document(env: Any, account_id: int, name: str, text: str) -> int:
    """Make a support document, or change the one of this name; returns its id."""
    company = _tenant(env, account_id).company_id
    documents = env["business.support.document"]
    found = documents.search([("name", "=", name), ("company_id", "=", company.id)])
    found = found or documents.create({"name": name, "company_id": company.id, "content": text})
    found.content = text
    found.action_approve()
    return found.id


def remove_document(env: Any, document_id: int) -> bool:
    """Delete a support document."""
    env["business.support.document"].browse(document_id).unlink()
    return True


def start_check(env: Any, account_id: int) -> int:
    """Request a comparison of the store with Odoo; returns the report's id."""
    return env["ai.sync.report"]._start(_tenant(env, account_id)).id
