"""One difference between what is stored and what would be published."""

from odoo import fields, models


class AiConfigViewerLine(models.TransientModel):
    """A place in the document; empty means absent there."""

    _name = "ai.config.viewer.line"
    _description = "Difference of the Published Configuration"

    viewer_id = fields.Many2one("ai.config.viewer", required=True, ondelete="cascade")
    name = fields.Char(string="Field", readonly=True)
    stored = fields.Text(readonly=True)
    wanted = fields.Text(string="Would Be Published", readonly=True)
