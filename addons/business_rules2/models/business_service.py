from odoo import fields, models


class BusinessService(models.Model):
    """A service the tenant may switch on, to restrict rules to.

    The records are data: one for each value of ``agent_runtime.contracts.Service``.
    """

    _name = "business.service"
    _description = "Customer Service Offered by AI"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True, readonly=True, help="Value of the service in the runtime's vocabulary."
    )
    sequence = fields.Integer(default=10)

    _code_unique = models.Constraint("UNIQUE (code)", "There is already a service of this kind.")
