from odoo import SUPERUSER_ID, api


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
    # They were told in a way that is not kept: nobody is to be told again.
    cr.execute(
        "UPDATE chatwoot_request SET told = 'customer' WHERE state NOT IN ('waiting', 'approved')"
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    # Whether there are orders to read is published from this version on.
    env["ai.tenant"].search([])._publish_mark()
    partners = env["res.partner"].with_context(active_test=False).search([("phone", "!=", False)])
    env.add_to_compute(partners._fields["customer_phone"], partners)
