import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.company_services.tools import jobs
from odoo.addons.company_services.tools.content import content_hash
from odoo.addons.queue_job.exception import RetryableJobError

from ..extract import sandbox
from ..extract.problem import Refused

_logger = logging.getLogger(__name__)

_LOST_AFTER = timedelta(minutes=10)
_BUSY_SECONDS = 15


class BusinessSupportDocument(models.Model):
    """The job that reads a document's file or page.

    What it may find is kept apart from what is approved: a text that has changed makes the
    document a draft again, and a source that cannot be read leaves the former text as it is.
    """

    _inherit = "business.support.document"

    def _job_extract(self):
        """Read the source of one document and keep the text, or why there is none."""
        self.ensure_one()
        with jobs.exclusive(self.env, self._extraction_key()) as alone:
            if not alone:
                raise RetryableJobError(
                    "The document is being read already.", seconds=_BUSY_SECONDS, ignore_retry=True
                )
            if not self._extraction_wanted("waiting", "running"):
                return
            self.extraction_state = "running"
            source, read = self._extraction_order()
            jobs.commit(self.env)
            try:
                extraction = read()
            except Refused as problem:
                self._log_problem(problem)
                values = self._failed(problem, source)
            else:
                values = None
            # Meanwhile somebody may have deleted it or given it another file.
            if not self._extraction_wanted("running"):
                return
            if values:
                self.write(values)
            else:
                self._keep_extraction(extraction, source)
            self._tell_reader()

    def _log_problem(self, problem):
        if problem.code == "internal":
            _logger.error("Document %s could not be read: %s", self.id, problem.details)
        else:
            _logger.info("Document %s could not be read: %s", self.id, problem.code)

    def _extraction_wanted(self, *states):
        return bool(self.exists()) and self.extraction_state in states

    def _extraction_order(self):
        """Name of the source, and what reads it without touching the database."""
        if self.source == "web":
            address = (self.url or "").strip()
            return address, lambda: sandbox.read_page(address)
        attachment = self._file_attachment()
        name, data = self.file_name or "", attachment.raw or b""
        return name, lambda: sandbox.read_file(data, name)

    def _file_attachment(self):
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_field", "=", "file"),
                    ("res_id", "=", self.id),
                ],
                limit=1,
            )
        )

    def _keep_extraction(self, extraction, source):
        """Keep what was read; corrections made by hand stay while the source is the same."""
        digest = content_hash(extraction.text)
        former = self.content
        changed = digest != self.extracted_hash or not former
        was_approved = self.state == "approved"
        by_hand = former and content_hash(former) not in (self.extracted_hash, digest)
        values = {
            "extraction_state": "done",
            "extraction_failure": False,
            "extracted_at": fields.Datetime.now(),
            "extracted_from": extraction.address or source,
            "extracted_hash": digest,
        }
        if changed:
            values |= {"content": extraction.text, "state": "draft"}
        self.write(values)
        company = self.env["ai.tenant"].sudo()._active_by_company().get(self.company_id.id)
        language = self.env["ai.tenant"].sudo().browse(company or []).lang
        noted = self.with_context(lang=language or self.env.lang)
        if changed and by_hand:
            noted._note_replaced_text(former)
        elif changed and was_approved:
            noted._note_new_text()
        if extraction.empty_pages:
            noted._note_empty_pages(extraction.empty_pages)

    def _note_new_text(self):
        self.message_post(
            body=self.env._(
                "The text has been read anew from %s and has changed. The document is a draft "
                "again: review the text and approve it.",
                self.extracted_from,
            )
        )

    def _note_replaced_text(self, former):
        """Keep what somebody has typed or corrected; it exists nowhere else."""
        self.message_post(
            body=self.env._(
                "The text read from %s has replaced one that was written or corrected by hand; "
                "the former text is attached. Review the new text and approve it.",
                self.extracted_from,
            ),
            attachments=[(self.env._("Former text.txt"), former.encode())],
        )

    def _note_empty_pages(self, pages):
        self.message_post(
            body=self.env._(
                "No text was found on these pages, perhaps because they are pictures: %s. What "
                "they say is missing below.",
                ", ".join(map(str, pages)),
            )
        )

    def _tell_reader(self):
        """Tell who asked, in their language, wherever in Odoo they are by now."""
        user = self.env.user
        document = self.with_context(lang=user.lang)
        failed = document.extraction_state == "failed"
        user._bus_send(
            "simple_notification",
            {
                "type": "danger" if failed else "success",
                "title": document.name,
                "message": document.extraction_error
                if failed
                else document.env._("The text has been read. Review and approve it."),
            },
        )

    @api.model
    def _cron_extract(self):
        """Take up documents whose job was lost."""
        lost = self.sudo().search(
            [
                ("extraction_state", "in", ("waiting", "running")),
                ("write_date", "<", fields.Datetime.now() - _LOST_AFTER),
            ]
        )
        for document in lost:
            document._enqueue_extraction()
