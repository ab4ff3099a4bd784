from odoo import api, fields, models
from odoo.addons.company_services.tools import jobs
from odoo.exceptions import UserError

from ..extract import limits, sandbox


class BusinessSupportDocument(models.Model):
    """Where a document's text comes from, and what has become of reading it.

    Uploading only marks the document; a job reads (``business_support_document_extraction``).
    """

    _inherit = "business.support.document"

    source = fields.Selection(
        [("text", "Typed Text"), ("file", "File"), ("web", "Web Page")],
        required=True,
        default="text",
        help="Typed or pasted here, read from an uploaded file, or fetched from a public page.",
    )
    file = fields.Binary(
        attachment=True,
        copy=False,
        help="PDF, Word (DOCX), OpenDocument (ODT), Excel (XLSX), CSV, HTML, Markdown or plain "
        "text, up to 25 MB. A scanned PDF needs text recognition (OCR) first. Hidden sheets, rows "
        "and columns of a workbook are left out.",
    )
    file_name = fields.Char(copy=False)
    url = fields.Char(
        string="Address",
        help="Address of a page that everybody can open, beginning with https://. It is fetched "
        "when you ask for it, never by itself.",
    )
    extraction_state = fields.Selection(
        [
            ("none", "Not Read"),
            ("waiting", "Waiting to Be Read"),
            ("running", "Being Read"),
            ("done", "Read"),
            ("failed", "Could Not Be Read"),
        ],
        string="Reading",
        required=True,
        default="none",
        readonly=True,
        copy=False,
        index=True,
    )
    # Code and details instead of words, so that everybody reads them in their own language.
    extraction_failure = fields.Json(readonly=True, copy=False)
    extraction_error = fields.Text(
        string="Reading Problem",
        compute="_compute_extraction_error",
        help="What is wrong with the file or page, and what to do about it.",
    )
    extracted_at = fields.Datetime(string="Read On", readonly=True, copy=False)
    extracted_from = fields.Char(
        string="Read From",
        readonly=True,
        copy=False,
        help="The file, or the address the page was found at after redirections.",
    )
    extracted_hash = fields.Char(readonly=True, copy=False)

    @api.depends("extraction_failure")
    @api.depends_context("lang")
    def _compute_extraction_error(self):
        for document in self:
            failure = document.extraction_failure
            document.extraction_error = document._failure_in_words(failure) if failure else False

    def _needs_content(self):
        return self.source == "text" or self.state == "approved"

    @api.constrains("source")
    def _check_source(self):
        self._check_content()

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._without_too_large(vals) for vals in vals_list]
        documents = super().create(vals_list)
        uploaded = [bool(vals.get("file")) for vals in vals_list]
        documents.browse(
            document.id
            for document, file in zip(documents, uploaded, strict=True)
            if file and document.source == "file"
        )._request_extraction()
        return documents

    def write(self, vals):
        vals = self._without_too_large(vals)
        result = super().write(vals)
        if vals.get("file"):
            self.filtered(lambda document: document.source == "file")._request_extraction()
        elif not {"file", "url", "source"}.isdisjoint(vals) and "extraction_state" not in vals:
            # What was said of another source no longer holds; a job at work on it gives up.
            self.write({"extraction_state": "none", "extraction_failure": False})
        return result

    def copy_data(self, default=None):
        """A copy keeps the text; the file stays with the original."""
        copies = super().copy_data(default)
        for document, values in zip(self, copies, strict=True):
            if document.source == "file" and document.content:
                values["source"] = "text"
        return copies

    @api.model
    def _without_too_large(self, vals):
        """``vals`` without a file beyond the limit, but with the failure that says so.

        Decided by the length of the encoded value, before anything decodes or stores it.
        """
        size = len(vals.get("file") or b"") * 3 // 4
        if size <= limits.FILE_BYTES:
            return vals
        kept = {name: value for name, value in vals.items() if name not in ("file", "file_name")}
        return {**kept, **self._failed(sandbox.too_large(size), vals.get("file_name"))}

    @api.model
    def _failed(self, problem, source):
        """Values that note a :class:`~..extract.problem.Refused`; the text stays as it is."""
        failure = {"code": problem.code, "details": {**problem.details, "source": source or ""}}
        return {"extraction_state": "failed", "extraction_failure": failure}

    def action_extract(self):
        """Read the file again, or fetch the page."""
        self.check_access("write")
        for document in self:
            if document.source == "web" and not (document.url or "").strip():
                raise UserError(
                    self.env._("Enter the address of the page for “%s” first.", document.name)
                )
            if document.source == "file" and not document.file_name and not document.file:
                raise UserError(self.env._("Upload the file of “%s” first.", document.name))
        self.filtered(lambda document: document.source != "text")._request_extraction()

    def action_preview_passages(self):
        """Show the passages the agent would find the document by."""
        self.ensure_one()
        if not self._index_text():
            raise UserError(self.env._("“%s” has no text yet.", self.name))
        preview = self.env["business.support.document.preview"]._of(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Passages of “%s”", self.name),
            "res_model": preview._name,
            "res_id": preview.id,
            "views": [(False, "form")],
            "target": "new",
        }

    def _request_extraction(self):
        """Have a job read the sources of these documents."""
        if self:
            self.write({"extraction_state": "waiting", "extraction_failure": False})
        for document in self.sudo():
            document._enqueue_extraction()

    def _enqueue_extraction(self):
        key = self._extraction_key()
        document_id = self.id
        jobs.enqueue(
            self.env,
            key,
            lambda env: (
                env[self._name]
                .browse(document_id)
                .with_delay(
                    # Somebody waits for it: before the other work of its channel.
                    priority=5,
                    channel=jobs.CHANNEL_BULK,
                    identity_key=key,
                    description=env._("Read a support document"),
                )
                ._job_extract()
            ),
        )

    def _extraction_key(self):
        self.ensure_one()
        return f"document:extract:{self.id}"
