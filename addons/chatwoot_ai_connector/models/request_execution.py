from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ..request_problem import NotPossible

CHANNEL = "root.chatwoot"


class RequestExecution(models.Model):
    """Doing what was approved, once. Each kind is done by the addon that joins the app to it."""

    _inherit = "chatwoot.request"

    def _enqueue_execution(self):
        self.ensure_one()
        self.with_delay(
            channel=CHANNEL, description=self.env._("Do what request %s asks for", self.id)
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
                record = self._execute()
        except (UserError, ValidationError) as problem:
            words = str(problem.args[0])
            told = isinstance(problem, NotPossible) and words
            self.write({"state": "failed", "problem": words, "refusal": told})
        else:
            self.write(
                {
                    "state": "done",
                    "result_model": record._name,
                    "result_id": record.id,
                    "result_name": record.display_name,
                }
            )
        self._enqueue_telling()

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
        if account._request_policies().get(self.kind, "off") == "off" or not account.active:
            raise NotPossible(
                request.env._("“%s” no longer takes such requests.", account.display_name)
            )
        return getattr(request, f"_execute_{self.kind}")()

    def _contact(self):
        """The customer as a contact, made where none is known."""
        self.ensure_one()
        if not self.partner_id:
            self.partner_id = self.env["res.partner"].create(
                {
                    "name": self.contact_name or self.env._("Customer"),
                    "phone": self.contact_phone,
                    "email": self.contact_email,
                    "company_id": self.company_id.id,
                    "comment": self.env._("Made of a request in Chatwoot; nothing is verified."),
                }
            )
        return self.partner_id

    def _origin_text(self):
        """Where the record comes from, for whoever opens it."""
        return self.env._(
            "%(summary)s\n\nChatwoot conversation %(number)s, %(date)s",
            summary=self.summary,
            number=self.conversation_id.display_id,
            date=fields.Date.to_string(self.create_date),
        )
