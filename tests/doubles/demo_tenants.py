"""The demo's two companies as the runtime sees them: published, indexed, with live products.

The knowledge store is the real one; Odoo's side (configuration, live prices) is answered from the
demo's descriptions.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from agent_runtime.contracts import (
    Closure,
    CompanyProfile,
    ContactPoint,
    DeliveryTerms,
    EnabledServices,
    Hours,
    KnowledgeItem,
    KnowledgeSearch,
    KnowledgeUpsert,
    OdooAccess,
    OpeningHours,
    PostalRange,
    RatingRequest,
    Rule,
    SchedulingTerms,
    ServiceOffer,
    TenantConfig,
    Voice,
)
from agent_runtime.evaluation.toolbox import document_evidence
from agent_runtime.evidence import Evidence
from agent_runtime.knowledge.service import KnowledgeService
from agent_runtime.rules import holds
from demo.tenants import TENANTS
from demo.tenants.model import DeliveryRule, Offer, Product, SchedulingRule, Tenant

ORIGIN = "demo-database"
DOCUMENTS, PRODUCTS, RULES = "support_documents", "products", "business_rules"
BY_ACCOUNT = {tenant.account_id: tenant for tenant in TENANTS.values()}


def config(tenant: Tenant, now: datetime) -> TenantConfig:
    """What the tenant publishes."""
    zone = ZoneInfo(tenant.timezone)
    days = [_coming(h.month, h.day, now.astimezone(zone)) for h in tenant.holidays]
    return TenantConfig(
        account_id=tenant.account_id,
        owner=ORIGIN,
        version=1,
        published_at=now,
        content_hash="0" * 64,
        language="pt_BR",
        currency="BRL",
        company=CompanyProfile(
            name=tenant.company,
            description=tenant.description,
            phone=tenant.phone,
            email=tenant.email,
            website=tenant.website,
            address=f"{tenant.street}\n{tenant.district}\n{tenant.city} - {tenant.state_code}",
            tax_id=tenant.tax_id,
            contacts=tuple(
                ContactPoint(
                    kind=contact.kind,
                    label=contact.label or None,
                    value=contact.value,
                    in_farewell=contact.in_farewell,
                )
                for contact in tenant.contacts
                if contact.may_be_mentioned
            ),
        ),
        voice=Voice(
            greeting=tenant.greeting,
            farewell=tenant.farewell,
            tone=tenant.tone,
            formality=tenant.formality,
            emoji=tenant.emoji,
        ),
        hours=Hours(
            timezone=tenant.timezone,
            week=_week(tenant),
            closures=tuple(
                Closure(name=holiday.name, start=day, end=day + timedelta(days=1))
                for holiday, day in zip(tenant.holidays, days, strict=True)
            ),
        ),
        services=EnabledServices(
            sales=True, support=True, scheduling=tenant.scheduling, delivery=tenant.delivery
        ),
        rating=RatingRequest(scale=tenant.rating_scale, ask_reason=True, ask_suggestions=True)
        if tenant.rating_scale
        else None,
        offers=tuple(_offer(tenant, *numbered) for numbered in enumerate(tenant.offers, 1)),
    )


def _offer(tenant: Tenant, number: int, offer: Offer) -> ServiceOffer:
    codes = [product.code for product in tenant.products]
    return ServiceOffer(
        key=f"ai.service.offer,{number}",
        name=offer.name,
        description=offer.description or None,
        pricing=offer.pricing,
        price=Decimal(str(offer.price)) if offer.price else None,
        product=codes.index(offer.product) + 1 if offer.product else None,
        duration_minutes=offer.minutes or None,
    )


def _week(tenant: Tenant) -> tuple[OpeningHours, ...]:
    return tuple(
        OpeningHours(weekday=day, start=_clock(shift.start), end=_clock(shift.end))
        for shift in tenant.shifts
        for day in shift.weekdays
    )


def rules(tenant: Tenant, now: datetime) -> tuple[Rule, ...]:
    """All rules of the tenant, those included that do not hold at ``now``."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return (
        *(
            Rule(key=f"business.rule,{number}", kind=rule.kind, name=rule.name, text=rule.text)
            for number, rule in enumerate(tenant.rules, 1)
        ),
        *(
            Rule(
                key=f"business.temporary.rule,{number}",
                kind=rule.kind,
                name=rule.name,
                text=rule.text,
                valid_from=midnight + timedelta(days=rule.first),
                valid_until=midnight + timedelta(days=rule.last + 1),
                discount_percent=rule.discount_percent,
                product_categories=frozenset([_category(tenant, rule.category)])
                if rule.category
                else frozenset(),
                scope=f"Só para: {rule.category}" if rule.category else None,
            )
            for number, rule in enumerate(tenant.dated_rules, 1)
        ),
        *(_delivery(*numbered) for numbered in enumerate(tenant.delivery_rules, 1)),
        *(_scheduling(tenant, *numbered) for numbered in enumerate(tenant.scheduling_rules, 1)),
    )


def _category(tenant: Tenant, name: str) -> int:
    return sorted({product.category for product in tenant.products}).index(name) + 1


def _delivery(number: int, rule: DeliveryRule) -> Rule:
    ranges = ()
    if rule.postal_range:
        first, last = (code.replace("-", "") for code in rule.postal_range)
        ranges = (PostalRange(first=first, last=last),)
    return Rule(
        key=f"business.delivery.rule,{number}",
        kind="delivery",
        name=rule.name,
        text=f"Entregamos: {rule.city}. A taxa de entrega é {_reais(rule.fee)}. "
        f"Grátis a partir de {_reais(rule.free_from)}.",
        services=frozenset(["delivery"]),
        delivery=DeliveryTerms(
            postal_ranges=ranges,
            cities=(rule.city,),
            fee=Decimal(str(rule.fee)),
            free_from=Decimal(str(rule.free_from)),
            days_min=rule.days[0],
            days_max=rule.days[1],
        ),
    )


