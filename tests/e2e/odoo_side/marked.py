"""A tenant in which every field has a value that can be recognised."""

from __future__ import annotations

import json
from typing import Any

from tests.e2e.field_table import ACCOUNT, ARRIVES, Found, Withheld

TECHNICAL = {"id", "create_uid", "create_date", "write_uid", "write_date", "display_name"}
ADDONS = (
    "company_services",
    "business_rules2",
    "semantic_product_description",
    "product_ai_mass_management",
    "chatwoot_ai_connector",
    "chatwoot_ai_calendar",
    "chatwoot_ai_crm",
    "chatwoot_ai_sale",
)
CHATTER = ("mail.thread", "mail.activity.mixin")


def suite_fields(env: Any) -> dict[str, list[str]]:
    """The fields that the suite's addons give to their models and to Odoo's, by model."""
    data = env["ir.model.data"].search(
        [("model", "=", "ir.model.fields"), ("module", "in", ADDONS)]
    )
    found: dict[str, list[str]] = {}
    chatter = {name for model in CHATTER for name in env[model]._fields}
    for field in env["ir.model.fields"].browse(data.mapped("res_id")):
        model = env[field.model]
        # A field of our own may have the name of one of the chatter's.
        passed = TECHNICAL | chatter if "message_post" in dir(model) else TECHNICAL
        if not (model._abstract or model._transient or field.name in passed):
            found.setdefault(field.model, []).append(field.name)
    return {model: sorted(set(names)) for model, names in sorted(found.items())}


def make_marked(env: Any) -> int:
    """Make the tenant with a marked record of each model; returns its id."""
    brazil = env.ref("base.br")
    # Without a country: Odoo would install its accounting.
    company = env["res.company"].create(
        {"name": "Marcas Ltda", "currency_id": env.ref("base.BRL").id}
    )
    env = env(context={**env.context, "allowed_company_ids": [company.id], "lang": "pt_BR"})
    own = {"company_id": company.id}
    calendar = env["resource.calendar"].create(
        {"name": "MARCA", "tz": "America/Manaus", **own, "attendance_ids": [(5, 0, 0)]}
    )
    calendar.attendance_ids = [
        (0, 0, {"name": "x", "dayofweek": "1", "hour_from": 7.25, "hour_to": 11.0})
    ]
    tenant = env["ai.tenant"].create(
        {**own, "resource_calendar_id": calendar.id}
        | _typed("ai.tenant", "company_id", "contact_ids", "offer_ids", "config_version")
        | {"share_vat": True}
    )
    of_tenant = {"tenant_id": tenant.id}
    category = env["product.category"].create({"name": "MARCA categoria"})
    tag = env["res.partner.category"].create({"name": "Marca VIP"})
    product = _make(env, "product.template", {"name": "MARCA produto", **own})
    meant = {
        "channel_ids": env["business.channel"].search([("code", "=", "whatsapp")]).ids,
        "customer_tag_ids": tag.ids,
        **own,
    }
    about = {"product_ids": product.ids, "category_ids": category.ids}
    sales = {"service_ids": env["business.service"].search([("code", "=", "sales")]).ids}
    _make(env, "ai.company.contact", of_tenant)
    _make(env, "ai.service.offer", of_tenant)
    env["ai.service.offer"].create(
        {**of_tenant, "name": "Do produto", "pricing": "product", "product_id": product.id}
    )
    _make(env, "ai.special.phone", of_tenant)
    _make(env, "business.rule", {**meant, **about, **sales})
    # A rule has one kind of discount; the other one is on a rule of its own.
    _make(env, "business.temporary.rule", {**meant, **about, **sales, "discount_amount": 0})
    amount = {"name": "MARCA valor", "discount_percent": 0, **meant, **sales}
    env["business.temporary.rule"].create({**_typed("business.temporary.rule"), **amount})
    _make(env, "business.scheduling.rule", {**meant, "calendar_id": calendar.id})
    minas = env["res.country.state"].search(
        [("country_id", "=", brazil.id), ("code", "=", "MG")], limit=1
    )
    areas = [
        (0, 0, {"city": "Marcópolis", "state_id": minas.id}),
        (0, 0, {"postal_first": "30111-000", "postal_last": "30111-999"}),
    ]
    _make(env, "business.delivery.rule", {**meant, **about, "area_ids": areas})
    _make(env, "business.support.document", own).action_approve()
    _make_account(env, tenant)
    return tenant.id


