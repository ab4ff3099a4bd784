from odoo import fields, models


class InboxRouting(models.Model):
    """Rules name the inbox by its number in Chatwoot."""

    _inherit = "chatwoot.inbox"

    routing_rule_ids = fields.One2many("chatwoot.routing.rule", "inbox_id", string="Routing Rules")

    def write(self, vals):
        result = super().write(vals)
        if "inbox_id" in vals:
            self.sudo().routing_rule_ids._publish()
        return result

    def unlink(self):
        self.check_access("unlink")
        self.sudo().routing_rule_ids.unlink()
        return super().unlink()
