from odoo import fields, models

from ..delivery.problems import NotForBots, NotFound, Refused, Rejected


class AccountRemedy(models.Model):
    """What Chatwoot refuses, in words for the account's form: what is wrong and what to do."""

    _inherit = "chatwoot.account"

    reading_error = fields.Text(
        readonly=True,
        copy=False,
        help="Why Chatwoot does not let us list messages and conversations with the user token.",
    )

    def _note_refusal(self, error, display_id=None):
        """Show a refusal on the account; what concerns the user's token stands apart, because an
        answer that is sent says nothing about it."""
        self.ensure_one()
        # Whoever refuses can be reached.
        self._note_reached()
        field = "reading_error" if getattr(error, "by_user", False) else "last_error"
        remedy = self._in_tenant_language()._remedy(error, display_id)
        if self[field] != remedy:
            self[field] = remedy

    def _in_tenant_language(self):
        lang = self.tenant_id.lang
        installed = self.env["res.lang"]._get_data(code=lang)
        return self.with_context(lang=lang if installed else None)

    def _remedy(self, error, display_id=None):
        """``error`` is one of :mod:`..delivery.problems` or of the encryption of secrets."""
        if isinstance(error, NotFound):
            return self._remedy_not_found(display_id)
        if isinstance(error, NotForBots):
            return self.env._(
                "This Chatwoot does not let bots read conversations. Update it to version 4.14.2 "
                "or newer, or enter an agent's access token as user token."
            )
        if isinstance(error, Refused):
            return self._remedy_refused(str(error), getattr(error, "by_user", False))
        if isinstance(error, Rejected):
            return self.env._(
                "Chatwoot does not do what the assistant asks of it (%s). Check that the Chatwoot "
                "address is the one your browser shows when Chatwoot is open, with https:// where "
                "it has it, and that no proxy in front of it interferes.",
                str(error),
            )
        return str(error)

    def _remedy_not_found(self, display_id):
        if not display_id:
            return self.env._(
                "Chatwoot does not know account %s. Check the Chatwoot address and the account "
                "number.",
                self.account_id,
            )
        return self.env._(
            "Chatwoot does not know conversation %(number)s of account %(account)s. Check "
            "the Chatwoot address and the account number.",
            number=display_id,
            account=self.account_id,
        )

    def _remedy_refused(self, words, by_user):
        if "no bot token" in words:
            return self.env._(
                "There is no bot token, so that no answer can be sent. Copy the access token of "
                "the bot from Chatwoot's Settings, Bots; what waits is sent then."
            )
        if "suspended" in words:
            return self.env._(
                "Chatwoot has suspended account %(account)s (%(error)s). Have it reactivated in "
                "Chatwoot; what waits is sent then.",
                account=self.account_id,
                error=words,
            )
        if "access this account" in words:
            return self.env._(
                "The token belongs to another Chatwoot account than number %(account)s "
                "(%(error)s). Check the account number, or copy the token of that account.",
                account=self.account_id,
                error=words,
            )
        if "sign in" in words:
            return self.env._(
                "Chatwoot received no token (%s). Let the proxy in front of Chatwoot pass the "
                "header Api-Access-Token on.",
                words,
            )
        if by_user:
            return self.env._(
                "Chatwoot refuses the user token (%s). Copy the access token from the profile of "
                "an agent who belongs to the inboxes that are answered.",
                words,
            )
        return self.env._(
            "Chatwoot refuses the bot token (%(error)s). Copy the access token of the agent "
            "bot from Chatwoot again, and check that the bot is connected to the inbox.",
            error=words,
        )
