"""The connection of an account to its Chatwoot, tested on request."""

import time
from functools import partial

from odoo import fields, models
from odoo.addons.company_services.tools import secrets
from odoo.addons.company_services.tools.crypto import SecretKeyMissing, SecretUnreadable
from odoo.exceptions import UserError

from ..delivery.chatwoot_admin import ChatwootAdmin
from ..selftest import address, judge_chatwoot, judge_events, judge_wiring
from ..selftest.ask import ask_all
from ..selftest.facts import Facts, Setup
from .chatwoot_account import WEBHOOK_PATH

SECONDS = 5
"""For the whole test: a person waits for it."""
MAX_INBOXES = 40
"""Inboxes whose bot is asked for; there is a request for each."""


class AccountSelfTest(models.Model):
    _inherit = "chatwoot.account"

    def action_self_test(self):
        """Test the connection and show the result; takes up to five seconds.

        Everything is read before Chatwoot is asked and written afterwards, so that no row is
        locked meanwhile.
        """
        self.ensure_one()
        self.check_access("write")
        facts = self.sudo()._gather_facts(time.monotonic() + SECONDS)
        test = self.env["chatwoot.self.test"].create(
            {
                "chatwoot_account_id": self.id,
                "tested_at": fields.Datetime.now(),
                "line_ids": [fields.Command.create(line._asdict()) for line in self._judged(facts)],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Test of the Connection"),
            "res_model": "chatwoot.self.test",
            "res_id": test.id,
            "view_mode": "form",
            "target": "new",
        }

    def _judged(self, facts):
        """The lines of the result in the user's language, in the order of setting things up."""
        lines = list(judge_chatwoot.chatwoot(self.env, facts))
        if not facts.problem("version"):
            # Of a Chatwoot that is not there nothing else can be said.
            lines += judge_chatwoot.bot_token(self.env, facts)
            lines += judge_chatwoot.user_token(self.env, facts)
            lines += judge_wiring.bot_address(self.env, facts)
            lines += judge_wiring.inboxes(self.env, facts)
            lines += judge_wiring.webhooks(self.env, facts)
        lines += judge_events.secrets(self.env, facts)
        lines += judge_events.webhook_address(self.env, facts)
        lines += judge_events.answer_time(self.env, facts)
        lines += judge_events.arrivals(self.env, facts)
        return lines

    def _gather_facts(self, deadline):
        """Everything that can be found out until ``deadline`` (monotonic seconds)."""
        tokens = self._tokens()
        facts = Facts(self._setup(tokens))
        admin = ChatwootAdmin(self.base_url, self.account_id)
        try:
            facts.answers |= ask_all(self._first_questions(admin, facts.setup, tokens), deadline)
            if facts.is_administrator:
                second = self._second_questions(admin, facts, tokens)
                facts.answers |= ask_all(second, deadline)
        finally:
            admin.close()
        return facts

    def _tokens(self):
        """The secrets in clear, by field. They stay on the server."""
        names = ("bot_token", "user_token", "webhook_secret", "account_webhook_secret")
        try:
            return {name: secrets.reveal(self, name) for name in names}
        except (SecretKeyMissing, SecretUnreadable) as error:
            raise UserError(
                self.env._(
                    "The secrets of “%(account)s” cannot be read: %(error)s",
                    account=self.name,
                    error=error,
                )
            ) from error

    def _setup(self, tokens):
        return Setup(
            number=self.account_id,
            registration=self.registration,
            base_url=self.base_url,
            webhook_url=self.webhook_url or None,
            webhook_path=WEBHOOK_PATH,
            has_bot_token=bool(tokens["bot_token"]),
            has_user_token=bool(tokens["user_token"]),
            has_bot_secret=bool(tokens["webhook_secret"]),
            has_webhook_secret=bool(tokens["account_webhook_secret"]),
            accepts_body_signature=self.accept_body_signature,
            events_arrive=bool(self.last_event_at),
            answered_inboxes=frozenset(self.inbox_ids.filtered("bot_enabled").mapped("inbox_id")),
        )

    def _first_questions(self, admin, setup, tokens):
        """What can be asked at once, by the names that the judgements use."""
        bot, user = tokens["bot_token"], tokens["user_token"]
        bot_secret, webhook_secret = tokens["webhook_secret"], tokens["account_webhook_secret"]
        questions = {"version": admin.version}
        if bot:
            questions["bot_owner"] = partial(admin.owner, bot)
            questions["bot_rights"] = partial(admin.let_bot_act, bot)
        if user:
            questions["owner"] = partial(admin.owner, user)
            questions["bots"] = partial(admin.bots, user, bot, bot_secret)
            questions["inboxes"] = partial(admin.inboxes, user)
            questions["webhooks"] = partial(admin.webhooks, user, webhook_secret)
        if setup.webhook_url:
            questions["addresses"] = partial(address.private_addresses, setup.webhook_url)
            by_webhook = setup.registration == "account_webhook"
            if secret := webhook_secret if by_webhook else bot_secret:
                questions["knock"] = partial(address.knock, setup.webhook_url, setup.number, secret)
        return questions

    def _second_questions(self, admin, facts, tokens):
        """The bot of each inbox, now that the inboxes are known."""
        bot, user = tokens["bot_token"], tokens["user_token"]
        return {
            facts.inbox_bot(inbox.id): partial(admin.bot_of_inbox, user, inbox.id, bot)
            for inbox in (facts.good("inboxes") or ())[:MAX_INBOXES]
        }
