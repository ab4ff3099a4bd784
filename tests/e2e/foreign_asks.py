"""What account 7 may ask an Odoo for to learn what account 8 has: path and body over JSON-2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .odoo_side.neighbours import GUESS_AMOUNT, GUESS_NAME

Ask = tuple[str, dict[str, Any]]
OFFER = ["name", "ai_selling_price", "ai_stock_state", "ai_available_quantity"]
TOLD = {
    "product.template": OFFER,
    "product.product": OFFER,
    "sale.order": ["name", "amount_total", "ai_order_lines", "partner_id"],
    "chatwoot.busy.time": ["start", "stop"],
}
OPEN = tuple(TOLD)
"""What an agent reads of its own account."""
NOTHING = "nobody is called so"


def of_records(records: dict[str, int]) -> Iterator[Ask]:
    """Every record by its id, through all that reads and all that writes.

    What an agent reads nothing of is refused before anything else is looked at, so that few
    ways are enough there.
    """
    for model, record in records.items():
        ids, only = [record], [["id", "=", record]]
        yield f"{model}/read", {"ids": ids}
        yield f"{model}/search_read", {"domain": only}
        yield f"{model}/name_search", {"domain": only}
        yield f"{model}/export_data", {"ids": ids, "fields_to_export": ["display_name"]}
        yield f"{model}/write", {"ids": ids, "vals": {"active": False}}
        yield f"{model}/unlink", {"ids": ids}
    for model in OPEN:
        ids, only = [records[model]], [["id", "=", records[model]]]
        shown = {"specification": {"display_name": {}}}
        yield f"{model}/read", {"ids": ids, "fields": TOLD[model]}
        yield f"{model}/web_read", {"ids": ids, **shown}
        yield f"{model}/web_search_read", {"domain": only, **shown}
        yield f"{model}/search_count", {"domain": only}
        yield (
            f"{model}/formatted_read_group",
            {"domain": only, "groupby": ["create_date:month"]},
        )
        yield f"{model}/copy", {"ids": ids}
        yield (
            f"{model}/onchange",
            {"ids": ids, "values": {}, "field_names": [], "fields_spec": {"id": {}}},
        )
        for private in ("sudo", "browse", "fetch", "_read_format", "execute", "check_access"):
            yield f"{model}/{private}", {"ids": ids}


def of_models(models: list[str]) -> Iterator[Ask]:
    """Whatever there is of every model."""
    for model in models:
        yield f"{model}/search_read", {"limit": 500}


def guesses(
    records: dict[str, int], shared: dict[str, int]
) -> Iterator[tuple[str, list[Any], list[Any]]]:
    """Model with a domain that is true of account 8's record, and one that is true of none.

    The answers to both must be the same, or the difference tells what account 8 has.
    """
    company, product = records["res.company"], records["product.template"]
    customer, zebra = records["res.partner"], shared["product.template"]
    offer, order, busy = "product.template", "sale.order", "chatwoot.busy.time"
    for model in (offer, order, busy):
        for path in ("company_id.name", "company_id.partner_id.name", "company_id.child_ids.name"):
            yield model, [[path, "=like", GUESS_NAME]], [[path, "=like", NOTHING]]
        for operator in ("any", "any!"):
            true, none = ([["name", "=like", name]] for name in (GUESS_NAME, NOTHING))
            yield model, [["company_id", operator, true]], [["company_id", operator, none]]
        for operator in ("=", "in", "child_of", "parent_of"):
            yield model, [["company_id", operator, [company]]], [["company_id", operator, [0]]]
        yield model, ["!", ["company_id", "!=", company]], ["!", ["company_id", "!=", 0]]
    for field in ("name", "semantic_description", "default_code", "categ_id.name"):
        yield offer, [[field, "=like", GUESS_NAME]], [[field, "=like", NOTHING]]
    for path in (
        "standard_price",
        "list_price",
        "qty_available",
        "product_variant_ids.standard_price",
        "product_variant_ids.stock_quant_ids.quantity",
        "product_variant_ids.pricelist_rule_ids.fixed_price",
        "pricelist_rule_ids.fixed_price",
        "seller_ids.price",
    ):
        own = ["id", "=", zebra]
        yield offer, [own, [path, ">", GUESS_AMOUNT]], [own, [path, ">", 10 * GUESS_AMOUNT]]
    for path in ("optional_product_ids", "product_variant_ids.product_tmpl_id"):
        yield offer, [[path, "in", [product]]], [[path, "in", [0]]]
    for path in ("partner_id.name", "order_line.name", "client_order_ref", "user_id.name"):
        yield order, [[path, "=like", GUESS_NAME]], [[path, "=like", NOTHING]]
    for path in ("amount_total", "order_line.price_unit", "partner_id.sale_order_ids.amount_total"):
        yield order, [[path, ">", GUESS_AMOUNT]], [[path, ">", 10 * GUESS_AMOUNT]]
    for operator in ("=", "in", "child_of"):
        yield order, [["partner_id", operator, [customer]]], [["partner_id", operator, [0]]]
    ana = shared["res.partner"]
    yield (
        order,
        [["partner_id", "=", ana], ["amount_total", ">", GUESS_AMOUNT]],
        [["partner_id", "=", ana], ["amount_total", ">", 10 * GUESS_AMOUNT]],
    )
    yield busy, [["start", ">", "2044-06-15"]], [["start", ">", "2045-01-01"]]


def contexts(records: dict[str, int]) -> Iterator[dict[str, Any]]:
    """Contexts that name account 8's company, warehouse, prices or people."""
    company, shelf = records["res.company"], records["stock.location"]
    warehouse = records["stock.warehouse"]
    yield {"allowed_company_ids": [company]}
    yield {"allowed_company_ids": [company - 1, company]}
    yield {"allowed_company_ids": []}
    for name in ("company_id", "force_company", "default_company_id", "current_company_id"):
        yield {name: company}
    for name in ("warehouse_id", "warehouse", "search_warehouse"):
        yield {name: warehouse}
    for name in ("location", "search_location", "location_id"):
        yield {name: shelf}
    yield {"pricelist": records["product.pricelist"]}
    yield {"owner_id": records["res.partner"], "partner_id": records["res.partner"]}
    yield {"uid": 1, "su": True, "sudo": True, "active_test": False, "bypass_access": True}


