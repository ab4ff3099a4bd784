from . import (
    test_agent_access,
    test_agent_api,
    test_ai_tenant,
    test_editor_access,
    test_product_description,
    test_product_index,
    test_product_sync,
    test_product_text,
)
