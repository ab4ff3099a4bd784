from odoo import models


class AccountBoundMixin(models.AbstractModel):
    """What belongs to one account through ``chatwoot_account_id``, and to nobody else's."""

    _name = "chatwoot.account.bound.mixin"
    _description = "Part of one Chatwoot account"

    def write(self, vals):
        result = super().write(vals)
        if "chatwoot_account_id" in vals:
            # Odoo looks at the account it had before: nobody may push theirs into another's.
            self.check_access("write")
        return result
