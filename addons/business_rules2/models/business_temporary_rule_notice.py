import logging
from datetime import timedelta

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

SOON = timedelta(hours=24)
NEWS = timedelta(days=7)
"""An end longer ago than this is no news: nobody is told of it after an installation."""


class BusinessTemporaryRule(models.Model):
    """Notices to followers before and after the end, each once, and a tidy index.

    Nothing here decides whether a rule holds: the clock does, also when this is late.
    """

    _inherit = "business.temporary.rule"

    # The end itself, not a flag: a rule that is prolonged has an end not yet told.
    announced_end = fields.Datetime(
        readonly=True, copy=False, help="The coming end that followers have been told."
    )
    reported_end = fields.Datetime(
        readonly=True, copy=False, help="The past end that followers have been told."
    )

    @api.model
    def _cron_notices(self):
        """Tell followers of rules that end within a day or have ended, and tidy the index."""
        self._index_forget_ended()
        now = fields.Datetime.now()
        told = [("visible_in_ai", "=", True), ("date_end", "<=", now + SOON)]
        for rule in self.search([*told, ("state", "=", "running")]):
            if rule.announced_end != rule.date_end:
                rule._try_to_tell("_tell_ending")
        for rule in self.search([*told, ("state", "=", "ended"), ("date_end", ">", now - NEWS)]):
            if rule.reported_end != rule.date_end:
                rule._try_to_tell("_tell_ended")

    def _try_to_tell(self, notice):
        """Give a notice in the company's language; one that fails leaves the others alone.

        It is logged and tried again the next time.
        """
        lang = self.env["ai.tenant"]._for_company(self.company_id).lang
        try:
            with self.env.cr.savepoint():
                getattr(self.with_context(lang=lang or self.env.lang), notice)()
        except Exception:
            _logger.exception("followers of %s could not be told of its end", self)

    def _tell_ending(self):
        self._tell(
            self.env._(
                "“%(rule)s” ends within 24 hours: %(validity)s. To keep it, set a later end.",
                rule=self.name,
                validity=self.validity,
            )
        )
        self.announced_end = self.date_end

    def _tell_ended(self):
        self._tell(
            self.env._(
                "“%(rule)s” has ended: %(validity)s. No answer offers it any more.",
                rule=self.name,
                validity=self.validity,
            )
        )
        self.reported_end = self.date_end

    def _tell(self, body):
        self.message_post(body=body, subtype_xmlid="mail.mt_comment")

    @api.model
    def _index_forget_ended(self):
        """Mark the ended rules that the knowledge store may still hold, for removal."""
        held = self.env["ai.knowledge.binding"].sudo()
        held = held.search([("model", "=", self._name), ("state", "!=", "to_delete")])
        rules = self.browse(held.mapped("res_id")).exists()
        rules.filtered(lambda rule: rule.state == "ended")._index_mark()
