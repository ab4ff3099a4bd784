"""What a question follows on, kept in an optional Redis."""

from uuid import uuid4

from odoo import api, fields, models
from pydantic import TypeAdapter, ValidationError

from agent_runtime.contracts import HistoryEntry

from ..tools import context_cache

TOLD = frozenset({"conversation_id", "message_id", "author", "private", "content", "sent_at"})
"""Fields of a message that decide whether and how it is told to a crew."""
_ENTRIES = TypeAdapter(tuple[HistoryEntry, ...])


class ConversationStamp(models.Model):
    _inherit = "chatwoot.conversation"

    context_stamp = fields.Char(
        readonly=True,
        help="Another one after every change of the messages, so that what was kept of the "
        "former ones is not found any more.",
    )

    def _change_stamp(self):
        # Never one that has been before, not even after the database was restored.
        if self:
            self.write({"context_stamp": uuid4().hex})


class MessageStamp(models.Model):
    _inherit = "chatwoot.message"

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages.conversation_id._change_stamp()
        return messages

    def write(self, vals):
        if not TOLD & vals.keys():
            return super().write(vals)
        before = self.conversation_id
        result = super().write(vals)
        (before | self.conversation_id)._change_stamp()
        return result

    def unlink(self):
        changed = self.conversation_id
        result = super().unlink()
        changed._change_stamp()
        return result


class TurnHistoryCache(models.Model):
    _inherit = "chatwoot.turn"

    def _kept_history(self):
        """The history from Redis where there is one that has it, else from the rows.

        The key holds the stamp that this transaction sees, and the stamp changes together with
        the messages: what is found was made of these very rows. A new conversation has no stamp
        yet, and nothing to be kept.
        """
        cache, stamp = context_cache.cache(), self.conversation_id.context_stamp
        if cache is None or not stamp:
            return self._request_history()
        key = self._history_key(stamp)
        kept = _read(cache.get(key))
        if kept is None:
            kept = self._request_history()
            cache.put(key, _ENTRIES.dump_json(kept))
        return kept

    def _history_key(self, stamp):
        account = self.chatwoot_account_id
        asked = min(self.message_ids.mapped("message_id"))
        return (
            f"{account.account_id}:context:{self.env.cr.dbname}:{self.conversation_id.id}"
            f":{stamp}:{asked}:{account.context_messages}"
        )


def _read(value):
    """The entries of a kept value; ``None`` for none, or for what another version has kept."""
    try:
        return None if value is None else _ENTRIES.validate_json(value)
    except ValidationError:
        return None
