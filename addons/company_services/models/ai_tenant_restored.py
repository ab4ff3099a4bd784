"""Noticing that this database has been restored from a backup."""

from odoo import api, models

from ..tools import lanes

PARAMETER = "company_services.database_oid"


class AiTenant(models.Model):
    """After a restore Odoo remembers receipts for what the stores may no longer hold.

    PostgreSQL gives every database it creates a number of its own, and a dump does not carry it:
    another number than at the last look means restored or copied. Then no receipt is believed
    until the stores have been compared. A server that is wound back in place (point-in-time
    recovery) keeps the number; there the nightly comparison is the first to notice.
    """

    _inherit = "ai.tenant"

    @api.model
    def _notice_restore(self):
        """Look at the number; called by the job that checks the stores every few minutes."""
        self.env.cr.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        number = str(self.env.cr.fetchone()[0])
        parameters = self.env["ir.config_parameter"].sudo()
        known = parameters.get_param(PARAMETER)
        if known == number:
            return
        parameters.set_param(PARAMETER, number)
        if known:
            self.sudo().search([("active", "=", True)])._doubt_stores()

    def _doubt_stores(self):
        """Show nothing as synchronised any more, and have everything compared."""
        self._publish_mark()
        bindings = (
            self.env["ai.knowledge.binding"]
            .sudo()
            .search([("tenant_id", "in", self.ids), ("state", "=", "indexed")])
        )
        bindings.write({"state": "to_index", "lane": lanes.BULK})
        for tenant, collection in {(b.tenant_id, b.collection) for b in bindings}:
            bindings._enqueue(tenant, collection, lanes.BULK)
        self.env["ai.sync.report"]._start(self)
