"""What should be and what is in the knowledge store for one record."""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..tools import jobs

STATES = [
    ("to_index", "Waiting"),
    ("indexing", "Synchronising"),
    ("indexed", "Synchronised"),
    ("to_delete", "Being Removed"),
    ("error", "Error"),
]


class AiKnowledgeBinding(models.Model):
    """One record of one tenant in one collection.

    Only marks are written by users' actions; jobs do the work. A binding outlives its record:
    it is the tombstone until the store confirms that nothing is left.
    """

    _name = "ai.knowledge.binding"
    _description = "Knowledge Synchronisation"
    _order = "write_date desc, id desc"
    _rec_name = "title"

    tenant_id = fields.Many2one("ai.tenant", required=True, readonly=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="model", string="Record", required=True, readonly=True
    )
    kind = fields.Char(compute="_compute_kind")
    title = fields.Char(readonly=True)
    collection = fields.Char(required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="to_index", index=True)
    content_hash = fields.Char(readonly=True, help="Content that was read back from the store.")
    points = fields.Integer(
        string="Passages", readonly=True, help="Passages that were read back from the store."
    )
    version = fields.Integer(readonly=True, help="How many times the content has been indexed.")
    synced_at = fields.Datetime(
        string="Confirmed On", readonly=True, help="When the store's content was last read back."
    )
    error = fields.Text(string="Problem", readonly=True)

    _record_unique = models.Constraint(
        "UNIQUE(tenant_id, collection, model, res_id)",
        "A record can be in a tenant's collection only once.",
    )
    _record_index = models.Index("(model, res_id)")

    @api.depends("model")
    def _compute_kind(self):
        """Name of the record's model as users know it."""
        for binding in self:
            model = self.env["ir.model"].sudo()._get(binding.model)
            binding.kind = model.name or binding.model

    # --- marks: called from model hooks, cheap, no network ---

    @api.model
    def _mark(self, model: str, ids, wanted: list[tuple]):
        """Make the bindings of these records say what is wanted.

        ``wanted`` holds ``(tenant, record id, collection, title)`` for each place a record
        belongs to; every other binding of the records becomes a tombstone.
        """
        keep = {(tenant.id, collection, res_id) for tenant, res_id, collection, _title in wanted}
        existing = self.sudo().search([("model", "=", model), ("res_id", "in", list(ids))])
        leaving = existing.filtered(lambda b: (b.tenant_id.id, b.collection, b.res_id) not in keep)
        leaving._mark_deleted()
        if wanted:
            self._upsert_marks(model, wanted)
        for tenant, collection in {(tenant, collection) for tenant, _id, collection, _t in wanted}:
            self._enqueue(tenant.id, collection)

    def _mark_deleted(self):
        """Turn these bindings into tombstones."""
        self.sudo().filtered(lambda b: b.state != "to_delete").write(
            {"state": "to_delete", "error": False}
        )
        for tenant_id, collection in {(b.tenant_id.id, b.collection) for b in self}:
            self._enqueue(tenant_id, collection)

    @api.model
    def _upsert_marks(self, model: str, wanted: list[tuple]):
        # One statement, because two users may mark the same record at once and neither may
        # see a uniqueness error.
        self.env.flush_all()
        uid = self.env.uid
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, %s, %s, %s, %s, 'to_index', 0, 0, %s, %s, "
                "now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')",
                tenant.id,
                tenant.company_id.id,
                model,
                res_id,
                collection,
                title,
                uid,
                uid,
            )
            for tenant, res_id, collection, title in wanted
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ai_knowledge_binding
                    (tenant_id, company_id, model, res_id, collection, title, state,
                     points, version, create_uid, write_uid, create_date, write_date)
                VALUES %s
                ON CONFLICT (tenant_id, collection, model, res_id) DO UPDATE
                SET state = 'to_index', error = NULL, title = EXCLUDED.title,
                    write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
                """,
                rows,
            )
        )
        self.env.invalidate_all(flush=False)

    @api.model
    def _enqueue(self, tenant_id: int, collection: str):
        key = f"knowledge:{tenant_id}:{collection}"
        jobs.enqueue(
            self.sudo().env,
            key,
            lambda env: (
                env[self._name]
                .with_delay(
                    channel=jobs.CHANNEL,
                    max_retries=0,
                    identity_key=key,
                    description=env._("Synchronise knowledge: %s", collection),
                )
                ._job_sync(tenant_id, collection)
            ),
        )

    @api.model
    def _forget_models(self, models_: list[str]):
        """Remove everything of these models from the stores; for uninstall hooks."""
        self.sudo().search([("model", "in", models_)])._mark_deleted()

    def action_open_record(self):
        """Open the record this binding stands for."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_sync_now(self):
        """Have these bindings compared with their records and with the store."""
        self.check_access("read")
        if not self.env.user.has_group("company_services.group_ai_editor"):
            raise AccessError(self.env._("Only knowledge editors may request a synchronisation."))
        self._mark_again()

    def _mark_again(self):
        """Mark the records of these bindings anew, and as gone those that no longer exist."""
        for model, bindings in self.sudo().grouped("model").items():
            ids = set(bindings.mapped("res_id"))
            if model in self.env:
                records = self.env[model].sudo().browse(ids).exists()
                records._index_mark()
                ids -= set(records.ids)
            bindings.filtered(lambda b, gone=ids: b.res_id in gone)._mark_deleted()
