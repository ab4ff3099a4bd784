"""Additions: what the store lacks is sent; unchanged content is never embedded again."""

from collections.abc import Iterator
from itertools import islice
from time import monotonic

from odoo import fields, models
from odoo.exceptions import UserError

from agent_runtime.client import RuntimeRefused
from agent_runtime.contracts import (
    INCOMPLETE,
    KnowledgeDelete,
    KnowledgeItem,
    KnowledgeUpsert,
    RecordKey,
)

from ..tools import jobs, lanes, pace, runtime
from ..tools.receipts import by_record, confirms

CLAIM_RECORDS = 96
CLAIM_CHARACTERS = 200_000
"""Bounds of what one job compares with the store, and so of its memory."""
BATCH_RECORDS = {lanes.LIVE: 16, lanes.BULK: 96}
"""Bounds of one upsert, beside its characters: the more texts of one request, the less the model
pads, but an edit must not wait for others."""
SENDING_SECONDS = 30
"""How long one job goes on sending; the rest is for the next one."""
_REFUSED_TEXT = (400, 413, 422)


class AiKnowledgeBinding(models.Model):
    """Claim, compare, send, settle."""

    _inherit = "ai.knowledge.binding"

    def _sync_additions(self, tenant, collection, lane):
        items = self._claim_batch(tenant, collection, lane)
        if not items:
            return
        question = self.browse(items)._keys_request(tenant, collection)
        # Plain values from here on: reading a record would open a transaction during the calls.
        place = {
            "account_id": question.account_id,
            "collection": question.collection,
            "origin": question.origin,
        }
        jobs.commit(self.env)
        client = runtime.client()
        held = by_record(client.receipts(question).receipts)
        missing = {
            binding_id: item
            for binding_id, item in items.items()
            if not confirms(held.get((item.model, item.record_id)), item.content_hash)
        }
        _clear_damaged(client, place, missing, held)
        self._settle({key: item for key, item in items.items() if key not in missing}, held, {})
        self._note_lost(tenant, missing)
        until = monotonic() + SENDING_SECONDS
        for batch in _batches(missing, lane):
            if monotonic() > until:
                self.browse(batch)._give_back()
                continue
            jobs.commit(self.env)
            refusals: dict[int, str] = {}
            size = sum(len(item.text) for item in batch.values())
            with pace.of_this_process.measured(size) as work:
                sent = _send(client, place, batch, lane, refusals, work)
            self._settle(batch, held | sent, refusals)

    def _claim_batch(self, tenant, collection, lane) -> dict[int, KnowledgeItem]:
        """Items of the next batch by binding id; their bindings are set to ``indexing``."""
        items: dict[int, KnowledgeItem] = {}
        size = 0
        pending = self._pending(tenant, collection, lane, ("to_index",), CLAIM_RECORDS)
        records = pending._records()
        for binding in pending:
            try:
                item = binding._item(records.get(binding))
            except (UserError, ValueError) as error:
                # One text that cannot be made must not hold up the others.
                binding.write({"state": "error", "error": str(error)})
                continue
            if item is None:
                binding.state = "to_delete"
                continue
            size += len(item.text)
            if items and size > CLAIM_CHARACTERS:
                break
            items[binding.id] = item
        self.browse(items).write({"state": "indexing", "claim": lane})
        return items

    def _records(self) -> dict:
        """The record of each binding, read together; one that is gone is missing."""
        found = {}
        for model, bindings in self.grouped("model").items():
            if model not in self.env:
                continue
            records = self.env[model].browse(bindings.mapped("res_id")).exists()
            by_id = {record.id: record for record in records}
            found |= {b: by_id[b.res_id] for b in bindings if b.res_id in by_id}
        return found

    def _item(self, record) -> KnowledgeItem | None:
        """The record's present content, or ``None`` when it does not belong into the store."""
        self.ensure_one()
        if not record or not self.tenant_id.active:
            return None
        item = record._index_item(self.tenant_id, self.version + 1)
        # A record that has changed its collection is marked for the new one there.
        return item if record._index_collection() == self.collection else None

    def _is_current(self, record) -> bool:
        """Whether the text that was read back from the store is the record's present one."""
        try:
            item = self._item(record)
        except (UserError, ValueError):
            return False  # the job will say what is wrong
        return item is not None and item.content_hash == self.content_hash

    def _note_lost(self, tenant, missing):
        """Let the check that is running know what the store was believed to hold and does not."""
        if report := tenant._check_running():
            bindings = self.browse(missing).exists()
            bindings.filtered(
                lambda b: b.content_hash == missing[b.id].content_hash
            ).report_id = report

    def _give_back(self):
        self.filtered(lambda b: b.state == "indexing").state = "to_index"
        self.claim = False

    def _settle(self, items, receipts, refusals):
        """Believe the store's receipts, unless a newer mark has been set meanwhile."""
        now = fields.Datetime.now()
        bindings = self.browse(items).exists()
        records = bindings._records()
        for binding in bindings:
            item = items[binding.id]
            receipt = receipts.get((item.model, item.record_id))
            stored = {
                "claim": False,
                "content_hash": receipt.content_hash if receipt else False,
                "points": receipt.points if receipt else 0,
                "synced_at": now if receipt else False,
            }
            if confirms(receipt, item.content_hash) and binding.content_hash != item.content_hash:
                stored["version"] = item.version
            refusal = refusals.get(binding.id)
            binding.write(stored | binding._next_state(item, receipt, refusal, records))

    def _next_state(self, item, receipt, refusal, records) -> dict:
        if self.state != "indexing":
            return {}
        if refusal:
            return {"state": "error", "error": refusal}
        if not confirms(receipt, item.content_hash):
            return {
                "state": "error",
                "error": self.env._("The store did not confirm the content. Synchronise again."),
            }
        try:
            current = self._item(records.get(self))
        except (UserError, ValueError) as error:
            return {"state": "error", "error": str(error)}
        if current is None or current.content_hash != item.content_hash:
            return {"state": "to_index", "error": False}
        return {"state": "indexed", "error": False}


