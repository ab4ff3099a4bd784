"""The labels that the company's people gave a customer, for routing rules that go by them."""

import logging
from datetime import timedelta

from odoo import fields, models
from odoo.addons.company_services.tools.crypto import SecretKeyMissing, SecretUnreadable

from ..delivery.problems import ChatwootProblem

_logger = logging.getLogger(__name__)
FRESH = timedelta(minutes=5)
"""So long labels that were read are taken for the contact's; a burst asks once."""


class ConversationContactLabels(models.Model):
    _inherit = "chatwoot.conversation"

    contact_labels = fields.Json(
        string="Contact's labels, as data",
        help="As they were last read in Chatwoot, and only where a routing rule goes by a label. "
        "That needs the access token of an agent on the account.",
    )
    contact_labels_at = fields.Datetime(
        string="Contact's labels read at",
        readonly=True,
        help="When the contact's labels were last told; empty: they are not known.",
    )


class TurnContactLabels(models.Model):
    _inherit = "chatwoot.turn"

    def _read_contact_labels(self):
        """Read the contact's labels with the user's token, where a routing rule goes by one.

        To be called by the job, with no transaction open while Chatwoot is asked: no webhook of a
        conversation tells them. Without an answer those last known count.
        """
        self.ensure_one()
        contact = self._shortly("_begin_contact_labels")
        if not contact:
            return
        try:
            with self.chatwoot_account_id._chatwoot_api() as api:
                labels = api.contact_labels(contact)
        except (ChatwootProblem, SecretKeyMissing, SecretUnreadable) as problem:
            if getattr(problem, "out_of_reach", False):
                self._shortly("_unavailable", problem)
            _logger.info("turn %s goes without contact labels: %s", self.id, type(problem).__name__)
            return
        self.chatwoot_account_id._shortly("_note_reached")
        self._shortly("_keep_contact_labels", labels)

    def _begin_contact_labels(self):
        """Chatwoot's number of the contact, if its labels are to be asked for now."""
        conversation, account = self.conversation_id, self.chatwoot_account_id
        read_at = conversation.contact_labels_at
        if (
            self.state != "prepared"
            or not conversation.contact_id
            or (read_at and fields.Datetime.now() - read_at < FRESH)
            or not account.sudo().user_token
            or not account.sudo().routing_rule_ids.filtered("label")
            or account._seconds_to_wait()
        ):
            return None
        return conversation.contact_id

    def _keep_contact_labels(self, labels):
        self._lock_turn()
        self.conversation_id.write(
            {"contact_labels": labels, "contact_labels_at": fields.Datetime.now()}
        )

    def _contact_labels(self):
        """The contact's labels; ``None`` where they were never read."""
        conversation = self.conversation_id
        return tuple(conversation.contact_labels or ()) if conversation.contact_labels_at else None
