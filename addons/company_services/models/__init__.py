# Abstract models first: what inherits from them in this addon needs them to exist.
from . import ai_tenant_part_mixin

# isort: split
from . import ai_published_part_mixin

# isort: split
from . import (
    ai_company_contact,
    ai_index_mixin,
    ai_knowledge_binding,
    ai_knowledge_mark,
    ai_knowledge_send,
    ai_knowledge_sync,
    ai_publish_mixin,
    ai_service_offer,
    ai_special_phone,
    ai_sync_report,
    ai_sync_report_steps,
    ai_tenant,
    ai_tenant_agent,
    ai_tenant_check,
    ai_tenant_health,
    ai_tenant_health_check,
    ai_tenant_hours,
    ai_tenant_knowledge,
    ai_tenant_move,
    ai_tenant_offers,
    ai_tenant_preview,
    ai_tenant_profile,
    ai_tenant_publication,
    ai_tenant_purge,
    ai_tenant_rating,
    ai_tenant_restored,
    ai_tenant_server_fields,
    ai_tenant_services,
    ai_tenant_special_phone,
    ai_tenant_stored_config,
    ai_tenant_take_over,
    ai_tenant_texts,
    ai_tenant_voice,
    res_company,
    res_partner,
    resource_calendar,
    resource_calendar_attendance,
    resource_calendar_leaves,
)
