"""Accounts 7 and 8 in one database, with a record of everything an agent may read of."""

from __future__ import annotations

from typing import Any

from agent_runtime.contracts import dump_json
from tests.doubles.attempts import SECRET, TOPIC

SECRET_NUMBER = 94471.0
"""Price, cost and stock that account 8 alone has."""
SECRET_DAY = "2044-07-01"
"""When somebody is busy at account 8."""
GUESS_NAME = f"%{SECRET[:3]}%"
GUESS_AMOUNT = SECRET_NUMBER - 1
"""What holds of account 8's records, and tells nobody their values."""


def make_neighbours(env: Any) -> dict[str, Any]:
    """Make both; the answer's keys:

    ``access``: of each account's agent, by account; ``records``: ids of account 8's records by
    model; ``shared``: ids of a product and a customer that belong to neither company, of whom
    account 8 has secrets nevertheless; ``models``: the names of all models with records.
    """
    zebra = env["product.template"].create(
        {"name": "Zebra", "list_price": 12.0, "is_storable": True, "visible_in_ai": True}
    )
    ana = env["res.partner"].create({"name": "Ana", "phone": "+55 31 90000-0000"})
    access, _ = _neighbour(env, 7, "Elefante", 50.0, "2044-06-01", zebra, ana)
    theirs, records = _neighbour(env, 8, f"{TOPIC} {SECRET}", SECRET_NUMBER, SECRET_DAY, zebra, ana)
    return {
        "access": {"7": access, "8": theirs},
        "records": records,
        "shared": {"product.template": zebra.id, "res.partner": ana.id},
        "models": sorted(name for name, model in env.items() if not model._abstract),
    }


def _neighbour(
    env: Any, number: int, thing: str, amount: float, day: str, zebra: Any, ana: Any
) -> tuple[str, dict[str, int]]:
    """An account in whose records stand ``thing``, ``amount`` and, in the calendar, ``day``."""
    company = env["res.company"].create({"name": f"Empresa {number} {thing}"})
    # Who runs the database sees all of it.
    (env.user | env.ref("base.user_admin")).company_ids |= company
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    own = {"company_id": company.id}
    tenant = env["ai.tenant"].create({**own, "account_id": number, "description": thing})
    booked = env["res.users"].create(
        {"name": f"Bia {thing}", "login": f"bia-{number}", "company_ids": company.ids, **own}
    )
    product = env["product.template"].create(
        {"name": thing, "list_price": amount, "visible_in_ai": True, "is_storable": True, **own}
    )
    customer = env["res.partner"].create({"name": f"Rui {thing}", **own})
    told = {"name": thing, **own}
    moments = {"start": f"{day} 10:00:00", "stop": f"{day} 11:00:00"}
    taken = {**moments, "partner_ids": booked.partner_id.ids, "user_id": booked.id}
    made = [
        company,
        tenant,
        booked,
        product,
        product.product_variant_id,
        customer,
        *_shelf(env, told, zebra.with_env(env), number, amount),
        _order(env, customer, product, amount),
        env["calendar.event"]
        .with_context(no_mail_to_attendees=True)
        .create({"name": thing, **taken}),
        env["product.pricelist"].create(
            told | {"item_ids": [(0, 0, {"fixed_price": amount, "compute_price": "fixed"})]}
        ),
        env["business.rule"].create(told | {"kind": "general", "text": thing}),
        env["business.support.document"].create(told | {"content": thing}),
        *_conversation(env, told, tenant, booked, number),
    ]
    _order(env, ana.with_env(env), zebra.with_env(env), amount)
    busy = env["chatwoot.busy.time"].search([("company_id", "=", company.id)])
    records = {record._name: record.id for record in (*made, busy)}
    return dump_json(tenant._agent_access()), records


def _shelf(env: Any, told: dict[str, Any], zebra: Any, number: int, amount: float) -> list[Any]:
    """What the company has of the shared product, and what it paid for it."""
    zebra.standard_price = amount
    warehouse = env["stock.warehouse"].create({**told, "code": f"W{number}"})
    quants = env["stock.quant"]
    # One of them is sold to the shared customer.
    quants._update_available_quantity(zebra.product_variant_id, warehouse.lot_stock_id, amount + 1)
    return [warehouse, warehouse.lot_stock_id]


def _order(env: Any, customer: Any, product: Any, amount: float) -> Any:
    line = {"product_id": product.product_variant_id.id, "price_unit": amount}
    order = env["sale.order"].create({"partner_id": customer.id, "order_line": [(0, 0, line)]})
    order.client_order_ref = product.name
    order.action_confirm()
    return order


def _conversation(
    env: Any, told: dict[str, Any], tenant: Any, booked: Any, number: int
) -> list[Any]:
    """The Chatwoot account with a customer's conversation and request, all of them over."""
    thing = told["name"]
    account = env["chatwoot.account"].create(
        {
            **told,
            "tenant_id": tenant.id,
            "account_id": number,
            "base_url": "https://chat.example",
            "bot_token": f"bot {thing}",
            "webhook_secret": f"webhook {thing}",
            "booking_user_id": booked.id,
        }
    )
    on = {"chatwoot_account_id": account.id, "channel": "whatsapp"}
    inbox = env["chatwoot.inbox"].create({**on, "inbox_id": number, "name": thing})
    conversation = env["chatwoot.conversation"].create(
        {
            **on,
            "inbox_id": inbox.id,
            "display_id": number,
            "contact_name": thing,
            "status": "resolved",
        }
    )
    turn = env["chatwoot.turn"].create(
        {"conversation_id": conversation.id, "channel": "whatsapp", "state": "delivered"}
    )
    request = env["chatwoot.request"].create(
        {
            "turn_id": turn.id,
            "kind": "lead",
            "state": "expired",
            "told": "people",
            "summary": thing,
            "payload": {"summary": thing},
            "expires_at": "2026-01-01 00:00:00",
        }
    )
    return [account, inbox, conversation, turn, request]
