from odoo import fields, models


class BusinessSupportDocumentPassage(models.TransientModel):
    """One passage of a preview."""

    _name = "business.support.document.passage"
    _description = "Passage of a Document"
    _order = "number"

    preview_id = fields.Many2one(
        "business.support.document.preview", required=True, ondelete="cascade"
    )
    number = fields.Integer(string="No.", readonly=True)
    text = fields.Text(readonly=True)
    characters = fields.Integer(readonly=True)
