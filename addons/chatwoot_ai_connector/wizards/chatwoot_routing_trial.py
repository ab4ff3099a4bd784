"""Deciding a message without answering it."""

import logging
from datetime import UTC, datetime

from odoo import api, fields, models
from odoo.addons.company_services.tools import runtime
from odoo.exceptions import UserError

from agent_runtime import contracts
from agent_runtime.client import RuntimeBusy, RuntimeRefused, RuntimeUnavailable

from .. import handover_rules
from ..models.chatwoot_inbox import CHANNELS
from ..models.chatwoot_routing_rule import CREWS, PRIORITIES, ROLES

TIMEOUT_SECONDS = 4
LONGEST = 4000
"""So many characters of a message a turn is decided by, too."""
_logger = logging.getLogger(__name__)


class ChatwootRoutingTrial(models.TransientModel):
    """Which crew and which role would take a message, and what would win if.

    The settings are those that are saved, whether they are published already or not.
    """

    _name = "chatwoot.routing.trial"
    _description = "Trial of the routing"

    chatwoot_account_id = fields.Many2one(
        "chatwoot.account", string="Account", required=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(related="chatwoot_account_id.company_id", store=True)
    text = fields.Text(string="Message")
    channel = fields.Selection(CHANNELS, required=True, default="whatsapp")
    inbox_id = fields.Many2one(
        "chatwoot.inbox",
        ondelete="cascade",
        domain="[('chatwoot_account_id', '=', chatwoot_account_id)]",
    )
    label = fields.Char(help="A label of the conversation or of the contact in Chatwoot.")
    priority = fields.Selection(PRIORITIES, help="Of the conversation in Chatwoot.")
    last_role = fields.Selection(
        ROLES, string="Led Before", help="Who led the answer before in the conversation."
    )
    moment = fields.Datetime(string="When", help="Empty: now.")
    known = fields.Boolean(string="Known Customer", help="The customer's name is known.")
    internal = fields.Boolean(
        string="One of the Company's Own",
        help="The message comes from one of the company's special phones.",
    )
    asked_before = fields.Text(
        string="Customer Wrote Before",
        help="The customer's message before this one, for example to try “and on Saturday?”.",
    )
    answered_before = fields.Text(
        string="Answer Before",
        help="What the assistant answered to it, for example a list to choose from.",
    )
    handover = fields.Selection("_handover_reasons", string="A person answers", readonly=True)
    handover_rule_id = fields.Many2one(
        "chatwoot.handover.rule", string="Hand-over rule", readonly=True
    )
    closed_message = fields.Boolean(readonly=True)
    crew = fields.Selection(CREWS, readonly=True)
    role = fields.Selection(ROLES, readonly=True)
    reason = fields.Text(string="Why", readonly=True)
    milliseconds = fields.Float(readonly=True, digits=(8, 1))
    ranking = fields.Json(string="Ranking, as data")
    factors = fields.Json(string="Factors, as data")
    entities = fields.Json(string="What was named, as data")
    ranking_html = fields.Html(string="Ranking", compute="_compute_decision_html", sanitize=False)
    factors_html = fields.Html(
        string="What Counted", compute="_compute_decision_html", sanitize=False
    )
    entities_html = fields.Html(
        string="What Was Named", compute="_compute_decision_html", sanitize=False
    )

    @api.model
    def _handover_reasons(self):
        return self.env["chatwoot.turn"]._fields["handover_reason"]._description_selection(self.env)

    @api.depends("factors", "ranking", "entities", "role")
    @api.depends_context("lang")
    def _compute_decision_html(self):
        tables = self.env["chatwoot.decision.tables"]
        for trial in self:
            trial.ranking_html = tables._ranking_table(trial.ranking or [], trial.role)
            trial.factors_html = tables._factors_table(trial.factors or [])
            trial.entities_html = tables._entities_table(trial.entities or [])

    def action_try(self):
        """Ask the runtime, at most :data:`TIMEOUT_SECONDS`, and show its decision here."""
        self.ensure_one()
        # Asked before anything is written: no row is locked while the runtime is waited for.
        decided = self._decided()
        kept = decided.decision.model_dump(
            mode="json", include={"crew", "role", "reason", "factors", "ranking", "entities"}
        )
        kept["crew"] = contracts.crew_named(decided.decision.crew)
        rule = self._rule_for_people()
        kept |= {
            "handover": "rule" if rule else decided.handover,
            "handover_rule_id": rule.id,
            "closed_message": not rule and decided.outside == "closed_message",
            "milliseconds": decided.milliseconds,
        }
        self.write(kept)
        return self._window()

    def _rule_for_people(self):
        """The hand-over rule by which people answer before the assistant is asked, if any."""
        Rule = self.env["chatwoot.handover.rule"]
        if self.internal:
            return Rule
        case = handover_rules.HandoverCase(reason=None, inbox=self.inbox_id.id, text=self.text)
        rule = handover_rules.at_once(Rule._of_account(self.chatwoot_account_id), case)
        return Rule.browse(rule.id) if rule else Rule

    def _window(self):
        """This trial in its dialog."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try Routing"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def _decided(self):
        try:
            return runtime.client(timeout=TIMEOUT_SECONDS).decide(self._request())
        except RuntimeBusy:
            raise UserError(self.env._("The assistant is busy. Try again in a moment.")) from None
        except RuntimeUnavailable as error:
            _logger.info("No routing trial: %s", error)
            raise UserError(
                self.env._(
                    "The assistant does not answer at the moment. If this lasts, ask whoever "
                    "runs the server to check that the agent runtime is running."
                )
            ) from None
        except RuntimeRefused as error:
            _logger.warning("The agent runtime refuses a routing trial: %s", error)
            raise UserError(
                self.env._(
                    "The assistant refused the question (%s). Whoever runs the server should "
                    "check that Odoo and the agent runtime have the same version and token.",
                    error,
                )
            ) from None

    def _request(self):
        """The message as it would arrive, with the account's own settings."""
        account = self.chatwoot_account_id
        account.check_access("read")
        if self.inbox_id.chatwoot_account_id not in (account, account.browse()):
            raise UserError(self.env._("The inbox belongs to another account."))
        if not (self.text or "").strip():
            raise UserError(self.env._("Write a message to try."))
        tenant = account.sudo().tenant_id
        now = datetime.now(UTC)
        moment = self.moment.replace(tzinfo=UTC) if self.moment else now
        channel = contracts.Channel(self.channel)
        labels = tuple(filter(None, [(self.label or "").strip()]))
        said = (("customer", self.asked_before), ("crew", self.answered_before))
        return contracts.DecideRequest(
            account_id=tenant.account_id,
            config=tenant._published_config(max(tenant.config_version, 1), now),
            text=self.text[:LONGEST],
            channel=channel,
            inbox_id=self.inbox_id.inbox_id or None,
            labels=labels,
            priority=self.priority or None,
            last_role=self.last_role or None,
            history=tuple(
                contracts.HistoryEntry(role=role, text=text[:LONGEST], sent_at=moment)
                for role, text in said
                if text
            ),
            customer_known=self.known,
            internal=contracts.InternalAccess(name=self.env.user.name) if self.internal else None,
            moment=moment,
            rules=tuple(tenant._runtime_rules(moment, channel, customer_tags=labels)),
        )
