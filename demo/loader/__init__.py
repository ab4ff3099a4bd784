"""Fills a tenant's database through Odoo's ORM; runs inside ``odoo shell``.

Only public ways are used: what the loader writes, a person could type. Publication and indexing
follow by themselves, because every write marks what has changed.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from demo.tenants import TENANTS

from .chatwoot import load_chatwoot
from .company import load_company
from .knowledge import load_documents, load_offers, load_products, load_rules
from .orders import load_orders

KEY_DAYS = 2
"""Life of the API key with which the demonstration changes a price."""


def load(env: Any, tenant_key: str, plan: dict[str, Any]) -> dict[str, Any]:
    """Load a demo tenant into ``env``'s database and commit.

    ``plan`` is that of :func:`load_chatwoot` plus ``odoo_url``. Returns ``webhook_url``,
    ``api_key`` (of the administrator) and ``products`` (template ids by code).
    """
    tenant = TENANTS[tenant_key]
    today = datetime.now(ZoneInfo(tenant.timezone)).date()
    parameters = env["ir.config_parameter"]
    parameters.set_param("web.base.url", plan["odoo_url"])
    parameters.set_param("web.base.url.freeze", "True")
    record = load_company(env, tenant, today)
    load_rules(env, tenant, record.company_id, today)
    load_documents(env, tenant, record.company_id)
    products = load_products(env, tenant, record.company_id)
    load_offers(env, tenant, record, products)
    load_orders(env, tenant, record.company_id, products)
    account = load_chatwoot(env(context={**env.context, "lang": "pt_BR"}), tenant, record, plan)
    api_key = _administrator(env, tenant)
    env.cr.commit()
    # As at the end of a request: a server that runs already must forget what it has cached.
    env.registry.signal_changes()
    return {"webhook_url": account.webhook_url, "api_key": api_key, "products": products}


def _administrator(env: Any, tenant: Any) -> str:
    """Put the administrator into the tenant's place and time; returns a short-lived API key."""
    admin = env.ref("base.user_admin")
    admin.write({"lang": "pt_BR", "tz": tenant.timezone, "email": tenant.email})
    expires = datetime.now() + timedelta(days=KEY_DAYS)
    keys = env(user=admin.id)["res.users.apikeys"].sudo()
    return keys._generate("rpc", "Demonstration", expires)
