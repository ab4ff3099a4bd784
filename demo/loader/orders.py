"""Orders of customers who are known by their telephone number."""

from __future__ import annotations

from typing import Any

from demo.tenants.model import Order, Tenant

from .records import put


def load_orders(env: Any, tenant: Tenant, company: Any, products: dict[str, int]) -> None:
    """Confirmed sales orders; ``products`` are template ids by code."""
    for order in tenant.orders:
        _load(env, order, company, products[order.product])


def _load(env: Any, order: Order, company: Any, product: int) -> None:
    customer = put(
        env,
        "res.partner",
        order.customer,
        {"name": order.customer, "phone": order.phone, "country_id": company.country_id.id},
    )
    template = env["product.template"].browse(product)
    line = {
        "product_id": template.product_variant_id.id,
        "product_uom_qty": order.quantity,
        "price_unit": template.ai_price or template.list_price,
    }
    values = {
        "partner_id": customer.id,
        "company_id": company.id,
        "order_line": [(5, 0, 0), (0, 0, line)],
    }
    sale = put(env, "sale.order", order.customer, values)
    if sale.state == "draft":
        sale.action_confirm()
