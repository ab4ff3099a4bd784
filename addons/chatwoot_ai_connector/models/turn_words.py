"""What a customer reads when a person takes over and the runtime has not said so."""

from datetime import UTC, datetime

from odoo import models

from agent_runtime.opening import is_closed


class TurnWords(models.Model):
    _inherit = "chatwoot.turn"

    def _neutral_words(self):
        """A sentence in the tenant's language and formality; never technical.

        While the company is closed nobody answers "as soon as possible", and nothing is said
        that would sound like it.
        """
        turn = self._in_tenant_language()
        tenant = turn.chatwoot_account_id.tenant_id
        words = turn._words_while_closed() if turn._is_closed_now() else turn._words_while_open()
        return words[tenant.formality]

    def _is_closed_now(self):
        hours = self._hours()
        return bool(hours) and is_closed(hours, datetime.now(UTC))

    def _words_while_open(self):
        company = self.chatwoot_account_id.tenant_id.name
        return {
            "informal": self.env._(
                "I am calling someone from the %s team to go on with you here!", company
            ),
            "moderate": self.env._(
                "I am asking someone from the %s team to continue this conversation. You will be "
                "answered here as soon as possible.",
                company,
            ),
            "formal": self.env._(
                "A member of the %s team will continue to assist you. You will receive an answer "
                "here as soon as possible.",
                company,
            ),
        }

    def _words_while_closed(self):
        company = self.chatwoot_account_id.tenant_id.name
        return {
            "informal": self.env._(
                "%s is closed right now. I have left your message for the team, and they will "
                "answer you here when we are back!",
                company,
            ),
            "moderate": self.env._(
                "%s is closed at the moment. I have passed your message on to the team, who will "
                "answer you here once we are open again.",
                company,
            ),
            "formal": self.env._(
                "%s is closed at the moment. Your message has been passed on to our team, who "
                "will answer you here once we have reopened.",
                company,
            ),
        }

    def _in_tenant_language(self):
        """This turn in the language the tenant speaks with its customers.

        A language that is not installed has no translations, so English stands in for it.
        """
        lang = self.chatwoot_account_id.tenant_id.lang
        installed = self.env["res.lang"]._get_data(code=lang)
        return self.with_context(lang=lang if installed else None)
