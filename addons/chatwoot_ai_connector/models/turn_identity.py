from odoo import fields, models

from agent_runtime import contracts


class ConversationIdentity(models.Model):
    """Whom the channel proves the customer to be.

    The number and the signed identifier themselves are not kept: what is kept is whom they led
    to when they were told, which every message tells anew. Only where they led to nobody, and
    the account takes requests, the number is kept, for whoever answers one.
    """

    _inherit = "chatwoot.conversation"

    identity_by = fields.Selection(
        [("phone", "Number of the channel"), ("signature", "Signed by the website")],
        string="Proven By",
        readonly=True,
    )
    identity_partner_ids = fields.Many2many(
        "res.partner",
        string="Proven To Be",
        readonly=True,
        help="The contacts whose orders the customer may ask for.",
    )

    proven_phone = fields.Char(
        string="Number of the Channel",
        readonly=True,
        groups="company_services.group_ai_manager",
        help="Kept only while no contact is known by it and the account takes requests.",
    )

    def _apply_news(self, news):
        result = super()._apply_news(news)
        if news.phone:
            self._keep_identity("phone", "customer_phone", f"+{news.phone}")
            self._keep_number(f"+{news.phone}")
        elif news.signed_as:
            self._keep_identity("signature", "chatwoot_identifier", news.signed_as)
        elif news.signed_as == "" and self.identity_by:
            self.write({"identity_by": False, "identity_partner_ids": [fields.Command.clear()]})
        return result

    def _keep_identity(self, by, field, value):
        partners = self.env["res.partner"].sudo()._proven(self.company_id, field, value)
        if partners != self.identity_partner_ids or by != self.identity_by:
            self.write(
                {
                    "identity_by": by if partners else False,
                    "identity_partner_ids": [fields.Command.set(partners.ids)],
                }
            )

    def _keep_number(self, number):
        useful = self.chatwoot_account_id._takes_any() and not self.identity_partner_ids
        wanted = number if useful else False
        if self.proven_phone != wanted:
            self.proven_phone = wanted


class TurnIdentity(models.Model):
    _inherit = "chatwoot.turn"

    def _proven_identity(self):
        """The :class:`contracts.ProvenIdentity` of the writer, ``None`` when nothing proves it."""
        conversation = self.conversation_id.sudo()
        partners = conversation.identity_partner_ids.filtered("active")
        if not partners or not conversation.identity_by:
            return None
        return contracts.ProvenIdentity(by=conversation.identity_by, partners=tuple(partners.ids))

    def _identified_partner(self):
        """The one contact that stands for the customer; empty when nothing proves it."""
        return (
            self.conversation_id.sudo().identity_partner_ids.filtered("active")._one_of_customer()
        )
