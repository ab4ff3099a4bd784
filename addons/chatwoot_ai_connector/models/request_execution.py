from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ..request_problem import NotPossible

CHANNEL = "root.chatwoot"


class RequestExecution(models.Model):
    """Doing what was approved, once. Each kind is done by the addon that joins the app to it.

    For a kind such an addon gives ``_execute_{kind}`` (the record made, or ``NotPossible``), and
    may give ``_describe_{kind}`` (what will be made), ``_tell_{kind}`` (the words about it),
    ``_told_{kind}`` (called when the customer has read them) and ``_stands_{kind}`` (whether a
    record made before is still what the customer wants).
    """

    _inherit = "chatwoot.request"

    def _enqueue_execution(self, once=False):
        self.ensure_one()
        self.with_delay(
            channel=CHANNEL,
            identity_key=f"chatwoot-request-do-{self.id}" if once else None,
            description=self.env._("Do what request %s asks for", self.id),
        )._job_execute()

    def _job_execute(self):
        """Do it unless it is done: state and result change in one transaction, under the lock.

        What stands against it (the slot was taken, a product left the offer) ends the request as
        failed and is told to the customer; anything else is a job that fails and can be retried.
        """
        self._lock_request()
        if self.state != "approved":
            return
        try:
            with self.env.cr.savepoint():
                record = self._done_before() or self._execute()
        except (UserError, ValidationError) as problem:
            words = str(problem.args[0])
            self._fail(words, isinstance(problem, NotPossible) and words)
        else:
            self._note_done(record)

    def _done_before(self):
        """The record made of the same wish in this conversation, if it still stands; or ``None``.

        A customer who says again what is done already gets no second one, but hears of the first.
        """
        wish = self._wanted()
        for request in self._that_count(self.conversation_id):
            if request.result_id and request._is_same(wish):
                record = self.env[request.result_model].browse(request.result_id).exists()
                stands = getattr(request, f"_stands_{request.kind}", None)
                if record and (stands is None or stands(record)):
                    return record
        return None

    def _execute(self):
        """The record made of the request. Raises ``NotPossible`` where something stands against it.

        It is looked at again whether the account still takes such requests, and, for whoever
        does it, everything that may have changed since the customer asked.
        """
        account = self.chatwoot_account_id
        tenant_turn = self.turn_id._in_tenant_language()
        request = self.with_company(self.company_id).with_context(
            lang=tenant_turn.env.context.get("lang"),
            allowed_company_ids=self.company_id.ids,
        )
        if not account._takes(self.kind):
            raise NotPossible(request._not_taken())
        return getattr(request, f"_execute_{self.kind}")()

    def _not_taken(self):
        return self.env._("we no longer take such requests.")

    def _contact(self):
        """The customer as a contact, made where none is known."""
        self.ensure_one()
        self.partner_id = self.partner_id or self._known_contact() or self._new_contact()
        return self.partner_id

    def _known_contact(self):
        """Whom the channel's number belongs to by now, or who was it in this conversation before.

        A conversation in Chatwoot is one customer's.
        """
        partners = self.env["res.partner"]
        if found := partners._proven(self.company_id, "customer_phone", self.contact_phone):
            return found._one_of_customer()
        known = [("conversation_id", "=", self.conversation_id.id), ("partner_id", "!=", False)]
        return self.search(known, limit=1).partner_id

    def _new_contact(self):
        return self.env["res.partner"].create(
            {
                "name": self.contact_name or self.env._("Customer"),
                "phone": self.contact_phone,
                "company_id": self.company_id.id,
                "comment": self.env._("Made of a request in Chatwoot."),
            }
        )

    def _origin_text(self):
        """Where the record comes from, for whoever opens it."""
        return self.env._(
            "%(summary)s\n\nChatwoot conversation %(number)s, %(date)s: %(address)s",
            summary=self.summary,
            number=self.conversation_id.display_id,
            date=fields.Date.to_string(self.create_date),
            address=self.conversation_id.chatwoot_url,
        )