def in_context(context: dict[str, Any], shared: dict[str, int]) -> Iterator[Ask]:
    """All that an agent reads, asked for in this context."""
    zebra, given = shared["product.template"], {"context": context}
    yield "product.template/read", {"ids": [zebra], "fields": OFFER, **given}
    yield "product.category/search_read", {"domain": [], "fields": ["complete_name"], **given}
    for model, fields in TOLD.items():
        yield f"{model}/search_read", {"domain": [], "fields": fields, **given}


def of_functions(records: dict[str, int], shared: dict[str, int]) -> Iterator[Ask]:
    """Other ways to the same, and to rights that the agent has not."""
    company, zebra = records["res.company"], shared["product.template"]
    named = {"fields": {"name": {}, "partner_id": {"fields": {"name": {}}}}}
    for model in ("product.template", "sale.order", "chatwoot.busy.time"):
        for group in ("company_id", "create_date:month"):
            yield f"{model}/read_group", {"domain": [], "fields": ["__count"], "groupby": [group]}
        yield f"{model}/web_search_read", {"domain": [], "specification": {"company_id": named}}
        yield f"{model}/name_search", {"name": ""}
        yield f"{model}/search_read", {"domain": [], "order": "company_id.name desc"}
        yield f"{model}/create", {"vals_list": [{"name": "x", "company_id": company}]}
        yield f"{model}/default_get", {"fields": ["company_id", "name", "partner_id"]}
        yield f"{model}/search_panel_select_range", {"field_name": "company_id"}
        yield f"{model}/load", {"fields": [".id"], "data": [[records["product.template"]]]}
        changed = {"company_id": company}
        spec = {"company_id": {"fields": {"display_name": {}}}}
        yield (
            f"{model}/onchange",
            {"values": changed, "field_names": ["company_id"], "fields_spec": spec},
        )
    prices = ["seller_ids", "product_variant_ids", "pricelist_rule_ids", "standard_price"]
    for field in prices:
        yield "product.template/read", {"ids": [zebra], "fields": [field]}
        yield "product.template/web_read", {"ids": [zebra], "specification": {field: named}}
        yield (
            "product.template/formatted_read_group",
            {"domain": [], "groupby": [], "aggregates": [f"{field}:sum"]},
        )
    told = {"partner_ids": [records["res.partner"]], "body": "x", "subject": "x"}
    for method in ("message_post", "message_notify", "message_subscribe"):
        yield f"sale.order/{method}", {"ids": [records["sale.order"]], **told}
    mine = {"company_ids": [[4, company]], "company_id": company}
    yield "res.users/write", {"ids": [records["res.users"]], "vals": mine}
    yield "res.users/web_save", {"ids": [], "vals": mine, "specification": {}}
    yield "res.users/action_get", {}
    yield "res.users/context_get", {}
    yield "res.users.apikeys/generate", {"key": "x", "scope": "rpc", "name": "x"}
    yield "ai.tenant/_agent_access", {"ids": [records["ai.tenant"]]}
    yield "ir.actions.server/run", {"ids": [1]}
    yield "ir.model.data/search_read", {"domain": []}
