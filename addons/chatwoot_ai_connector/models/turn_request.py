from datetime import UTC

from odoo import models
from pydantic import SecretStr

from agent_runtime import contracts

from .turn_models import attachments_of

ROLES = {"customer": "customer", "bot": "crew", "attendant": "attendant"}


class TurnRequest(models.Model):
    """The turn as the runtime is asked for it."""

    _inherit = "chatwoot.turn"

    def _build_request(self, attempt, callback_token):
        """The :class:`contracts.TurnRequest` of this turn.

        Rules are those that hold at the turn's ``moment``. ``callback_token`` is the opaque
        proof that the result belongs to this attempt.
        """
        self.ensure_one()
        conversation = self.conversation_id
        tenant = conversation.chatwoot_account_id.tenant_id
        moment = _aware(self.moment)
        return contracts.TurnRequest(
            turn_id=f"{self.env.cr.dbname}:{self.id}",
            attempt=attempt,
            account_id=tenant.account_id,
            conversation_id=conversation.display_id,
            channel=contracts.Channel(self.channel),
            inbox_name=conversation.inbox_id.name,
            # Payloads without an inbox are kept apart as number 0, which is no inbox of Chatwoot.
            inbox_id=conversation.inbox_id.inbox_id or None,
            config_version=tenant.config_version,
            moment=moment,
            messages=self._request_messages(),
            history=self._kept_history(),
            customer=contracts.Customer(
                name=conversation.contact_name or None,
                tags=self._customer_tags(),
                contact_labels=self._contact_labels(),
                identity=self._proven_identity(),
            ),
            internal=self._internal_access(),
            rules=tuple(self._rules_at(moment)),
            outside=self._outside(),
            priority=conversation.priority or None,
            known_requests=conversation._known_requests(),
            last_role=self._last_role(),
            odoo=tenant._agent_access(),
            models=conversation.chatwoot_account_id._models(),
            max_cost=self._request_max_cost(),
            attachment_host=self._request_attachment_host(),
            callback_token=SecretStr(callback_token),
        )

    def _request_messages(self):
        return tuple(
            contracts.CustomerMessage(
                id=message.message_id,
                text=message.content or "",
                sent_at=_aware(message.sent_at),
                attachments=attachments_of(message),
            )
            for message in self.message_ids.sorted("message_id")
        )

    def _request_history(self):
        return tuple(
            contracts.HistoryEntry(
                role=ROLES[message.author], text=message.content, sent_at=_aware(message.sent_at)
            )
            for message in self.conversation_id._history(
                self.message_ids, self.chatwoot_account_id.context_messages
            )
        )


def _aware(moment):
    """Odoo keeps naive UTC."""
    return moment.replace(tzinfo=UTC)
