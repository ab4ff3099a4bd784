from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Rules are found by meaning from this version on: mark those that were there before."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model in ("business.rule", "business.temporary.rule"):
        env[model]._index_backfill()
