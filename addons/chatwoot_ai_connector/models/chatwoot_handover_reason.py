from odoo import fields, models


class ChatwootHandoverReason(models.Model):
    """A reason for asking a person, to restrict rules to.

    The records are data: one for each value of ``chatwoot.turn.handover_reason``.
    """

    _name = "chatwoot.handover.reason"
    _description = "Hand-over reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True, help="The reason as turns name it.")
    sequence = fields.Integer(default=10)

    _code_uniq = models.Constraint("UNIQUE(code)", "This reason is in the list already.")
