{
    "name": "Bench: Minimal Route",
    "summary": "The least an Odoo route does that inserts one record; for make bench only",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "author": "Chatwoot AI Suite",
    "website": "https://github.com/chatwoot-ai-suite/chatwoot-ai-suite",
    "license": "LGPL-3",
    "depends": ["base"],
    "data": ["security/ir.model.access.csv"],
}
