"""Where the value of every field of the suite is to be found, or why it stays in Odoo.

A field that can be edited and never arrives anywhere is what this table exists against: the test
fails for a field that is missing here, and for one whose value is not found where it is said to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ACCOUNT = 903
SAME = object()


@dataclass(frozen=True)
class Found:
    """``value`` is at ``path`` of ``store``: ``document``, ``index`` or ``request``.

    ``[]`` in a path is any element. ``written`` is what is typed, when it differs. In the index a
    text may be a part of the stored passage.
    """

    store: str
    path: str
    value: Any
    written: Any = SAME

    @property
    def typed(self) -> Any:
        """What the test writes into the field."""
        return self.value if self.written is SAME else self.written


@dataclass(frozen=True)
class Withheld:
    """With ``written`` in this field the record's marker is in no store and no request."""

    written: Any = False

    @staticmethod
    def marker(model: str, field: str) -> str:
        """The text that must be nowhere."""
        return f"OCULTO {model} {field}".replace(".", " ").replace("_", " ")


def document(path: str, value: Any, written: Any = SAME) -> Found:
    """Found in the published document."""
    return Found("document", path, value, written)


def index(path: str, value: Any, written: Any = SAME) -> Found:
    """Found in the payload of an indexed passage."""
    return Found("index", path, value, written)


def request(path: str, value: Any, written: Any = SAME) -> Found:
    """Found in a turn request."""
    return Found("request", path, value, written)


_TEXT_RULE = {
    "active": Withheld(),
    "visible_in_ai": Withheld(),
    "channel_ids": request("rules[].channels[]", "whatsapp"),
    "service_ids": request("rules[].services[]", "sales"),
    "customer_tag_ids": request("rules[].customer_tags[]", "marca-vip"),
    "product_ids": request("rules[].scope", "Só para: MARCA categoria, MARCA produto"),
    "category_ids": request("rules[].scope", "Só para: MARCA categoria, MARCA produto"),
}

