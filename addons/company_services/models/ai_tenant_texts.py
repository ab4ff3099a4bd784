"""How long the company's own words may be."""

from odoo import api, models
from odoo.exceptions import ValidationError

SAID_CHARACTERS = 1_000
"""Of what is sent to a customer in one message."""
TOLD_CHARACTERS = 5_000
"""Of what each turn's instructions carry."""
_LIMITS = {
    "greeting": SAID_CHARACTERS,
    "farewell": SAID_CHARACTERS,
    "sign_off": SAID_CHARACTERS,
    "closed_message": SAID_CHARACTERS,
    "rating_message": SAID_CHARACTERS,
    "rating_reason_message": SAID_CHARACTERS,
    "rating_suggestions_message": SAID_CHARACTERS,
    "business_area": SAID_CHARACTERS,
    "description": TOLD_CHARACTERS,
}


class AiTenant(models.Model):
    """Bounds of the tenant's texts."""

    _inherit = "ai.tenant"

    @api.constrains(*_LIMITS)
    def _check_text_lengths(self):
        for tenant in self:
            for name, limit in _LIMITS.items():
                length = len(tenant[name] or "")
                if length > limit:
                    raise ValidationError(
                        self.env._(
                            "“%(field)s” has %(length)s characters; at most %(limit)s can be "
                            "used. Shorten it. What customers may look up belongs into the "
                            "knowledge.",
                            field=tenant._fields[name]._description_string(self.env),
                            length=length,
                            limit=limit,
                        )
                    )
