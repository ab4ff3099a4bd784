"""A tenant that is the same in two databases: record ids, names and texts."""

from __future__ import annotations

from typing import Any

FIRST_ID = 700_000
TABLES = (
    "res_company",
    "ai_tenant",
    "ai_company_contact",
    "business_rule",
    "business_temporary_rule",
    "business_support_document",
    "product_template",
    "product_product",
)
TEXT = "Nosso espelho mágico reflete duas vezes.\n\nA garantia do espelho vale cinco anos."


def make_twin(env: Any, account_id: int) -> int:
    """Make the tenant; returns its id."""
    for table in TABLES:
        env.cr.execute("SELECT setval(%s, %s)", (f"{table}_id_seq", FIRST_ID))
    company = env["res.company"].create({"name": "Espelho Ltda"})
    tenant = env["ai.tenant"].create(
        {"company_id": company.id, "account_id": account_id, "lang": "pt_BR"}
        | {"greeting": "Olá do espelho!", "enable_sales": True}
        | {"contact_ids": [(0, 0, {"kind": "instagram", "value": "https://instagram.com/eco"})]}
    )
    own = {"company_id": company.id}
    env["business.rule"].create(
        {"name": "Garantia", "kind": "general", "text": "A garantia é de cinco anos.", **own}
    )
    env["business.temporary.rule"].create(
        {"name": "Semana do Espelho", "kind": "promotion", "text": "Espelhos com 5%.", **own}
        | {"date_start": "2020-01-01 00:00:00", "date_end": "2099-01-01 00:00:00"}
    )
    env["business.support.document"].create(
        {"name": "Manual do espelho", "document_type": "faq", "content": TEXT, **own}
    ).action_approve()
    env["product.template"].create(
        {"name": "Espelho Redondo", "list_price": 50.0, "visible_in_ai": True, **own}
        | {"semantic_description": "Espelho redondo de parede."}
    )
    return tenant.id


def archive(env: Any, tenant_id: int) -> bool:
    """End the tenant, which withdraws all it has in the stores."""
    env["ai.tenant"].browse(tenant_id).active = False
    return True
