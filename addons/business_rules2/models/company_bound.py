from odoo import models


class AiCompanyBound(models.AbstractModel):
    """A record that nobody may push into a company they have no access to.

    Odoo checks record rules before a write, on the old values. Without the second look a user
    of one tenant could give their record the company of another, whose agent would then say it.
    """

    _name = "ai.company.bound.mixin"
    _description = "Record Bound to the User's Companies"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("company_id"):
            self.check_access("write")
        return result
