from odoo import SUPERUSER_ID, api
from odoo.tools.sql import column_exists


def migrate(cr, version):
    """Forget contact data that nothing has filled, read numbers anew, publish what is new."""
    unused = ["contact_name", "contact_phone", "contact_email"]
    cr.execute("UPDATE chatwoot_request SET payload = payload - %s::text[]", (unused,))
    cr.execute(
        """
        UPDATE chatwoot_turn
           SET wishes = (SELECT jsonb_agg(wish - %s::text[]) FROM jsonb_array_elements(wishes) wish)
         WHERE jsonb_typeof(wishes) = 'array'
        """,
        (unused,),
    )
    # Whom a part of the answer told before is not told again; the others still are.
    if column_exists(cr, "chatwoot_request", "told_part"):
        cr.execute(
            """
            UPDATE chatwoot_request
               SET told = 'customer'
             WHERE state NOT IN ('waiting', 'approved') AND told_part > 0
            """
        )
    env = api.Environment(cr, SUPERUSER_ID, {})
    # Whether there are orders to read is published from this version on.
    env["ai.tenant"].search([])._publish_mark()
    partners = env["res.partner"].with_context(active_test=False).search([("phone", "!=", False)])
    env.add_to_compute(partners._fields["customer_phone"], partners)
