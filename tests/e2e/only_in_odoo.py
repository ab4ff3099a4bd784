"""Fields of the suite that need not arrive in any store or request, each with its reason."""

from __future__ import annotations

_EVERYWHERE = {
    "decides whose record it is, and with that the account": "company_id tenant_id",
    "state of the synchronisation itself": "sync_state sync_error synced_at",
    "the company's currency, published with the tenant": "currency_id",
    "for colleagues only": "internal_note",
    "found by comparing rules, for whoever writes them": "in_conflict conflict_note",
    "says on the form that the tenant's service is switched off": "service_off",
    "composed of fields that are published": "customer_text validity hours areas",
}
_LEDGER = "the ledger of conversations: what customers wrote goes into turns and no store"
_LIVE = "read live through MCP-Odoo in every turn and never copied"

ONLY_IN_ODOO: dict[str, dict[str, str]] = {
    "ai.tenant": {
        "decides whether there is anything in a store": "active purge_pending",
        "access of the agent to Odoo; a secret": "agent_api_key agent_key_expires agent_user_id",
        "receipt or state of the publication": "publish_state publish_error published_at "
        "account_locked is_foreign foreign_owner take_over_error taking_over "
        "taking_over_from",
        "a move to another account number": "leaving_account_id leaving_since move_error moving_to",
        "holds the profile's own words, which are published": "profile_overrides",
        "health and checks of the stores": "health_ids health_state last_check_at "
        "last_check_state sync_report_ids knowledge_ids knowledge_count knowledge_open_count "
        "knowledge_foreign",
        "counts for buttons": "ai_product_count business_rule_count delivery_rule_count "
        "offer_count scheduling_rule_count support_document_count temporary_rule_count",
        "a template's fields are filled in once": "sector_id",
    },
    "ai.special.phone": {"for colleagues only": "note"},
    "business.channel": {"a fixed list; the code travels with each rule": "code name sequence"},
    "business.service": {"a fixed list; the code travels with each rule": "code name sequence"},
    "business.temporary.rule": {
        "the same moments, typed by the company's clock": "start_day start_time end_day end_time "
        "timezone",
        "a function of the clock": "state",
        "which notices have been given": "announced_end reported_end",
    },
    "business.scheduling.rule": {"fills in the service and its duration": "offer_id"},
    "business.delivery.area": {
        "belongs to its rule": "rule_id",
        "composed of fields that are published": "name",
        "order on the screen": "sequence",
    },
    "business.support.document": {
        "where the text came from; the text is what is indexed": "source file file_name url "
        "extracted_at extracted_from extracted_hash extraction_state extraction_error "
        "extraction_failure characters",
        "order on the screen": "sequence",
    },
    "product.template": {
        _LIVE: "ai_price ai_available_quantity ai_goes_with ai_selling_price ai_stock_state",
        "shown to whoever sets prices": "ai_price_difference ai_price_status",
        "whether somebody has read the description": "semantic_description_verified",
    },
    "product.product": {
        _LIVE: "ai_price ai_available_quantity ai_goes_with ai_selling_price ai_stock_state",
        "shown to whoever sets prices": "ai_price_difference ai_price_status",
        "the template's": "key_features semantic_description semantic_description_verified "
        "use_cases visible_in_ai",
    },
    "chatwoot.account": {
        "connection to Chatwoot; secrets": "base_url bot_token route_token user_token "
        "webhook_secret account_webhook_secret accept_body_signature registration webhook_url "
        "name active",
        "stands in the routing rules": "routing_rule_ids",
        "stands in the language models": "model_ids",
        "the name given to the crew, for whoever asks for it": "default_crew_name",
        "whether there is a standard to go back to": "weights_changed",
        "says how much the log tells": "debug",
        "limits of what is read and answered": "context_messages loop_minutes loop_replies",
        "whether Chatwoot can be reached, and what was compared with it": "paused_until "
        "reading_error reconcile_page reconciled_at unreachable_error unreachable_since",
        "published as the other kinds of requests; needs the calendar beside it": "booking_policy",
        "whose calendar is read live through MCP-Odoo": "booking_user_id",
        "who decides on requests and how long they wait": "automatic_a_day request_hours "
        "request_user_id waiting_request_count last_booking_at",
        "shown to whoever connects it": "conversation_count inbox_ids last_error last_event_at "
        "setup_state",
    },
    "chatwoot.account.model": {
        "whose turns it answers": "chatwoot_account_id",
        "order of the models": "sequence",
    },
    "chatwoot.routing.rule": {
        "whether its label can be seen at contacts": "contact_unread",
        "whose configuration it stands in": "chatwoot_account_id",
        "order of the rules": "sequence",
        "the name given to the crew, for whoever asks for it": "crew_name",
    },
    "chatwoot.inbox": {
        "stands in the routing rules": "routing_rule_ids",
        "decides when a turn begins": "bot_enabled group_max_count group_max_wait group_window",
        "Chatwoot's own": "inbox_id channel chatwoot_account_id",
        "sent by Odoo where an answer cannot be": "template_body template_category "
        "template_language template_name",
    },
    "chatwoot.conversation": {
        _LEDGER: "answered_until assignee_name assignee_type can_reply channel channel_class "
        "compared_until contact_labels_at "
        "chatwoot_account_id chatwoot_url closed_told_until contact_blocked contact_id "
        "context_stamp due_at episode_from first_waiting_at handed_over_at handover_reason "
        "handover_turn_id history_read_at identity_by identity_partner_ids inbox_id labels_text "
        "proven_phone "
        "last_message_at rated_at "
        "rating_percent rating_reason rating_scale rating_score rating_suggestion "
        "rating_text remote_updated_at status transcript turn_count turn_ids message_ids"
    },
    "chatwoot.message": {
        _LEDGER: "author_name automatic chatwoot_account_id conversation_id deleted delivery_error "
        "part_ref passed_over private remote_updated_at turn_id turn_ref"
    },
    "chatwoot.turn": {
        _LEDGER: "answer_html answer_text boot_id chatwoot_account_id completion_tokens "
        "contact_name conversation_id cost crew customer_language customer_text "
        "deadline_at decision_reason deferred delivery_since depends_on dispatched_at entities "
        "entities_html error factors factors_html finished_at "
        "handover_note handover_note_html handover_reason handover_rule_id ignored_reason "
        "intents late_results late_results_text message_ids model model_call_ids model_calls "
        "part_ids prompt_tokens ranking ranking_html request_ids role seconds sentiment source_ids "
        "state supersede_count superseded_by_id timings timings_text typing undelivered_at "
        "undelivered_note urgency wishes"
    },
    "res.partner": {
        "compared with what the channel proves; never sent": "chatwoot_identifier customer_phone",
    },
    "res.users": {"those of the user's contact": "chatwoot_identifier customer_phone"},
    "sale.order": {_LIVE: "ai_delivery_date ai_order_lines ai_order_state"},
}

