"""The jobs that bring the knowledge store up to date with the bindings."""

from odoo import api, fields, models
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.exceptions import UserError

from agent_runtime.client import RuntimeClientError, RuntimeRefused
from agent_runtime.contracts import (
    KnowledgeDelete,
    KnowledgeItem,
    KnowledgeUpsert,
    PointReceipt,
    RecordKey,
)

from ..tools import jobs, runtime

BATCH_RECORDS = 16
BATCH_CHARACTERS = 12_000
"""Bounds of one upsert: embedding it must end well within the client's time-out."""
BATCH_DELETIONS = 100


class AiKnowledgeBinding(models.Model):
    """Synchronisation: deletions first, then additions, each confirmed by the store's receipt."""

    _inherit = "ai.knowledge.binding"

    @api.model
    def _job_sync(self, tenant_id: int, collection: str):
        """One batch of one collection; enqueues itself while there is more.

        Registered with ``allow_commit``: no transaction is open during calls to the runtime.
        """
        tenant = self.env["ai.tenant"].sudo().browse(tenant_id).exists()
        if not tenant:
            return
        with jobs.exclusive(self.env, f"knowledge:{tenant_id}:{collection}") as alone:
            if not alone:
                raise RetryableJobError(
                    "This collection is being synchronised", seconds=3, ignore_retry=True
                )
            bindings = self.sudo().with_context(active_test=False)
            # Nobody else is at work here, so what is half-way was left by a job that died.
            bindings._pending(tenant, collection, ("indexing",)).state = "to_index"
            try:
                bindings._sync_deletions(tenant, collection)
                bindings._sync_additions(tenant, collection)
            except (RuntimeClientError, runtime.RuntimeNotConfigured) as error:
                bindings._note_outage(tenant, collection, error)
                raise RetryableJobError(str(error)) from error
            if bindings._pending(tenant, collection, limit=1):
                bindings._enqueue(tenant_id, collection)

    def _pending(self, tenant, collection, states=("to_index", "to_delete"), limit=None):
        return self.search(
            [
                ("tenant_id", "=", tenant.id),
                ("collection", "=", collection),
                ("state", "in", states),
            ],
            order="write_date, id",
            limit=limit,
        )

    # --- deletions ---

    def _sync_deletions(self, tenant, collection):
        doomed = self._pending(tenant, collection, ("to_delete",), BATCH_DELETIONS)
        if not doomed:
            return
        request = doomed._keys_request(tenant, collection)
        jobs.commit(self.env)
        receipts = _by_record(runtime.client().delete(request).receipts)
        for binding in doomed.exists():
            receipt = receipts.get((binding.model, binding.res_id))
            gone = receipt is not None and receipt.points == 0
            if binding.state != "to_delete":
                # Wanted again meanwhile: what was known of the store no longer holds.
                binding.write({"content_hash": False, "points": 0, "synced_at": False})
            elif gone:
                binding.unlink()
            else:
                binding.write({"error": self.env._("The store still holds this record.")})

    def _keys_request(self, tenant, collection) -> KnowledgeDelete:
        return KnowledgeDelete(
            account_id=tenant.account_id,
            collection=collection,
            origin=tenant._database_origin(),
            records=tuple(RecordKey(model=b.model, record_id=b.res_id) for b in self),
        )

    # --- additions ---

    def _sync_additions(self, tenant, collection):
        """Send what the store does not hold yet; unchanged content is never embedded again."""
        items = self._claim_batch(tenant, collection)
        if not items:
            return
        claimed = self.browse(items)
        question = claimed._keys_request(tenant, collection)
        jobs.commit(self.env)
        client = runtime.client()
        receipts = _by_record(client.receipts(question).receipts)
        missing = {
            binding_id: item
            for binding_id, item in items.items()
            if not _confirms(receipts.get((item.model, item.record_id)), item.content_hash)
        }
        refusals: dict[int, str] = {}
        if missing:
            receipts |= self._send(client, tenant, collection, missing, refusals)
        claimed.exists()._settle(items, receipts, refusals)

    def _claim_batch(self, tenant, collection) -> dict[int, KnowledgeItem]:
        """Items of the next batch by binding id; their bindings are set to ``indexing``."""
        items: dict[int, KnowledgeItem] = {}
        size = 0
        for binding in self._pending(tenant, collection, ("to_index",), BATCH_RECORDS):
            try:
                item = binding._item()
            except (UserError, ValueError) as error:
                # One text that cannot be made must not hold up the others.
                binding.write({"state": "error", "error": str(error)})
                continue
            if item is None:
                binding.state = "to_delete"
                continue
            size += len(item.text)
            if items and size > BATCH_CHARACTERS:
                break
            binding.state = "indexing"
            items[binding.id] = item
        return items

    def _item(self) -> KnowledgeItem | None:
        """The record's present content, or ``None`` when it does not belong into the store."""
        self.ensure_one()
        if self.model not in self.env or not self.tenant_id.active:
            return None
        record = self.env[self.model].browse(self.res_id).exists()
        if not record:
            return None
        return record._index_item(self.tenant_id, self.version + 1)

    def _send(self, client, tenant, collection, items, refusals) -> dict:
        """Upsert; one item that the runtime refuses does not hold up the others."""
        try:
            receipt = client.upsert(
                KnowledgeUpsert(
                    account_id=tenant.account_id,
                    collection=collection,
                    origin=tenant._database_origin(),
                    items=tuple(items.values()),
                )
            )
            return _by_record(receipt.receipts)
        except RuntimeRefused as error:
            if len(items) == 1:
                refusals[next(iter(items))] = str(error)
                return {}
        receipts: dict = {}
        for binding_id, item in items.items():
            receipts |= self._send(client, tenant, collection, {binding_id: item}, refusals)
        return receipts

    def _settle(self, items, receipts, refusals):
        """Believe the store's receipts, unless a newer mark has been set meanwhile."""
        now = fields.Datetime.now()
        for binding in self:
            item = items[binding.id]
            receipt = receipts.get((item.model, item.record_id))
            stored = {
                "content_hash": receipt.content_hash if receipt else False,
                "points": receipt.points if receipt else 0,
                "synced_at": now if receipt else False,
            }
            if _confirms(receipt, item.content_hash) and binding.content_hash != item.content_hash:
                stored["version"] = item.version
            binding.write(stored | binding._next_state(item, receipt, refusals.get(binding.id)))

    def _next_state(self, item, receipt, refusal) -> dict:
        if self.state != "indexing":
            return {}
        if refusal:
            return {"state": "error", "error": refusal}
        if not _confirms(receipt, item.content_hash):
            return {
                "state": "error",
                "error": self.env._("The store did not confirm the content. Synchronise again."),
            }
        try:
            current = self._item()
        except (UserError, ValueError) as error:
            return {"state": "error", "error": str(error)}
        if current is None or current.content_hash != item.content_hash:
            return {"state": "to_index", "error": False}
        return {"state": "indexed", "error": False}

    # --- trouble ---

    def _note_outage(self, tenant, collection, error):
        """Give the claimed bindings back and say why nothing happens."""
        self._pending(tenant, collection, ("indexing",)).write({"state": "to_index"})
        self._pending(tenant, collection).write(
            {"error": self.env._("Tried again by itself: %s", error)}
        )
        jobs.commit(self.env)

    @api.model
    def _cron_sync(self):
        """Take up marked bindings whose job was lost, and those a killed job left half-way."""
        waiting = self.sudo().search([("state", "in", ("to_index", "to_delete", "indexing"))])
        for tenant_id, collection in {(b.tenant_id.id, b.collection) for b in waiting}:
            self._enqueue(tenant_id, collection)

    @api.model
    def _cron_verify(self):
        """Have every binding compared with its record and with what the store really holds."""
        # All of them on purpose: marking is cheap, and nothing may escape the comparison.
        self.sudo().search([])._mark_again()  # pylint: disable=no-search-all
        self.env["ai.tenant"]._backfill_knowledge()


def _by_record(receipts: tuple[PointReceipt, ...]) -> dict[tuple[str, int], PointReceipt]:
    return {(receipt.model, receipt.record_id): receipt for receipt in receipts}


def _confirms(receipt: PointReceipt | None, content_hash: str) -> bool:
    return receipt is not None and receipt.points > 0 and receipt.content_hash == content_hash
