from odoo import fields, models


class BusinessChannel(models.Model):
    """A kind of channel customers write on, to restrict rules to.

    The records are data: one for each value of ``agent_runtime.contracts.Channel``, so that a
    rule can never name a channel that no message arrives on.
    """

    _name = "business.channel"
    _description = "Customer Channel"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, readonly=True, help="Value of the channel in the runtime's vocabulary."
    )
    sequence = fields.Integer(default=10)

    _code_unique = models.Constraint("UNIQUE (code)", "There is already a channel of this kind.")
