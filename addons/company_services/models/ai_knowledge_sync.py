"""The jobs that bring the knowledge store up to date with the bindings."""

from odoo import api, models
from odoo.addons.queue_job.exception import RetryableJobError

from agent_runtime.client import RuntimeClientError, RuntimeRefused
from agent_runtime.contracts import KnowledgeDelete, RecordKey

from ..tools import jobs, lanes, runtime
from ..tools.receipts import by_record

BATCH_DELETIONS = 100


class AiKnowledgeBinding(models.Model):
    """Synchronisation: deletions first, then additions, each confirmed by the store's receipt.

    A job claims what it sends or removes. The other lane leaves claimed bindings alone, so two
    requests about one record are never under way at once and the last one is the newest.
    """

    _inherit = "ai.knowledge.binding"

    @api.model
    def _job_sync(self, tenant_id: int, collection: str, lane: str = lanes.LIVE):
        """One batch of one collection and lane; enqueues itself while there is more.

        Registered with ``allow_commit``: no transaction is open during calls to the runtime.
        """
        tenant = self.env["ai.tenant"].sudo().browse(tenant_id).exists()._speaking()
        if not tenant:
            return
        name = f"knowledge:{tenant_id}:{collection}:{lane}"
        with jobs.exclusive(self.env, name, within=tenant._knowledge_lock()) as alone:
            if not alone:
                raise RetryableJobError(
                    "This collection is being synchronised", seconds=3, ignore_retry=True
                )
            if not tenant._knowledge_flows():
                return  # what holds it up enqueues again when it ends
            bindings = self.with_env(tenant.env).with_context(active_test=False)
            bindings._release_claims(tenant, collection, lane)
            kept = bindings.browse()
            try:
                kept = bindings._sync_deletions(tenant, collection, lane)
                bindings._sync_additions(tenant, collection, lane)
            except RuntimeRefused as error:
                if error.status != 409:
                    bindings._note_outage(tenant, collection, lane, error)
                    raise RetryableJobError(str(error)) from error
                tenant._note_foreign_knowledge()
                bindings._release_claims(tenant, collection, lane)
            except (RuntimeClientError, runtime.RuntimeNotConfigured) as error:
                bindings._note_outage(tenant, collection, lane, error)
                raise RetryableJobError(str(error)) from error
            # The other lane too: it may have found its records claimed by this job.
            open_lanes = [
                waiting
                for waiting in lanes.LANES
                if bindings._pending(tenant, collection, waiting, limit=len(kept) + 1) - kept
            ]
            for waiting in open_lanes:
                bindings._enqueue(tenant, collection, waiting)
            if kept and lane not in open_lanes:
                jobs.commit(self.env)
                raise RetryableJobError("The store still holds records that were removed")

    def _pending(self, tenant, collection, lane, states=("to_index", "to_delete"), limit=None):
        """What waits in a lane and nobody is at work on, the oldest first."""
        return self.search(
            [
                ("tenant_id", "=", tenant.id),
                ("collection", "=", collection),
                ("lane", "=", lane),
                ("state", "in", states),
                ("claim", "=", False),
            ],
            order="write_date, id",
            limit=limit,
        )

    def _release_claims(self, tenant, collection, lane):
        """Give back what this lane claimed: nobody else is at work in it, so that job died."""
        claimed = self.search(
            [
                ("tenant_id", "=", tenant.id),
                ("collection", "=", collection),
                *("|", ("claim", "=", lane)),
                *("&", ("state", "=", "indexing"), "&", ("claim", "=", False), ("lane", "=", lane)),
            ]
        )
        claimed.filtered(lambda b: b.state == "indexing").state = "to_index"
        claimed.claim = False

    def _sync_deletions(self, tenant, collection, lane):
        """Have records forgotten; those that the store did not forget, to be tried again."""
        doomed = self._pending(tenant, collection, lane, ("to_delete",), BATCH_DELETIONS)
        if not doomed:
            return doomed
        doomed.claim = lane
        request = doomed._keys_request(tenant, collection)
        jobs.commit(self.env)
        receipts = by_record(runtime.client().delete(request).receipts)
        kept = self.browse()
        for binding in doomed.exists():
            receipt = receipts.get((binding.model, binding.res_id))
            if binding.state != "to_delete":
                # Wanted again meanwhile: what was known of the store no longer holds.
                binding.write(
                    {"content_hash": False, "points": 0, "synced_at": False, "claim": False}
                )
            elif receipt is not None and receipt.points == 0:
                binding.unlink()
            else:
                kept |= binding
        kept.write({"claim": False, "error": self.env._("The store still holds this record.")})
        return kept

    def _keys_request(self, tenant, collection) -> KnowledgeDelete:
        return KnowledgeDelete(
            account_id=tenant.account_id,
            collection=collection,
            origin=tenant._database_origin(),
            records=tuple(RecordKey(model=b.model, record_id=b.res_id) for b in self),
        )

    def _note_outage(self, tenant, collection, lane, error):
        """Give the claimed bindings back and say why nothing happens."""
        self._release_claims(tenant, collection, lane)
        message = self.env._("Tried again by itself: %s", error)
        self._pending(tenant, collection, lane).filtered(lambda b: b.error != message).write(
            {"error": message}
        )
        jobs.commit(self.env)

    @api.model
    def _cron_sync(self):
        """Take up whatever a lost or killed job left: marks, moves, checks of the store."""
        waiting = self.sudo()._read_group(
            [("state", "in", ("to_index", "to_delete", "indexing"))],
            ["tenant_id", "collection", "lane"],
        )
        for tenant, collection, lane in waiting:
            if not tenant.active or tenant._knowledge_flows():
                self._enqueue(tenant, collection, lane)
        self.env["ai.tenant"]._take_up_store_work()
        self.env["ai.sync.report"]._take_up()

    @api.model
    def _cron_verify(self):
        """Compare the store of every tenant with Odoo, both ways, and repair what differs."""
        self.env["ai.sync.report"]._start(
            self.env["ai.tenant"].sudo().search([("active", "=", True)])
        )
