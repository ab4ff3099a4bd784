from odoo.exceptions import UserError


class NotPossible(UserError):
    """What stands against doing a request, in words that the customer may read.

    Any other error of Odoo's may name records that are nobody's business outside the company.
    """
