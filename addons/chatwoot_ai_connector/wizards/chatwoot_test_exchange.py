"""A question of a test conversation and what became of it."""

import logging
from datetime import UTC

from odoo import fields, models
from odoo.addons.company_services.tools import runtime
from odoo.addons.company_services.tools.settings import setting
from odoo.exceptions import UserError

from agent_runtime import contracts
from agent_runtime.client import RuntimeClientError, RuntimeRefused

from ..delivery.choices import in_words
from ..models.chatwoot_inbox import CHANNELS
from .test_answer import TestAnswer

LOOK_SECONDS = 2
NOT_FOUND = 404
_logger = logging.getLogger(__name__)


class ChatwootTestExchange(models.TransientModel):
    _name = "chatwoot.test.exchange"
    _description = "Question of a test conversation"
    _order = "id"

    chat_id = fields.Many2one(
        "chatwoot.test.chat", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="chat_id.company_id", store=True)
    question = fields.Text(required=True, readonly=True)
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    asked_at = fields.Datetime(required=True, readonly=True)
    reference = fields.Char(required=True, readonly=True)
    boot_id = fields.Char(readonly=True)
    deadline_at = fields.Datetime(readonly=True)
    result = fields.Json(readonly=True)
    rule_name = fields.Char(string="Hand-over rule", readonly=True)

    def look(self):
        """What has become of the question.

        :return: ``state`` (``running`` or ``done``) and, when done, what :class:`TestAnswer`
            tells; or ``problem`` in words
        """
        self.ensure_one()
        self.check_access("read")
        ended = self.result or self.rule_name
        if not ended and (waiting := self._fetch()):
            return waiting
        return {"state": "done", **TestAnswer(self).told()}

    def _fetch(self):
        """Ask the runtime for the result and keep it; what to answer while there is none."""
        try:
            client = runtime.client(timeout=LOOK_SECONDS)
            played = client.played(self.chat_id.tenant_id.account_id, self.reference)
        except RuntimeRefused as error:
            # Behind an address there may be several runtimes, of which one knows the question.
            if error.status != NOT_FOUND or not setting("url"):
                return self._lost()
            return self._still()
        except (RuntimeClientError, UserError) as error:
            _logger.info("Test answer not fetched: %s", error)
            return self._still()
        if played.result is None:
            return self._still()
        if played.result.account_id != self.chat_id.tenant_id.account_id:
            _logger.error("the runtime's answer to test %s is another account's", self.id)
            return self._lost()
        self.sudo().result = played.result.model_dump(mode="json")
        account = self.chat_id._account()
        if account and played.result.usage:
            # Nobody is answered, but the account's models are paid for it.
            account._keep_calls(played.result.usage)
        return None

    def _still(self):
        late = self.deadline_at and fields.Datetime.now() > self.deadline_at
        return self._lost() if late else {"state": "running"}

    def _lost(self):
        return {
            "problem": self.env._(
                "The answer was lost, perhaps because the assistant has just been restarted. Ask "
                "again."
            )
        }

    def _keep_ruled(self, rule):
        """Note that a :class:`HandoverRule` gives the question to people at once."""
        self.rule_name = self.env["chatwoot.handover.rule"].sudo().browse(rule.id).name
        return self

    def _result(self):
        """The runtime's :class:`contracts.TurnResult`, ``None`` while there is none."""
        return contracts.TurnResult.model_validate(self.result) if self.result else None

    def _role(self):
        """Who led the answer, ``None`` for no exchange or one without a decision."""
        result = self._result() if self else None
        return result.decision.role if result and result.decision else None

    def _said(self):
        """The question and its answer as :class:`contracts.HistoryEntry`."""
        moment = self.asked_at.replace(tzinfo=UTC)
        lines = [("customer", self.question)]
        if result := self._result():
            texts = list(result.parts)
            if texts and result.choices:
                options = [choice.model_dump() for choice in result.choices]
                texts[-1] = in_words(texts[-1], options)
            lines += [("crew", text) for text in texts]
        return [
            contracts.HistoryEntry(role=role, text=text, sent_at=moment) for role, text in lines
        ]