def _make_account(env: Any, tenant: Any) -> None:
    """The tenant's Chatwoot account, with an inbox of its own for the routing rule."""
    values = {"name": "x", "company_id": tenant.company_id.id, "tenant_id": tenant.id}
    values |= {"base_url": "https://chat.example", "webhook_secret": "s", "bot_token": "b"}
    account = env["chatwoot.account"].create({**values, **_typed("chatwoot.account", "account_id")})
    of_account = {"chatwoot_account_id": account.id}
    _make(env, "chatwoot.account.model", of_account)
    routed = env["chatwoot.inbox"].create({**of_account, "inbox_id": 41, "name": "MARCA rota"})
    _make(env, "chatwoot.routing.rule", {**of_account, "inbox_id": routed.id})


def switch_off(env: Any, tenant_id: int, names: list[str]) -> bool:
    """Write False into these fields of the tenant."""
    env["ai.tenant"].browse(tenant_id).write(dict.fromkeys(names, False))
    return True


def marked_request(env: Any, tenant_id: int) -> dict[str, Any]:
    """The turn request of a conversation in which every field is marked; nothing is kept."""
    tenant = env["ai.tenant"].browse(tenant_id)
    account = env["chatwoot.account"].search([("tenant_id", "=", tenant.id)])
    of_account = {"chatwoot_account_id": account.id, "channel": "whatsapp"}
    inbox = env["chatwoot.inbox"].create({**of_account, "inbox_id": 1, **_typed("chatwoot.inbox")})
    conversation = env["chatwoot.conversation"].create(
        {**of_account, "inbox_id": inbox.id, **_typed("chatwoot.conversation")}
        # Labels that nobody has read are not told.
        | {"contact_labels_at": "2026-01-02 03:04:05"}
    )
    typed = _typed("chatwoot.message")
    of_conversation = {"conversation_id": conversation.id, "private": False}
    env["chatwoot.message"].create({**typed, **of_conversation, "message_id": 9000})
    question = env["chatwoot.message"].create({**typed, **of_conversation, "author": "customer"})
    turn = env["chatwoot.turn"].create(
        {"conversation_id": conversation.id, "message_ids": [(6, 0, question.ids)]}
        | _typed("chatwoot.turn")
    )
    built = json.loads(turn._build_request(turn.attempt, "token").model_dump_json())
    env.cr.rollback()
    return built


def _make(env: Any, model: str, values: dict[str, Any]) -> Any:
    """The marked record, and one for each field that withholds its record."""
    typed = _typed(model)
    record = env[model].create({**typed, **values})
    for field, proof in ARRIVES[model].items():
        if isinstance(proof, Withheld):
            hidden = {**typed, **values, **_named(env, model, proof.marker(model, field))}
            twin = env[model].create(hidden)
            if model == "business.support.document" and field != "state":
                twin.action_approve()
            twin.write({field: proof.written})
    return record


def _named(env: Any, model: str, marker: str) -> dict[str, Any]:
    """Values that put ``marker`` wherever the record could be recognised by."""
    names = {"name", "text", "content", "label", "value", "service", "remarks", "transcription"}
    names = {name for name in names if name in ARRIVES[model] or name == "name"}
    values = {name: marker for name in names if name in env[model]._fields}
    if model == "ai.special.phone":
        values["phone"] = "+55 31 97777-0000"
    return values


def _typed(model: str, *left_out: str) -> dict[str, Any]:
    """What is typed into the fields that arrive; relations are made by hand."""
    values = {
        name: proof.typed
        for name, proof in ARRIVES[model].items()
        if isinstance(proof, Found) and name not in left_out
    }
    relations = [name for name in values if name.endswith(("_ids", "_id"))]
    for name in relations:
        if name not in ("account_id", "display_id", "message_id"):
            del values[name]
    return values


__all__ = ["ACCOUNT", "make_marked", "marked_request", "suite_fields", "switch_off"]
