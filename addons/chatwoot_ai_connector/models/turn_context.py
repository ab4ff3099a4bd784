from odoo import models

from agent_runtime.contracts import Channel


class TurnContext(models.Model):
    """Who is writing, as far as rules depend on it."""

    _inherit = "chatwoot.turn"

    def _customer_tags(self):
        """Labels of the conversation. A conversation of which none is known has none: what is
        meant for certain customers is not told to everybody."""
        return tuple(self.conversation_id.labels or ())

    def _internal_access(self):
        """The writer's :class:`contracts.InternalAccess`, if it is one of the company's own."""
        number = self.conversation_id.sudo().internal_phone
        return self.chatwoot_account_id.tenant_id._internal_access(number) if number else None

    def _rules_at(self, moment):
        """The rules for this writer on this channel at ``moment`` (aware).

        Asked when the turn is prepared and again before its answer is sent, so that both mean
        the same rules.
        """
        internal = self._internal_access()
        return self.chatwoot_account_id.tenant_id._runtime_rules(
            moment,
            Channel(self.channel),
            customer_tags=self._customer_tags(),
            include_upcoming=bool(internal and internal.upcoming_promotions),
        )
