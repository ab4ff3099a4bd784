{
    "name": "Chatwoot AI Appointments",
    "summary": "Free times from the calendar, and appointments that customers ask for",
    "version": "19.0.1.0.0",
    "category": "Services",
    "author": "Chatwoot AI Suite",
    "website": "https://github.com/chatwoot-ai-suite/chatwoot-ai-suite",
    "license": "LGPL-3",
    "depends": ["chatwoot_ai_connector", "calendar"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "views/chatwoot_account_views.xml",
    ],
    "uninstall_hook": "publish_anew",
    "auto_install": True,
}
