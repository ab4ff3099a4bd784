"""Noticing that this database has been restored from a backup."""

import logging

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..stores.mongodb import version_of
from ..tools import lanes
from .ai_sync_report import FIRST_STEPS

_logger = logging.getLogger(__name__)
PARAMETER = "company_services.database_oid"


class AiTenant(models.Model):
    """After a restore Odoo remembers receipts for what the stores may no longer hold.

    PostgreSQL gives every database it creates a number of its own, and a dump does not carry it:
    another number than at the last look means restored or copied. A server that is wound back in
    place (point-in-time recovery) keeps the number, but MongoDB then holds a later version than
    this database has ever published. In both cases no receipt is believed until the stores have
    been compared.
    """

    _inherit = "ai.tenant"

    def _register_hook(self):
        """Look before the first screen of a restored database is shown."""
        super()._register_hook()
        try:
            with self.env.cr.savepoint():
                self._notice_restore()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            _logger.info("another worker has noticed that the database was restored")

    @api.model
    def _notice_restore(self):
        """Look at the number; called whenever the database is loaded and every few minutes."""
        self.env.cr.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        number = str(self.env.cr.fetchone()[0])
        parameters = self.env["ir.config_parameter"].sudo()
        known = parameters.get_param(PARAMETER)
        if known == number:
            return
        # Locked first: when another process has just written it, that is expected and no error
        # for the log.
        self.env.cr.execute(
            "SELECT id FROM ir_config_parameter WHERE key = %s FOR UPDATE",
            (PARAMETER,),
            log_exceptions=False,
        )
        parameters.set_param(PARAMETER, number)
        if known:
            tenants = self.sudo()
            tenants.search([("active", "=", True)])._doubt_stores()
            tenants.search([("active", "=", False)])._withdraw_again()

    def _notice_rewind(self, stored):
        """Compare the version; ``stored`` is what MongoDB held before this transaction began.

        Whatever was published before that has been noted here by now, or is "publishing".
        """
        if (
            isinstance(stored, dict)
            and stored.get("owner") == self._database_origin()
            and version_of(stored) > self.config_version
            and self.publish_state == "published"
            and not self.moving_to
        ):
            self._doubt_stores()

    def _publish_execute(self):
        known = self.config_version
        values = super()._publish_execute()
        # The store was ahead of us, or a publication was killed before its receipt: then looking
        # once too often does no harm.
        if values.get("config_version", 0) > known + 1 and not self._check_running():
            self._doubt_knowledge()
        return values

    def _check_running(self):
        reports = self.env["ai.sync.report"].sudo()
        return reports.search([("tenant_id", "in", self.ids), ("state", "=", "running")])

    def _doubt_stores(self):
        """Show nothing as synchronised any more, and have everything compared."""
        self._publish_mark()
        self._doubt_knowledge()

    def _withdraw_again(self):
        """Empty the stores of archived tenants, which may have been active after the backup."""
        self.with_context(tracking_disable=True).write(
            {"purge_pending": True, "publish_state": "to_publish"}
        )
        self._enqueue_purge()
        self._publish_enqueue()

    def _doubt_knowledge(self):
        bindings = (
            self.env["ai.knowledge.binding"]
            .sudo()
            .search([("tenant_id", "in", self.ids), ("state", "=", "indexed")])
        )
        bindings.write({"state": "to_index", "lane": lanes.BULK})
        for tenant, collection in {(b.tenant_id, b.collection) for b in bindings}:
            bindings._enqueue(tenant, collection, lanes.BULK)
        # A check that was half-way in the backup knows nothing of the stores of today.
        self._check_running().write(
            {"todo": FIRST_STEPS, "passes": 1, "started_at": fields.Datetime.now()}
        )
        self.env["ai.sync.report"]._start(self)
