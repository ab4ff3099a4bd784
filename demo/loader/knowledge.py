"""Rules, support documents and products."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from demo.tenants.model import Product, Tenant

from .company import utc
from .records import put


def load_rules(env: Any, tenant: Tenant, company: Any, today: Any) -> None:
    """Permanent rules, and dated ones relative to ``today``."""
    for order, rule in enumerate(tenant.rules, 1):
        values = {
            "name": rule.name,
            "kind": rule.kind,
            "text": rule.text,
            "sequence": order,
            "company_id": company.id,
        }
        put(env, "business.rule", rule.name, values)
    zone = ZoneInfo(tenant.timezone)
    for order, rule in enumerate(tenant.dated_rules, 1):
        first = datetime.combine(today + timedelta(days=rule.first), time(), zone)
        after = datetime.combine(today + timedelta(days=rule.last + 1), time(), zone)
        values = {
            "name": rule.name,
            "kind": rule.kind,
            "text": rule.text,
            "sequence": order,
            "date_start": utc(first),
            "date_end": utc(after),
            "discount_percent": rule.discount_percent,
            "category_ids": [(6, 0, [_category(env, rule.category).id] if rule.category else [])],
            "company_id": company.id,
        }
        put(env, "business.temporary.rule", rule.name, values)
    _load_delivery(env, tenant, company)
    _load_scheduling(env, tenant, company)


def _load_delivery(env: Any, tenant: Tenant, company: Any) -> None:
    for order, rule in enumerate(tenant.delivery_rules, 1):
        areas = [{"city": rule.city, "state_id": company.state_id.id}]
        if rule.postal_range:
            first, last = rule.postal_range
            areas.append({"postal_first": first, "postal_last": last})
        values = {
            "name": rule.name,
            "sequence": order,
            "fee_kind": "fixed",
            "fee": rule.fee,
            "free_from": rule.free_from,
            "lead_time": "days",
            "days_min": rule.days[0],
            "days_max": rule.days[1],
            "area_ids": [(5, 0, 0), *((0, 0, area) for area in areas)],
            "company_id": company.id,
        }
        put(env, "business.delivery.rule", rule.name, values)


def _load_scheduling(env: Any, tenant: Tenant, company: Any) -> None:
    for order, rule in enumerate(tenant.scheduling_rules, 1):
        values = {
            "name": rule.name,
            "sequence": order,
            "service": rule.service,
            "duration_minutes": rule.minutes,
            "notice": rule.notice_hours,
            "notice_unit": "hours",
            "horizon_days": rule.horizon_days,
            "cancellation": rule.cancellation,
            "rescheduling": rule.rescheduling,
            "required_information": rule.required_information,
            "confirmation": rule.confirmation,
            "company_id": company.id,
        }
        put(env, "business.scheduling.rule", rule.name, values)


def load_documents(env: Any, tenant: Tenant, company: Any) -> None:
    """Support documents, approved."""
    for order, document in enumerate(tenant.documents, 1):
        values = {
            "name": document.name,
            "document_type": document.kind,
            "content": document.text,
            "sequence": order,
            "company_id": company.id,
        }
        put(env, "business.support.document", document.name, values).action_approve()


def load_products(env: Any, tenant: Tenant, company: Any) -> dict[str, int]:
    """Products with prices and stock; returns template ids by product code."""
    ids = {}
    for product in tenant.products:
        values = _product_values(product, company)
        if product.category:
            values["categ_id"] = _category(env, product.category).id
        record = put(env, "product.template", product.code, values)
        if product.stock is not None:
            _set_stock(env, record.product_variant_id, product.stock, company)
        ids[product.code] = record.id
    return ids


def load_offers(env: Any, tenant: Tenant, record: Any, products: dict[str, int]) -> None:
    """The service catalogue; ``record`` is the tenant, ``products`` as of :func:`load_products`."""
    for order, offer in enumerate(tenant.offers, 1):
        values = {
            "tenant_id": record.id,
            "sequence": order,
            "name": offer.name,
            "description": offer.description,
            "pricing": offer.pricing,
            "price": offer.price,
            "duration_minutes": offer.minutes,
            "product_id": products.get(offer.product),
        }
        put(env, "ai.service.offer", offer.name, values)


def _category(env: Any, name: str) -> Any:
    return put(env, "product.category", name, {"name": name})


def _product_values(product: Product, company: Any) -> dict[str, Any]:
    return {
        "name": product.name,
        "default_code": product.code,
        "list_price": product.price,
        "ai_price": product.ai_price,
        "type": "service" if product.stock is None else "consu",
        "is_storable": product.stock is not None,
        "sale_ok": True,
        "visible_in_ai": product.visible,
        "semantic_description": product.description,
        "key_features": product.features,
        "use_cases": product.uses,
        "company_id": company.id,
    }


def _set_stock(env: Any, variant: Any, quantity: float, company: Any) -> None:
    location = (
        env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1).lot_stock_id
    )
    quants = env["stock.quant"]
    missing = quantity - quants._get_available_quantity(variant, location)
    if missing:
        quants._update_available_quantity(variant, location, missing)
