"""A second company of a database, a tenant of its own."""

from __future__ import annotations

from typing import Any


def make_company(env: Any, number: int, chatwoot: dict[str, Any]) -> str:
    """Make company, tenant and Chatwoot account ``number``; returns the webhook's address.

    ``chatwoot``: ``base_url``, ``bot_token`` and ``webhook_secret`` of the account.
    """
    company = env["res.company"].create({"name": f"Filial {number}"})
    env.user.company_ids |= company
    tenant = env["ai.tenant"].create(
        {"company_id": company.id, "account_id": number, "lang": "pt_BR"}
    )
    account = env["chatwoot.account"].create(
        {
            "name": f"Chatwoot {number}",
            "company_id": company.id,
            "tenant_id": tenant.id,
            **chatwoot,
        }
    )
    return account.webhook_url
