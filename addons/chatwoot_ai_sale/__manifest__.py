{
    "name": "Chatwoot AI Sales",
    "summary": "Orders for the customers they belong to, and quotations that customers ask for",
    "version": "19.0.1.0.0",
    "category": "Services",
    "author": "Chatwoot AI Suite",
    "website": "https://github.com/chatwoot-ai-suite/chatwoot-ai-suite",
    "license": "LGPL-3",
    "depends": ["chatwoot_ai_connector", "semantic_product_description", "sale"],
    "data": [
        "security/ir.model.access.csv",
        "security/rules.xml",
        "views/chatwoot_account_views.xml",
    ],
    "post_init_hook": "publish_anew",
    "uninstall_hook": "publish_anew",
    "auto_install": True,
}
