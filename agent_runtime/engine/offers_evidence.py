"""The catalogue of services as evidence, with live prices where a product has the price."""

from __future__ import annotations

from collections.abc import Iterable

from ..contracts import ServiceOffer, TenantConfig
from ..evidence import Evidence


def of_offers(config: TenantConfig, products: Iterable[Evidence] = ()) -> list[Evidence]:
    """One piece an offer, in the company's order.

    :param products: the products that offers take their price from, as just read from Odoo; the
        price of an offer whose product is not among them is not known
    """
    live = {product.reference: product for product in products}
    return [
        Evidence(
            kind="service",
            reference=offer.key,
            title=offer.name,
            text=offer.description or offer.name,
            via="mcp-mongodb",
            data=_data(offer, config.currency, live),
        )
        for offer in config.offers
    ]


def priced_by_products(config: TenantConfig) -> list[int]:
    """The ``product.template`` ids that :func:`of_offers` wants to be read."""
    return sorted({o.product for o in config.offers if o.pricing == "product" and o.product})


def _data(offer: ServiceOffer, currency: str, live: dict[str, Evidence]) -> dict[str, object]:
    data = {"pricing": offer.pricing, "duration_minutes": offer.duration_minutes}
    if offer.pricing == "product":
        product = live.get(f"product.template,{offer.product}")
        facts = product.data if product else {}
        data |= {"price": facts.get("price"), "currency": facts.get("currency")}
    elif offer.pricing != "on_request" and offer.price is not None:
        data |= {"price": str(offer.price), "currency": currency}
    return {key: value for key, value in data.items() if value is not None}
