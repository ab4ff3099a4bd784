{
    "name": "Chatwoot AI Opportunities",
    "summary": "Customers whom the assistant passes on to CRM",
    "version": "19.0.1.0.0",
    "category": "Services",
    "author": "Chatwoot AI Suite",
    "website": "https://github.com/chatwoot-ai-suite/chatwoot-ai-suite",
    "license": "LGPL-3",
    "depends": ["chatwoot_ai_connector", "crm"],
    "data": ["views/chatwoot_account_views.xml"],
    "uninstall_hook": "publish_anew",
    "auto_install": True,
}
