"""Who of the company's own people is writing."""

from odoo import models

from agent_runtime.contracts import InternalAccess

from ..tools import phone


class AiTenant(models.Model):
    """Special phones of the tenant."""

    _inherit = "ai.tenant"

    def _internal_access(self, number: str | None) -> InternalAccess | None:
        """What the owner of ``number`` may know, ``None`` for customers.

        ``number`` must be one that the channel proves: international, with or without ``+``,
        never one that somebody typed.
        """
        self.ensure_one()
        subscriber = phone.subscriber(f"+{(number or '').removeprefix('+')}")
        special = subscriber and self.env["ai.special.phone"].sudo().search(
            [("tenant_id", "=", self.id), ("phone", "=", subscriber)], limit=1
        )
        if not special:
            return None
        return InternalAccess(
            name=special.name,
            upcoming_promotions=special.upcoming_promotions,
            outside_hours=special.outside_hours,
        )