def _reais(amount: float) -> str:
    return f"R$ {amount:.2f}".replace(".", ",")


def _scheduling(tenant: Tenant, number: int, rule: SchedulingRule) -> Rule:
    return Rule(
        key=f"business.scheduling.rule,{number}",
        kind="scheduling",
        name=rule.name,
        text=f"{rule.service}: cerca de {rule.minutes} minutos. Marque com pelo menos "
        f"{rule.notice_hours} horas de antecedência. {rule.rescheduling}",
        services=frozenset(["scheduling"]),
        scheduling=SchedulingTerms(
            service=rule.service,
            duration_minutes=rule.minutes,
            notice_minutes=rule.notice_hours * 60,
            horizon_days=rule.horizon_days,
            timezone=tenant.timezone,
            windows=_week(tenant),
            cancellation=rule.cancellation,
            rescheduling=rule.rescheduling,
            required_information=rule.required_information,
            confirmation=rule.confirmation,
        ),
    )


async def index(knowledge: KnowledgeService, now: datetime) -> None:
    """Put documents, visible products and rules in force of both companies into the store."""
    for tenant in BY_ACCOUNT.values():
        documents = [
            ("business.support.document", number, document.name, document.text)
            for number, document in enumerate(tenant.documents, 1)
        ]
        products = [
            ("product.template", number, product.name, _described(product))
            for number, product in enumerate(tenant.products, 1)
            if product.visible
        ]
        told = [
            (rule.key.split(",")[0], int(rule.key.split(",")[1]), rule.name, rule.text)
            for rule in rules(tenant, now)
            if holds(rule, now)
        ]
        for collection, records in (
            (DOCUMENTS, documents),
            (PRODUCTS, products),
            (RULES, told),
        ):
            items = tuple(
                KnowledgeItem(
                    model=model, record_id=number, title=title, text=text, content_hash="h"
                )
                for model, number, title, text in records
            )
            await knowledge.upsert(
                KnowledgeUpsert(
                    account_id=tenant.account_id, collection=collection, origin=ORIGIN, items=items
                )
            )


class DemoToolbox:
    """One account's toolbox over the real store."""

    def __init__(self, knowledge: KnowledgeService, tenant: Tenant, now: datetime) -> None:
        self._knowledge = knowledge
        self._tenant = tenant
        self._now = now

    async def company(self) -> TenantConfig:
        """The published configuration."""
        return config(self._tenant, self._now)

    async def search_documents(self, query: str) -> list[Evidence]:
        """Passages of the tenant's documents."""
        return [document_evidence(hit) for hit in await self._search(DOCUMENTS, query)]

    async def find_products(self, query: str) -> list[Evidence]:
        """Products of the tenant with price and stock."""
        found: dict[int, Evidence] = {}
        for hit in await self._search(PRODUCTS, query):
            found.setdefault(
                hit.record_id, _evidence(self._tenant, hit.record_id, hit.text, hit.score)
            )
        return list(found.values())

    async def products_by_id(self, ids: Sequence[int]) -> list[Evidence]:
        """Products of the tenant by id."""
        return [_evidence(self._tenant, key, "", 1.0) for key in ids]

    async def search_rules(self, query: str, collections: Sequence[str]) -> dict[str, float]:
        """Scores of the tenant's rules."""
        hits = [hit for name in collections for hit in await self._search(name, query)]
        return {f"{hit.model},{hit.record_id}": hit.score for hit in reversed(hits)}

    def scratch(self, conversation_id: int) -> None:
        """No notes are kept."""

    async def _search(self, collection: str, query: str) -> tuple:
        search = KnowledgeSearch(
            account_id=self._tenant.account_id,
            collection=collection,
            query=query,
            limit=5,
            focused=True,
        )
        return (await self._knowledge.search(search)).hits


class DemoToolboxes:
    """Opens the toolbox of either company."""

    def __init__(self, knowledge: KnowledgeService, now: datetime) -> None:
        self._knowledge = knowledge
        self._now = now

    def open(
        self, account_id: int, config_version: int, odoo: OdooAccess | None, identity: object = None
    ) -> DemoToolbox:
        """The account's toolbox."""
        return DemoToolbox(self._knowledge, BY_ACCOUNT[account_id], self._now)


def _evidence(tenant: Tenant, number: int, text: str, score: float) -> Evidence:
    product = tenant.products[number - 1]
    data = {"price": product.ai_price or product.price, "currency": "BRL", "uom": "Unidades"}
    data["category"] = _category(tenant, product.category)
    if product.stock is None:
        data["stock_state"] = "not_tracked"
    else:
        data |= {
            "stock_state": "in_stock" if product.stock > 0 else "out_of_stock",
            "quantity": product.stock,
        }
    return Evidence(
        kind="product",
        reference=f"product.template,{number}",
        title=product.name,
        text=text,
        via="mcp-odoo",
        score=score,
        data=data,
    )


def _described(product: Product) -> str:
    parts = (product.name, product.description, product.features, product.uses)
    return "\n".join(part for part in parts if part)


def _coming(month: int, day: int, now: datetime) -> datetime:
    this_year = now.replace(month=month, day=day, hour=0, minute=0, second=0, microsecond=0)
    return this_year if this_year >= now else this_year.replace(year=now.year + 1)


def _clock(hours: float) -> str:
    return f"{int(hours):02}:{round(hours % 1 * 60):02}"