def _clear_damaged(client, place, items, held) -> None:
    """Remove what is not one whole writing: passages left over would outlive a new one."""
    damaged = [
        RecordKey(model=item.model, record_id=item.record_id)
        for item in items.values()
        if (receipt := held.get((item.model, item.record_id)))
        and receipt.content_hash == INCOMPLETE
    ]
    if damaged:
        client.delete(KnowledgeDelete(**place, records=tuple(damaged)))


def _send(client, place, items, lane, refusals, work: pace.Work) -> dict:
    """Upsert; one item that the runtime refuses does not hold up the others."""
    try:
        request = KnowledgeUpsert(**place, items=tuple(items.values()), lane=lane)
        receipt = client.upsert(request)
        work.done(receipt.embedded, sum(held.points for held in receipt.receipts))
        return by_record(receipt.receipts)
    except RuntimeRefused as error:
        if error.status not in _REFUSED_TEXT:
            raise
        if len(items) == 1:
            refusals[next(iter(items))] = str(error)
            return {}
    receipts: dict = {}
    for binding_id, item in items.items():
        receipts |= _send(client, place, {binding_id: item}, lane, refusals, work)
    return receipts


def _batches(items: dict[int, KnowledgeItem], lane: str) -> Iterator[dict[int, KnowledgeItem]]:
    """The items in their order, cut into what one upsert may carry at the present pace."""
    rest = dict(items)
    while rest:
        batch: dict[int, KnowledgeItem] = {}
        size = 0
        most = pace.of_this_process.characters
        for key, item in islice(rest.items(), BATCH_RECORDS[lane]):
            size += len(item.text)
            if batch and size > most:
                break
            batch[key] = item
        for key in batch:
            del rest[key]
        yield batch
