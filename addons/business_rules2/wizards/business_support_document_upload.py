from pathlib import PurePath

from odoo import Command, fields, models
from odoo.exceptions import UserError

from ..extract import limits, sandbox


class BusinessSupportDocumentUpload(models.TransientModel):
    """Several files at once, each becoming a draft of its own."""

    _name = "business.support.document.upload"
    _description = "Upload of Support Documents"

    attachment_ids = fields.Many2many("ir.attachment", string="Choose Files")
    document_type = fields.Selection(
        selection=lambda self: (
            self.env["business.support.document"]
            ._fields["document_type"]
            ._description_selection(self.env)
        ),
        string="Type",
        required=True,
        default="policy",
    )
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )

    def action_upload(self):
        """Make the drafts, have them read, and show them."""
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("Choose at least one file."))
        attachments = self.attachment_ids
        documents = self.env["business.support.document"].create(
            [self._document_values(attachment) for attachment in attachments]
        )
        # The documents have files of their own now.
        self.attachment_ids = [Command.clear()]
        attachments.filtered(lambda one: one.res_model == self._name and not one.res_id).unlink()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "business_rules2.business_support_document_action"
        )
        if len(documents) == 1:
            return {**action, "views": [(False, "form")], "res_id": documents.id}
        return {**action, "domain": [("id", "in", documents.ids)]}

    def _document_values(self, attachment):
        values = {
            "name": PurePath(attachment.name).stem or attachment.name,
            "document_type": self.document_type,
            "company_id": self.company_id.id,
            "source": "file",
        }
        if attachment.file_size > limits.FILE_BYTES:
            problem = sandbox.too_large(attachment.file_size)
            return {
                **values,
                **self.env["business.support.document"]._failed(problem, attachment.name),
            }
        return {**values, "file": attachment.datas, "file_name": attachment.name}
