from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..extract import limits


class BusinessSupportDocument(models.Model):
    """A text that answers customers' questions: a policy, a list of questions, a guide.

    Only what somebody has approved reaches the index, and only while it is visible to the AI.
    Where the text comes from is ``business_support_document_source``'s concern.
    """

    _name = "business.support.document"
    _description = "Support Document"
    _inherit = ["ai.company.bound.mixin", "mail.thread", "ai.index.mixin", "business.blank.mixin"]
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
        help="The text answers are taken from. Separate subjects by an empty line.",
    )
    characters = fields.Integer(compute="_compute_characters", store=True)
    language = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        compute="_compute_language",
        store=True,
        readonly=False,
        precompute=True,
        help="Language the text is written in. Customers are answered in their own all the same.",
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
        help="Only approved documents are used in answers.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )

    @api.depends("content")
    def _compute_characters(self):
        for document in self:
            document.characters = len((document.content or "").strip())

    @api.depends("company_id")
    def _compute_language(self):
        tenants = self.env["ai.tenant"].sudo().search([("company_id", "in", self.company_id.ids)])
        languages = {tenant.company_id: tenant.lang for tenant in tenants}
        for document in self:
            if not document.language:
                document.language = languages.get(document.company_id) or self.env.lang or "en_US"

    def _needs_content(self):
        """Whether the document makes no sense without a text."""
        self.ensure_one()
        return True

    @api.constrains("content", "state")
    def _check_content(self):
        for document in self:
            size = len((document.content or "").strip())
            if not size and document._needs_content():
                raise ValidationError(
                    self.env._(
                        "“%(title)s” has no text. Type or paste its content.", title=document.name
                    )
                )
            if 0 < size < limits.MIN_CHARACTERS:
                raise ValidationError(
                    self.env._(
                        "“%(title)s” has too little text to answer from (characters: %(size)s). "
                        "Write at least a sentence.",
                        title=document.name,
                        size=size,
                    )
                )
            if size > limits.MAX_CHARACTERS:
                raise ValidationError(
                    self.env._(
                        "The text of “%(title)s” has %(size)s characters; a document may have "
                        "%(limit)s. Split it into several documents, one for each subject.",
                        title=document.name,
                        size=document._number(size),
                        limit=document._number(limits.MAX_CHARACTERS),
                    )
                )

    def action_approve(self):
        """Let answers use the documents; marks them for the index."""
        self.write({"state": "approved"})

    def action_reset_to_draft(self):
        """Take the documents back from answers; marks their points for removal."""
        self.write({"state": "draft"})

    def _blank_fields(self):
        return {"content"}

    def _said_fields(self):
        return {"state"}

    def _may_be_said(self):
        self.ensure_one()
        return self.state == "approved"

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
        return (self.content or "").strip()

    def _index_type(self):
        self.ensure_one()
        return self.document_type

    def _index_language(self):
        self.ensure_one()
        return self.language or super()._index_language()

    def _index_relevant_fields(self):
        return {
            "name",
            "content",
            "document_type",
            "language",
            "active",
            "visible_in_ai",
            "state",
            "company_id",
        }
