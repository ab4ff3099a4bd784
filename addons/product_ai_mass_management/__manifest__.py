{
    "name": "Product AI Mass Management",
    "summary": "Prices for the AI, live stock, and bulk work on what agents may offer",
    "version": "19.0.1.0.0",
    "category": "Sales/AI Customer Service",
    "author": "Chatwoot AI Suite",
    "website": "https://github.com/chatwoot-ai-suite/chatwoot-ai-suite",
    "license": "LGPL-3",
    "depends": ["semantic_product_description", "sale", "stock"],
    "data": [
        "security/ir.model.access.csv",
        "wizards/product_ai_price_wizard.xml",
        "views/product_template_form.xml",
        "views/product_template_list.xml",
        "views/product_template_search.xml",
        "views/product_template_actions.xml",
    ],
    "demo": ["demo/product_template.xml"],
}
