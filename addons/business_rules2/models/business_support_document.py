from odoo import api, fields, models
from odoo.exceptions import ValidationError


class BusinessSupportDocument(models.Model):
    """A text that answers customers' questions: a policy, a list of questions, a guide.

    Only what somebody has approved reaches the index, and only while it is visible to the AI.
    """

    _name = "business.support.document"
    _description = "Support Document"
    _inherit = ["ai.company.bound.mixin", "mail.thread", "ai.index.mixin"]
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char(string="Title", required=True, tracking=True)
    document_type = fields.Selection(
        [
            ("policy", "Policy"),
            ("faq", "Questions and Answers"),
            ("guide", "Guide"),
            ("support", "Support"),
            ("other", "Other"),
        ],
        string="Type",
        required=True,
        default="policy",
    )
    content = fields.Text(
        required=True,
        help="The text answers are taken from. Separate subjects by an empty line.",
    )
    internal_note = fields.Text(help="For colleagues only. It never leaves Odoo.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    visible_in_ai = fields.Boolean(string="Visible to the AI", default=True, tracking=True)
    state = fields.Selection(
        [("draft", "Draft"), ("approved", "Approved")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    @api.constrains("content")
    def _check_content(self):
        for document in self:
            if not (document.content or "").strip():
                raise ValidationError(
                    self.env._(
                        "“%(title)s” has no text. Type or paste its content.", title=document.name
                    )
                )

    def action_approve(self):
        """Let answers use the documents; marks them for the index."""
        self.write({"state": "approved"})

    def action_reset_to_draft(self):
        """Take the documents back from answers; marks their points for removal."""
        self.write({"state": "draft"})

    # What the index mixin asks

    def _index_collection(self):
        return "support_documents"

    def _index_wanted(self):
        self.ensure_one()
        return self.active and self.visible_in_ai and self.state == "approved"

    def _index_title(self):
        self.ensure_one()
        return self.name

    def _index_text(self):
        self.ensure_one()
        return self.content.strip()

    def _index_relevant_fields(self):
        return {"name", "content", "active", "visible_in_ai", "state", "company_id"}
