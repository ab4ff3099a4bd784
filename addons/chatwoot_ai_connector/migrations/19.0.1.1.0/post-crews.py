from odoo.tools import SQL

HELD = {
    "chatwoot_routing_rule": "crew",
    "chatwoot_account": "default_crew",
    "chatwoot_handover_rule": "crew",
    "chatwoot_turn": "crew",
}


def migrate(cr, version):
    """``social`` is called ``instagram``; no rule leads to the crew of the company's own people."""
    for table, column in HELD.items():
        cr.execute(
            SQL(
                "UPDATE %(table)s SET %(column)s = 'instagram' WHERE %(column)s = 'social'",
                table=SQL.identifier(table),
                column=SQL.identifier(column),
            )
        )
    cr.execute("DELETE FROM chatwoot_routing_rule WHERE crew = 'internal' AND role IS NULL")
    cr.execute("UPDATE chatwoot_routing_rule SET crew = NULL WHERE crew = 'internal'")
    cr.execute("UPDATE chatwoot_account SET default_crew = NULL WHERE default_crew = 'internal'")
