"""The job behind a check of the store: small steps, each its own transaction."""

from datetime import timedelta

from odoo import fields, models
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.tools import SQL, split_every

from agent_runtime.client import RuntimeClientError
from agent_runtime.contracts import AccountKnowledge

from ..tools import jobs, lanes, runtime
from ..tools.inventory import Known, differences, read_inventory
from .ai_sync_report import FIRST_STEPS

MAX_PASSES = 4
BATCH_RECORDS = 250
WAITING_SECONDS = 10
"""How long to wait before asking again whether the jobs have done what was waiting."""
WAITING_LIMIT = timedelta(hours=2)
"""How long after its start a check waits for the jobs; what waits then is said in the report."""


class AiSyncReport(models.Model):
    """Pass after pass until one finds no difference.

    Each pass begins when nothing waits for the jobs any more, neither older marks nor the repairs
    of the pass before: what waits is not compared, and silence about it would look like agreement.
    It compares each collection of the store with the bindings, points with and without one;
    the first also compares every record's present text. Differences only become marks: the
    ordinary jobs repair them and the store's receipts confirm it.
    """

    _inherit = "ai.sync.report"

    def _job_reconcile(self):
        """One step; enqueues itself while there is more. Registered with ``allow_commit``."""
        report = self.sudo().exists()
        if not report or report.state != "running":
            return
        tenant = report.tenant_id._speaking().with_context(**{lanes.CONTEXT_KEY: lanes.BULK})
        report = report.with_env(tenant.env)
        if not tenant.active:
            report._finish("failed", report.env._("The company's entry has been archived."))
            return
        with jobs.exclusive(
            self.env, f"reconcile:{tenant.id}", within=tenant._knowledge_lock()
        ) as alone:
            if not alone or tenant.moving_to:
                raise RetryableJobError("The knowledge is at work", seconds=10, ignore_retry=True)
            try:
                report._step()
            except (RuntimeClientError, runtime.RuntimeNotConfigured) as error:
                report.error = report.env._("Tried again by itself: %s", error)
                jobs.commit(self.env)
                raise RetryableJobError(str(error)) from error
        if report.state == "running":
            report._enqueue()

    def _step(self):
        if not self.todo:
            self._end_pass()
            return
        (kind, *arguments), *rest = self.todo
        further = getattr(self, f"_step_{kind}")(*arguments)
        self.write({"todo": [*further, *rest], "error": False})

    # --- steps: each returns the steps that follow from it ---

    def _step_collections(self):
        tenant = self.tenant_id
        self._await_jobs()
        known = self._bindings([])._read_group([("tenant_id", "=", tenant.id)], ["collection"])
        request = AccountKnowledge(account_id=tenant.account_id, origin=tenant._database_origin())
        jobs.commit(self.env)
        held = runtime.client().collections(request)
        self.write({"foreign": sum(state.foreign for state in held.collections), "points_seen": 0})
        if not self.foreign and tenant.knowledge_foreign:
            tenant._forget_foreign_knowledge()
            return FIRST_STEPS  # what could not be sent is sent now
        collections = {state.collection for state in held.collections if state.points}
        collections |= {collection for (collection,) in known}
        steps = [["collection", name] for name in sorted(collections)]
        if self.passes == 1:
            steps += [["records", name, 0] for name in sorted(tenant._index_model_names())]
        return steps

    def _step_collection(self, collection):
        tenant = self.tenant_id
        account_id, origin = tenant.account_id, tenant._database_origin()
        read_at = fields.Datetime.now()
        jobs.commit(self.env)
        stored = read_inventory(runtime.client(), account_id, collection, origin)
        known = self._known(collection)
        found = differences(stored, known, read_at)
        self.points_seen += sum(item.points for item in stored.values())
        stale = found.stale + self._without_record(known)
        if self.passes == 1:
            stale += [binding.binding_id for binding in known if binding.state == "error"]
        for ids in split_every(BATCH_RECORDS, stale):
            self._repair(self._bindings(ids).exists())
            jobs.commit(self.env)
        for keys in split_every(BATCH_RECORDS, found.orphans):
            self._repair_orphans(collection, keys)
            jobs.commit(self.env)
        return []

    def _step_records(self, model, after):
        """Records whose binding is missing or whose present text is another one."""
        if model not in self.env:
            return []
        records = (
            self.env[model]
            .with_context(active_test=False)
            .search([("id", ">", after)], order="id", limit=BATCH_RECORDS)
        )
        tenant = self.tenant_id
        wanted = records.filtered(lambda r: r._index_shared() and tenant in r._index_tenants())
        self.records_seen += len(wanted)
        bound = wanted._index_bindings().filtered(lambda b: b.tenant_id == tenant)
        alive = bound.filtered(lambda b: b.state != "to_delete")
        known = set(alive.mapped("res_id"))
        unbound = wanted.filtered(lambda r: r.id not in known and r._index_has_content(tenant))
        unbound._index_mark()
        self._count(unbound._index_bindings().filtered(lambda b: b.tenant_id == tenant))
        settled = bound.filtered(lambda b: b.state == "indexed")
        by_id = {record.id: record for record in wanted}
        self._repair(settled.filtered(lambda b: not b._is_current(by_id[b.res_id])))
        left = records - wanted
        shared_no_more = left._index_bindings().filtered(
            lambda b: b.tenant_id == tenant and b.state not in ("to_delete", "to_index", "indexing")
        )
        self._repair(shared_no_more)
        return [["records", model, records[-1].id]] if len(records) == BATCH_RECORDS else []

    def _await_jobs(self):
        """Ask for another try while marks wait that the jobs are about to carry out."""
        waiting = self._waiting_count()
        if waiting and self.tenant_id._knowledge_flows() and not self._waited_enough():
            self.error = self.env._("Waits for %s records to be synchronised first.", waiting)
            jobs.commit(self.env)
            raise RetryableJobError(
                "Records are waiting", seconds=WAITING_SECONDS, ignore_retry=True
            )

    def _waiting_count(self) -> int:
        unfinished = ("to_index", "to_delete", "indexing")
        return self._bindings([]).search_count(
            [("tenant_id", "=", self.tenant_id.id), ("state", "in", unfinished)]
        )

    def _waited_enough(self) -> bool:
        return fields.Datetime.now() > self.started_at + WAITING_LIMIT

    # --- comparing ---

    def _bindings(self, ids):
        return self.env["ai.knowledge.binding"].browse(ids)

    def _known(self, collection) -> list[Known]:
        # Plain rows: fifty thousand records in the cache would be a hundred megabytes.
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, model, res_id, state, content_hash, points, synced_at "
                "FROM ai_knowledge_binding WHERE tenant_id = %s AND collection = %s",
                self.tenant_id.id,
                collection,
            )
        )
        return [Known(row[0], (row[1], row[2]), *row[3:]) for row in rows]

    def _without_record(self, known) -> list[int]:
        """Bindings whose record was deleted behind the ORM's back, or whose addon is gone."""
        by_model: dict[str, dict[int, int]] = {}
        for binding in known:
            if binding.state != "to_delete":
                model, res_id = binding.key
                by_model.setdefault(model, {})[res_id] = binding.binding_id
        lost = []
        for model, ids in by_model.items():
            if model in self.env:
                for batch in split_every(BATCH_RECORDS, list(ids)):
                    for res_id in self.env[model].browse(batch).exists().ids:
                        del ids[res_id]
            lost += ids.values()
        return lost

    # --- repairing ---

    def _repair(self, bindings):
        if bindings:
            bindings._mark_again()
            self._count(bindings)

    def _repair_orphans(self, collection, keys):
        """Stored, but without a binding: known again if Odoo shares it, otherwise removed."""
        tenant = self.tenant_id
        bindings = self.env["ai.knowledge.binding"]
        for model in {model for model, _id in keys}:
            ids = [res_id for name, res_id in keys if name == model]
            if model in self.env:
                self.env[model].browse(ids).exists()._index_mark()
            bindings._add_tombstones(tenant, collection, model, ids)
            self._count(
                bindings.search(
                    [
                        ("tenant_id", "=", tenant.id),
                        ("collection", "=", collection),
                        ("model", "=", model),
                        ("res_id", "in", ids),
                    ]
                )
            )

    def _count(self, bindings):
        bindings.report_id = self
        removed = len(bindings.filtered(lambda b: b.state == "to_delete"))
        self.write(
            {
                "removed": self.removed + removed,
                "differences": self.differences + len(bindings),
            }
        )

    # --- the end of a pass ---

    def _end_pass(self):
        tenant = self.tenant_id
        self.resent = self._bindings([]).search_count(
            [("report_id", "=", self.id), ("state", "!=", "to_delete")]
        )
        if self.foreign or tenant.knowledge_foreign:
            tenant._note_foreign_knowledge()
            self._finish("failed", tenant._foreign_knowledge_message())
            return
        if self.differences and self.passes < MAX_PASSES:
            self.write({"passes": self.passes + 1, "differences": 0, "todo": FIRST_STEPS})
            return
        problems = self._bindings([]).search_count(
            [("tenant_id", "=", tenant.id), ("state", "=", "error")]
        )
        if problems:
            self._finish(
                "failed",
                self.env._(
                    "%s records could not be synchronised. Open Known Records with the filter "
                    "Problems: each says what is wrong and what to do.",
                    problems,
                ),
            )
        elif self._waited_enough() and (waiting := self._waiting_count()):
            self._finish(
                "failed",
                self.env._(
                    "%s records are still waiting to be synchronised. Open Known Records with "
                    "the filter Not Yet Synchronised; check again when it is empty.",
                    waiting,
                ),
            )
        elif self.differences:
            self._finish(
                "failed",
                self.env._(
                    "The store differs again each time it has been repaired. Make sure that no "
                    "other program writes to it, then check again."
                ),
            )
        else:
            self._finish("repaired" if self.passes > 1 or self.resent else "agreed")

    def _finish(self, state, error=False):
        self.write(
            {"state": state, "ended_at": fields.Datetime.now(), "error": error, "todo": False}
        )
