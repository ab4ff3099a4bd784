"""Two invented companies and the turns of their customers, for tests of the runtime."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from agent_runtime.contracts import (
    Channel,
    Closure,
    CompanyProfile,
    Customer,
    CustomerMessage,
    DeliveryTerms,
    EnabledServices,
    HistoryEntry,
    Hours,
    ModelAccess,
    OpeningHours,
    Rule,
    RuleKind,
    SchedulingTerms,
    Service,
    TenantConfig,
    TurnRequest,
    Voice,
)
from agent_runtime.evidence import Evidence

ZONE = ZoneInfo("America/Sao_Paulo")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ZONE)
"""A Saturday morning, when the pet shop is open."""

WEEK = (
    *(
        OpeningHours(weekday=day, start=start, end=end)
        for day in range(5)
        for start, end in (("08:00", "12:00"), ("13:00", "18:30"))
    ),
    OpeningHours(weekday=5, start="08:00", end="12:00"),
)
CHRISTMAS = Closure(
    name="Natal",
    start=datetime(2026, 12, 25, tzinfo=ZONE),
    end=datetime(2026, 12, 26, tzinfo=ZONE),
)


def config(account_id: int = 7, **changes: Any) -> TenantConfig:
    """The pet shop of account 7, or with changes another."""
    known: dict[str, Any] = {
        "account_id": account_id,
        "owner": "database-a",
        "version": 3,
        "published_at": NOW,
        "content_hash": "0" * 64,
        "language": "pt_BR",
        "currency": "BRL",
        "company": CompanyProfile(
            name="Bicho Bom",
            phone="(19) 3255-1234",
            email="oi@bichobom.example",
            address="Rua das Flores, 100, Campinas",
        ),
        "voice": Voice(),
        "hours": Hours(timezone="America/Sao_Paulo", week=WEEK, closures=(CHRISTMAS,)),
        "services": EnabledServices(sales=True, support=True),
    }
    return TenantConfig(**known | changes)


def clinic() -> TenantConfig:
    """The clinic of account 8."""
    return config(
        8,
        owner="database-b",
        company=CompanyProfile(name="Clínica Clara", phone="(11) 4002-8922"),
        hours=Hours(
            timezone="America/Sao_Paulo",
            week=(OpeningHours(weekday=0, start="09:00", end="17:00"),),
        ),
    )


def promotion(key: int = 1, days: float = 9, **changes: Any) -> Rule:
    """An offer that ends ``days`` from now; negative: that ended."""
    known: dict[str, Any] = {
        "key": f"business.temporary.rule,{key}",
        "kind": RuleKind.PROMOTION,
        "name": "Banho de novembro",
        "text": "20% de desconto em banho e tosa para cães de pequeno porte.",
        "valid_from": NOW - timedelta(days=20),
        "valid_until": NOW + timedelta(days=days),
    }
    return Rule(**known | changes)


PAYMENT = Rule(
    key="business.rule,5",
    kind=RuleKind.PAYMENT,
    name="Pagamento",
    text="Aceitamos Pix, dinheiro e cartão em até 3x sem juros.",
)


def product(record_id: int = 1, name: str = "Ração Golden Filhotes 15kg", **data: Any) -> Evidence:
    """A product as the lookup returns it."""
    known = {
        "price": 1189.9,
        "currency": "BRL",
        "stock_state": "in_stock",
        "quantity": 12.0,
        "uom": "Unidades",
    }
    return Evidence(
        kind="product",
        reference=f"product.template,{record_id}",
        title=name,
        text=name,
        via="mcp-odoo",
        score=0.8,
        data=known | data,
    )


EXCHANGE = Evidence(
    kind="document",
    reference="business.support.document,9",
    title="Política de trocas",
    text="Política de trocas\nProdutos podem ser trocados em até 7 dias corridos, com nota "
    "fiscal. Rações abertas não são trocadas.",
    via="mcp-qdrant",
    score=0.6,
)


def turn(*texts: str, model: ModelAccess | None = None, **changes: Any) -> TurnRequest:
    """A turn of account 7 with these messages of the customer, on WhatsApp.

    ``model`` is the only one of the tenant, for tests that need no more.
    """
    if model:
        changes["models"] = (model,)
    known: dict[str, Any] = {
        "turn_id": "db_a:1",
        "attempt": 1,
        "account_id": 7,
        "conversation_id": 12,
        "channel": Channel.WHATSAPP,
        "config_version": 3,
        "moment": NOW,
        "messages": tuple(
            CustomerMessage(id=number, text=text, sent_at=NOW)
            for number, text in enumerate(texts, 100)
        ),
        "customer": Customer(name="Ana Souza"),
        "callback_token": "opaque",
    }
    return TurnRequest(**known | changes)


def said(role: str, text: str) -> HistoryEntry:
    """An earlier message."""
    return HistoryEntry(role=role, text=text, sent_at=NOW.astimezone(UTC) - timedelta(minutes=5))


def delivery(key: int = 1, **changes: Any) -> Rule:
    """Delivery to two cities for a fee."""
    terms: dict[str, Any] = {
        "cities": ("Contagem - MG", "Belo Horizonte"),
        "fee": Decimal(12),
        "free_from": Decimal(150),
        "days_min": 1,
        "days_max": 2,
        "carriers": ("motoboy", "Correios"),
    }
    return Rule(
        key=f"business.delivery.rule,{key}",
        kind=RuleKind.DELIVERY,
        name="Entrega na região",
        text="Entregamos na região metropolitana.",
        services=frozenset({Service.DELIVERY}),
        delivery=DeliveryTerms(**terms | changes),
    )


def scheduling(key: int = 1, **changes: Any) -> Rule:
    """How a consultation is booked."""
    terms: dict[str, Any] = {
        "service": "Consulta",
        "duration_minutes": 45,
        "notice_minutes": 1440,
        "horizon_days": 30,
        "timezone": "America/Sao_Paulo",
        "windows": (OpeningHours(weekday=0, start="09:00", end="17:00"),),
        "cancellation": "Cancelamentos até 6 horas antes não têm custo.",
        "rescheduling": "Remarcações são feitas pelo telefone.",
        "required_information": "Traga a carteira de vacinação.",
        "confirmation": "Confirmamos por WhatsApp na véspera.",
    }
    return Rule(
        key=f"business.scheduling.rule,{key}",
        kind=RuleKind.SCHEDULING,
        name="Consultas",
        text="Consultas com hora marcada.",
        services=frozenset({Service.SCHEDULING}),
        scheduling=SchedulingTerms(**terms | changes),
    )