ARRIVES: dict[str, dict[str, Found | Withheld]] = {
    "ai.tenant": {
        "account_id": document("account_id", ACCOUNT),
        "company_id": document("currency", "BRL"),
        "lang": document("language", "pt_BR"),
        "name": document("company.name", "MARCA nome"),
        "vat": document("company.tax_id", "11.222.333/0001-81"),
        "phone": document("company.phone", "(31) 3000-0001"),
        "email": document("company.email", "marca@marca.example"),
        "website": document("company.website", "https://marca.example"),
        "address": document("company.address", "Rua da Marca, 1"),
        "website_in_farewell": document("company.website_in_farewell", True),
        "description": document("company.description", "MARCA descrição"),
        "business_area": document("company.business_area", "MARCA ramo"),
        "contact_ids": document("company.contacts[].label", "MARCA rótulo"),
        "greeting": document("voice.greeting", "MARCA saudação"),
        "farewell": document("voice.farewell", "MARCA despedida"),
        "sign_off": document("voice.sign_off", "MARCA assinatura"),
        "tone": document("voice.tone", "technical"),
        "manner": document("voice.manner", "calm"),
        "formality": document("voice.formality", "formal"),
        "emoji": document("voice.emoji", "moderate"),
        "use_customer_name": document("voice.use_customer_name", False),
        "name_frequency": document("voice.name_frequency", "frequent"),
        "resource_calendar_id": document("hours.week[].start", "07:15"),
        "tz": document("hours.timezone", "America/Manaus"),
        "outside_hours": document("hours.outside", "closed_message"),
        "closed_message": document("hours.closed_message", "MARCA fechado"),
        "enable_sales": document("services.sales", True),
        "cross_sell_allowed": document("cross_sell_allowed", True),
        "enable_scheduling": document("services.scheduling", True),
        "enable_delivery": document("services.delivery", True),
        "enable_support": document("services.support", False),
        "offer_ids": document("offers[].name", "MARCA oferta"),
        "rating_enabled": document("rating.scale", 10, True),
        "rating_scale": document("rating.scale", 10, "10"),
        "rating_message": document("rating.message", "MARCA nota"),
        "rating_ask_reason": document("rating.ask_reason", True),
        "rating_reason_message": document("rating.reason_message", "MARCA motivo"),
        "rating_ask_suggestions": document("rating.ask_suggestions", True),
        "rating_suggestions_message": document("rating.suggestions_message", "MARCA sugestão"),
        "config_version": request("config_version", 1),
    },
    "ai.company.contact": {
        "kind": document("company.contacts[].kind", "other"),
        "label": document("company.contacts[].label", "MARCA rótulo"),
        "value": document("company.contacts[].value", "MARCA contato"),
        "in_farewell": document("company.contacts[].in_farewell", True),
        "sequence": document("company.contacts[0].label", "MARCA rótulo", 1),
        "may_be_mentioned": Withheld(),
    },
    "ai.service.offer": {
        "name": document("offers[].name", "MARCA oferta"),
        "description": document("offers[].description", "MARCA inclui"),
        "pricing": document("offers[].pricing", "from"),
        "price": document("offers[].price", "77.77", 77.77),
        "duration_minutes": document("offers[].duration_minutes", 77),
        "sequence": document("offers[0].name", "MARCA oferta", 1),
        "product_id": document("offers[].pricing", "product"),
        "active": Withheld(),
        "visible_in_ai": Withheld(),
    },
    "ai.special.phone": {
        "name": request("internal.name", "MARCA dona"),
        "phone": request("internal.name", "MARCA dona", "+55 31 97777-9031"),
        "upcoming_promotions": request("internal.upcoming_promotions", True),
        "outside_hours": request("internal.outside_hours", True),
        "active": Withheld(),
    },
    "business.rule": {
        **_TEXT_RULE,
        "name": request("rules[].name", "MARCA regra"),
        "text": index("document", "MARCA texto da regra."),
        "kind": request("rules[].kind", "payment"),
        "sequence": request("rules[].priority", 91),
    },
    "business.temporary.rule": {
        **_TEXT_RULE,
        "name": index("metadata.title", "MARCA promoção"),
        "text": request("rules[].text", "MARCA texto da promoção."),
        "kind": request("rules[].kind", "seasonal"),
        "sequence": request("rules[].priority", 92),
        "date_start": index("metadata.valid_from", 1577880000.0, "2020-01-01 12:00:00"),
        "date_end": index("metadata.valid_until", 4070952000.0, "2099-01-01 12:00:00"),
        "discount_percent": request("rules[].discount_percent", "13.00", 13.0),
        "discount_amount": request("rules[].discount_amount", "9.90", 9.9),
    },
    "business.scheduling.rule": {
        "active": Withheld(),
        "visible_in_ai": Withheld(),
        "channel_ids": request("rules[].channels[]", "whatsapp"),
        "customer_tag_ids": request("rules[].customer_tags[]", "marca-vip"),
        "name": index("metadata.title", "MARCA agenda"),
        "service": request("rules[].scheduling.service", "MARCA consulta"),
        "duration_minutes": request("rules[].scheduling.duration_minutes", 47),
        "notice": request("rules[].scheduling.notice_minutes", 180, 3),
        "notice_unit": request("rules[].scheduling.notice_minutes", 180, "hours"),
        "horizon_days": request("rules[].scheduling.horizon_days", 43),
        "calendar_id": request("rules[].scheduling.windows[].start", "07:15"),
        "cancellation": request("rules[].scheduling.cancellation", "MARCA cancelar."),
        "rescheduling": request("rules[].scheduling.rescheduling", "MARCA remarcar."),
        "required_information": request("rules[].scheduling.required_information", "MARCA dados."),
        "confirmation": index("document", "MARCA confirmação."),
        "sequence": request("rules[].priority", 93),
    },
    "business.delivery.rule": {
        "active": Withheld(),
        "visible_in_ai": Withheld(),
        "channel_ids": request("rules[].channels[]", "whatsapp"),
        "customer_tag_ids": request("rules[].customer_tags[]", "marca-vip"),
        "product_ids": request("rules[].scope", "Só para: MARCA categoria, MARCA produto"),
        "category_ids": request("rules[].scope", "Só para: MARCA categoria, MARCA produto"),
        "name": index("metadata.title", "MARCA entrega"),
        "coverage": request("rules[].delivery.cities[]", "Marcópolis - MG", "areas"),
        "area_ids": request("rules[].delivery.cities[]", "Marcópolis - MG"),
        "fee_kind": request("rules[].delivery.fee", "19.50", "fixed"),
        "fee": request("rules[].delivery.fee", "19.50", 19.5),
        "free_from": request("rules[].delivery.free_from", "219.00", 219.0),
        "lead_time": request("rules[].delivery.days_max", 9, "days"),
        "days_min": request("rules[].delivery.days_min", 7),
        "days_max": request("rules[].delivery.days_max", 9),
        "carriers": request("rules[].delivery.carriers[]", "MARCA transporte"),
        "remarks": index("document", "MARCA observação."),
        "sequence": request("rules[].priority", 94),
    },
    "business.delivery.area": {
        "city": request("rules[].delivery.cities[]", "Marcópolis - MG", "Marcópolis"),
        "state_id": request("rules[].delivery.cities[]", "Marcópolis - MG"),
        "postal_first": request("rules[].delivery.postal_ranges[].first", "30111000", "30111-000"),
        "postal_last": request("rules[].delivery.postal_ranges[].last", "30111999", "30111-999"),
    },
    "business.support.document": {
        "active": Withheld(),
        "visible_in_ai": Withheld(),
        "state": Withheld("draft"),
        "name": index("metadata.title", "MARCA manual"),
        "content": index("document", "MARCA conteúdo do manual."),
        "document_type": index("metadata.type", "guide"),
        "language": index("metadata.language", "en_US"),
    },
    "product.template": {
        "visible_in_ai": Withheld(),
        "semantic_description": index("document", "MARCA descrição do produto."),
        "key_features": index("document", "MARCA característica"),
        "use_cases": index("document", "MARCA uso"),
    },
    "chatwoot.account": {
        "account_id": request("account_id", ACCOUNT),
        "lead_policy": document("requests.lead", True, "approve"),
        "quotation_policy": document("requests.quotation", True, "approve"),
        "default_crew": document("routing.default_crew", "email"),
        "default_role": document("routing.default_role", "sales"),
        "weight_content": document("routing.weights.content", 0.41),
        "weight_context": document("routing.weights.context", 0.31),
        "weight_rules": document("routing.weights.rules", 0.21),
        "max_turn_cost": request("max_cost", 0.25),
    },
    "chatwoot.account.model": {
        "model": request("models[].model", "openai/marca"),
        "base_url": request("models[].base_url", "https://modelo.marca.example/v1"),
        "api_key": request("models[].api_key", "**********", "MARCA chave"),
        "vision": request("models[].vision", True),
        "transcription": request("models[].transcription", "marca-voz"),
        "price_read": request("models[].price.read", 0.5),
        "price_written": request("models[].price.written", 1.5),
        "price_heard": request("models[].price.minute", 0.25),
        "active": Withheld(),
    },
    "chatwoot.routing.rule": {
        "channel": document("routing.rules[].channel", "instagram"),
        "inbox_id": document("routing.rules[].inbox", 41),
        "intent": document("routing.rules[].intent", "order"),
        "keywords": document("routing.rules[].keywords[]", "marca palavra"),
        "hours": document("routing.rules[].hours", "closed"),
        "label": document("routing.rules[].label", "marca-vip"),
        "priority": document("routing.rules[].priority", "urgent"),
        "role": document("routing.rules[].role", "orders"),
        "crew": document("routing.rules[].crew", "instagram"),
    },
    "chatwoot.inbox": {"name": request("inbox_name", "MARCA caixa")},
    "chatwoot.conversation": {
        "display_id": request("conversation_id", 77),
        "contact_name": request("customer.name", "MARCA cliente"),
        "labels": request("customer.tags[]", "marca-vip", ["marca-vip"]),
        "contact_labels": request("customer.contact_labels[]", "marca-fiel", ["marca-fiel"]),
        "priority": request("priority", "high"),
        "internal_phone": request("internal.name", "MARCA dona", "5531977779031"),
    },
    "chatwoot.message": {
        "message_id": request("messages[].id", 9077),
        "attachments": request(
            "messages[].attachments[].transcript",
            "MARCA voz",
            [{"kind": "audio", "transcript": "MARCA voz"}],
        ),
        "content": request("messages[].text", "MARCA pergunta"),
        "author": request("history[].role", "attendant"),
        "sent_at": request("messages[].sent_at", "2026-01-02T03:04:05Z", "2026-01-02 03:04:05"),
    },
    "chatwoot.turn": {
        "attempt": request("attempt", 3),
        "channel": request("channel", "whatsapp"),
        "moment": request("moment", "2026-01-02T03:05:06Z", "2026-01-02 03:05:06"),
    },
}

SWITCHES = {
    "share_vat": "company.tax_id",
    "share_phone": "company.phone",
    "share_email": "company.email",
    "share_website": "company.website",
    "share_address": "company.address",
    "rating_enabled": "rating",
    "promotions_allowed": "promotions_allowed",
}
"""Fields of the tenant that, switched off, take what is at the path out of the document."""