MODELS_ONLY_IN_ODOO = {
    "ai.knowledge.binding": "says what the index holds of each record",
    "ai.sync.report": "reports of the comparison with the store",
    "ai.tenant.health": "health of the stores",
    "business.sector": "templates; what they fill in is published where it is filled in",
    "business.sector.item": "templates; what they fill in is published where it is filled in",
    "chatwoot.handover.reason": "the list that hand-over rules choose from",
    "chatwoot.handover.rule": "what is done in Chatwoot when a person is asked",
    "chatwoot.intake": _LEDGER,
    "chatwoot.model.call": _LEDGER,
    "chatwoot.busy.time": _LIVE,
    "chatwoot.request": _LEDGER,
    "chatwoot.turn.part": _LEDGER,
    "chatwoot.turn.source": _LEDGER,
}


def own_reasons(model: str) -> dict[str, str]:
    """Fields of this very ``model`` that stay in Odoo, each with its reason."""
    return _by_field(ONLY_IN_ODOO.get(model, {}))


def reasons(model: str) -> dict[str, str]:
    """As :func:`own_reasons`, with the fields that many models have."""
    return _by_field(_EVERYWHERE) | own_reasons(model)


def _by_field(groups: dict[str, str]) -> dict[str, str]:
    return {name: reason for reason, names in groups.items() for name in names.split()}
