"""Marks: what model hooks say about records, cheap and without network; jobs do the work."""

from odoo import api, models
from odoo.tools import SQL

from ..tools import jobs, lanes


class AiKnowledgeBinding(models.Model):
    """Marks, and the one job per tenant, collection and lane that a mark asks for."""

    _inherit = "ai.knowledge.binding"

    @api.model
    def _mark(self, model: str, ids, wanted: list[tuple]):
        """Make the bindings of these records say what is wanted.

        ``wanted`` holds ``(tenant, record id, collection, title)`` for each place a record
        belongs to; every other binding of the records becomes a tombstone. An edit of one record
        goes to the live lane and lifts it out of the bulk lane.
        """
        keep = {(tenant.id, collection, res_id) for tenant, res_id, collection, _title in wanted}
        existing = self.sudo().search([("model", "=", model), ("res_id", "in", list(ids))])
        leaving = existing.filtered(lambda b: (b.tenant_id.id, b.collection, b.res_id) not in keep)
        leaving._mark_deleted()
        if not wanted:
            return
        lane = self._lane_for(len(wanted))
        self._upsert_marks(model, wanted, lane)
        for tenant, collection in {(tenant, collection) for tenant, _id, collection, _t in wanted}:
            self._enqueue(tenant, collection, lane)

    def _mark_deleted(self):
        """Turn these bindings into tombstones."""
        bindings = self.sudo()
        lane = self._lane_for(len(self))
        bindings.filtered(lambda b: b.state != "to_delete").write(
            {"state": "to_delete", "error": False, "lane": lane}
        )
        for tenant, collection, lane in {(b.tenant_id, b.collection, b.lane) for b in bindings}:
            self._enqueue(tenant, collection, lane)

    @api.model
    def _lane_for(self, count: int) -> str:
        if count > lanes.BULK_FROM:
            return lanes.BULK
        asked = self.env.context.get(lanes.CONTEXT_KEY)
        return asked if asked in lanes.LANES else lanes.LIVE

    @api.model
    def _upsert_marks(self, model: str, wanted: list[tuple], lane: str):
        # One statement, because two users may mark the same record at once and neither may
        # see a uniqueness error.
        self.env.flush_all()
        uid = self.env.uid
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, %s, %s, %s, %s, %s, 'to_index', 0, 0, %s, %s, "
                "now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')",
                tenant.id,
                tenant.company_id.id,
                model,
                res_id,
                collection,
                title,
                lane,
                uid,
                uid,
            )
            for tenant, res_id, collection, title in wanted
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ai_knowledge_binding AS known
                    (tenant_id, company_id, model, res_id, collection, title, lane, state,
                     points, version, create_uid, write_uid, create_date, write_date)
                VALUES %s
                ON CONFLICT (tenant_id, collection, model, res_id) DO UPDATE
                SET state = 'to_index', error = NULL, title = EXCLUDED.title,
                    -- What already waits in the live lane is not put back.
                    lane = CASE WHEN known.lane = 'live' AND known.state = 'to_index'
                           THEN 'live' ELSE EXCLUDED.lane END,
                    write_uid = EXCLUDED.write_uid, write_date = EXCLUDED.write_date
                """,
                rows,
            )
        )
        self.env.invalidate_all(flush=False)

    @api.model
    def _add_tombstones(self, tenant, collection: str, model: str, ids):
        """Have the store forget records that no binding stands for."""
        self.env.flush_all()
        rows = SQL(", ").join(
            SQL(
                "(%s, %s, %s, %s, %s, %s, 'bulk', 'to_delete', 0, 0, "
                "now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC')",
                tenant.id,
                tenant.company_id.id,
                model,
                res_id,
                collection,
                f"{model},{res_id}",
            )
            for res_id in ids
        )
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO ai_knowledge_binding
                    (tenant_id, company_id, model, res_id, collection, title, lane, state,
                     points, version, create_date, write_date)
                VALUES %s
                ON CONFLICT (tenant_id, collection, model, res_id) DO NOTHING
                """,
                rows,
            )
        )
        self.env.invalidate_all(flush=False)
        self._enqueue(tenant, collection, lanes.BULK)

    @api.model
    def _enqueue(self, tenant, collection: str, lane: str):
        """Have a job see to the tenant's marks of this collection and lane."""
        if not tenant.active:
            tenant._enqueue_purge()
            return
        key = f"knowledge:{tenant.id}:{collection}:{lane}"
        jobs.enqueue(
            self.sudo().env,
            key,
            lambda env: (
                env[self._name]
                .with_delay(
                    channel=jobs.CHANNEL if lane == lanes.LIVE else jobs.CHANNEL_BULK,
                    max_retries=0,
                    identity_key=key,
                    description=env._("Synchronise knowledge: %s", collection),
                )
                ._job_sync(tenant.id, collection, lane)
            ),
        )

    @api.model
    def _forget_models(self, models_: list[str]):
        """Remove everything of these models from the stores; for uninstall hooks."""
        self.sudo().search([("model", "in", models_)])._mark_deleted()

    def _mark_again(self):
        """Mark the records of these bindings anew, and as gone those that no longer exist."""
        for model, bindings in self.sudo().grouped("model").items():
            ids = set(bindings.mapped("res_id"))
            if model in self.env:
                records = self.env[model].sudo().browse(ids).exists()
                records._index_mark()
                ids -= set(records.ids)
            bindings.filtered(lambda b, gone=ids: b.res_id in gone)._mark_deleted()
