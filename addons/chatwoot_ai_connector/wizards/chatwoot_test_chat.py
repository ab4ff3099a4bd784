"""A conversation with the assistant that no customer sees."""

import logging
import uuid
from datetime import UTC, datetime, timedelta

from odoo import api, fields, models
from odoo.addons.company_services.tools import runtime
from odoo.exceptions import UserError
from pydantic import SecretStr

from agent_runtime import contracts
from agent_runtime.client import RuntimeBusy, RuntimeRefused, RuntimeUnavailable

from .. import handover_rules
from ..handover_rules import HandoverCase
from ..models.account_limits import CONTEXT_MESSAGES
from ..models.chatwoot_inbox import CHANNELS

TIMEOUT_SECONDS = 4
DEADLINE_GRACE = timedelta(seconds=15)
"""How long after the runtime's own deadline an answer is still looked for."""
LONGEST = 2000
"""Characters of a question."""
_logger = logging.getLogger(__name__)


class ChatwootTestChat(models.TransientModel):
    """One trial conversation of one user: the tenant's real rules, settings and knowledge.

    Nothing of it reaches Chatwoot, no turn is kept, and what the assistant would ask Odoo to do
    is shown and not done.
    """

    _name = "chatwoot.test.chat"
    _description = "Test conversation with the assistant"

    tenant_id = fields.Many2one(
        "ai.tenant", string="Assistant", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="tenant_id.company_id", store=True)
    exchange_ids = fields.One2many(
        "chatwoot.test.exchange", "chat_id", string="Questions", readonly=True
    )

    last_asked_at = fields.Datetime(
        readonly=True, help="The conversation is cleared away some time after the last question."
    )

    @api.model
    def begin(self):
        """A new conversation with the current company's assistant.

        :return: ``chat`` (id), ``company``, ``channels`` (pairs of value and label), ``hint``
            (what the tester should know, or ``False``); or ``problem``, what stands in the way
        """
        self.check_access("read")
        tenant = self.env["ai.tenant"]._for_company(self.env.company)
        if not tenant:
            return {
                "problem": self.env._(
                    "%s has no assistant yet. Set it up under Company first.", self.env.company.name
                )
            }
        # Nobody but this method makes one, and not for another company.
        chat = self.sudo().create({"tenant_id": tenant.id}).sudo(False)
        return {
            "chat": chat.id,
            "company": tenant.company_id.name,
            "channels": self.env["chatwoot.test.exchange"]
            ._fields["channel"]
            ._description_selection(self.env),
            "hint": chat._publication_hint(),
        }

    def ask(self, question, channel="whatsapp", customer_name=None, as_if_open=False):
        """Have a question answered; returns at once.

        :param channel: a value of ``contracts.Channel``
        :param customer_name: name of the customer that is played
        :param as_if_open: whether the company is to be taken for open
        :return: ``exchange``, the id to look for the answer with; or ``problem`` in words
        """
        self.ensure_one()
        self.check_access("read")
        question = (question or "").strip()[:LONGEST]
        if not question:
            return {"problem": self.env._("Write something first.")}
        values = {
            "chat_id": self.id,
            "question": question,
            "channel": channel if channel in dict(CHANNELS) else CHANNELS[0][0],
            "asked_at": fields.Datetime.now(),
            "reference": f"{self.env.cr.dbname}:test:{uuid.uuid4()}",
        }
        exchanges = self.env["chatwoot.test.exchange"].sudo()
        if rule := self._rule_at_once(question):
            self.sudo().last_asked_at = values["asked_at"]
            return {"exchange": exchanges.create(values)._keep_ruled(rule).id}
        try:
            # Asked before anything is written: no row is locked while the runtime is waited for.
            request = self._test_request(values, customer_name, as_if_open)
            accepted = runtime.client(timeout=TIMEOUT_SECONDS).play(request)
        except UserError as error:
            return {"problem": str(error)}
        except RuntimeBusy:
            return {"problem": self.env._("The assistant is busy. Try again in a moment.")}
        except RuntimeUnavailable as error:
            _logger.info("No test answer: %s", error)
            return {
                "problem": self.env._(
                    "The assistant does not answer at the moment. If this lasts, ask whoever "
                    "runs the server to check that the agent runtime is running."
                )
            }
        except RuntimeRefused as error:
            _logger.warning("The agent runtime refuses a test question: %s", error)
            return {
                "problem": self.env._(
                    "The assistant refused the question (%s). Whoever runs the server should "
                    "check that Odoo and the agent runtime have the same version and token.",
                    error,
                )
            }
        self.sudo().last_asked_at = values["asked_at"]
        deadline = timedelta(seconds=request.deadline_seconds) + DEADLINE_GRACE
        values["deadline_at"] = values["asked_at"] + deadline
        return {"exchange": exchanges.create({**values, "boot_id": accepted.boot_id}).id}

    def _publication_hint(self):
        """What makes the assistant here know less than the forms show, or ``False``."""
        if not self.tenant_id.config_version:
            return self.env._(
                "The company profile has not been published yet, so the assistant knows nothing "
                "of it. Save it, and wait until it is shown as published."
            )
        if self.tenant_id.publish_state != "published":
            return self.env._(
                "The latest changes of the company profile are not published yet; the assistant "
                "answers by the version before."
            )
        return False

    def _rule_at_once(self, text):
        """The hand-over rule by which people would answer this, before any model is asked."""
        return handover_rules.at_once(
            self._handover_rules(), HandoverCase(reason=None, inbox=0, text=text)
        )

    def _handover_rules(self):
        account = self._account()
        return account.env["chatwoot.handover.rule"]._of_account(account) if account else []

    def _account(self):
        """The company's Chatwoot account, which need not be there yet."""
        accounts = self.env["chatwoot.account"].sudo()
        return accounts.search([("tenant_id", "=", self.tenant_id.id)], limit=1)

    def _test_request(self, values, customer_name, as_if_open):
        """The :class:`contracts.TurnRequest` of a question, as a customer's would be now."""
        tenant, account = self.tenant_id.sudo(), self._account()
        now = datetime.now(UTC)
        channel = contracts.Channel(values["channel"])
        asked = contracts.CustomerMessage(
            id=len(self.exchange_ids) + 1, text=values["question"], sent_at=now
        )
        return contracts.TurnRequest(
            turn_id=values["reference"],
            attempt=1,
            account_id=tenant.account_id,
            # Chatwoot's own are positive: nothing kept by conversation can be mixed up with one.
            conversation_id=-self.id,
            channel=channel,
            config_version=tenant.config_version,
            moment=now,
            messages=(asked,),
            history=self._test_history(),
            customer=contracts.Customer(name=(customer_name or "").strip()[:80] or None, tags=()),
            rules=tuple(tenant._runtime_rules(now, channel, customer_tags=())),
            outside="answer" if as_if_open else None,
            odoo=tenant._agent_access(),
            last_role=self.exchange_ids[-1:]._role(),
            models=account._models() if account else (),
            max_cost=account.max_turn_cost or None,
            # Nothing is called back.
            callback_token=SecretStr("unused"),
        )

    def _test_history(self):
        """What was said before, as much of it as a customer's conversation would show."""
        account = self._account()
        limit = account.context_messages if account else CONTEXT_MESSAGES
        said = [entry for exchange in self.exchange_ids for entry in exchange._said()]
        return tuple(said[len(said) - limit :] if limit < len(said) else said)
