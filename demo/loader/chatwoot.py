"""The tenant's side of the connection to Chatwoot."""

from __future__ import annotations

from typing import Any

from demo.tenants.model import Tenant

from .records import put


def load_chatwoot(env: Any, tenant: Tenant, record: Any, plan: dict[str, Any]) -> Any:
    """Register the account and inboxes; ``plan`` says what Chatwoot made.

    Keys: ``base_url``, ``bot_token``, ``webhook_secret``, ``user_token``, ``group_window``
    (seconds) and ``inboxes`` (plan key to Chatwoot's inbox id).
    """
    account = put(
        env,
        "chatwoot.account",
        tenant.key,
        {
            "name": f"Chatwoot {tenant.company}",
            "company_id": record.company_id.id,
            "tenant_id": record.id,
            "base_url": plan["base_url"],
            "bot_token": plan["bot_token"],
            "webhook_secret": plan["webhook_secret"],
            "user_token": plan["user_token"],
            "booking_policy": "approve" if tenant.bookings else "off",
            "booking_user_id": env.ref("base.user_admin").id,
        },
    )
    for inbox in tenant.inboxes:
        values = {
            "chatwoot_account_id": account.id,
            "inbox_id": plan["inboxes"][inbox.key],
            "name": inbox.name,
            "channel": inbox.suite_channel,
            "bot_enabled": True,
            "group_window": plan["group_window"],
        }
        put(env, "chatwoot.inbox", f"{tenant.key}_{inbox.key}", values)
    return account
