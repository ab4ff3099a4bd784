from . import ai_tenant, chatwoot_account, chatwoot_request, product_template, sale_order
