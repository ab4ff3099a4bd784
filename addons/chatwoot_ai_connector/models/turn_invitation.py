"""Asking the customer to write again when the channel's reply window is closed."""

from datetime import timedelta

from odoo import fields, models

from ..delivery.problems import Rejected
from ..delivery.unsettled import Unsettled

INVITE_AGAIN = timedelta(days=1)
"""A customer who did not follow an invitation is not sent another one for so long."""


class TurnInvitation(models.Model):
    _inherit = "chatwoot.turn"

    def _stop(self, api, state, started, refusal):
        """A closed window: the inbox's template, once, and only without one a person."""
        number = self._shortly("_prepare_invitation") if refusal == "cannot_reply" else None
        if not number:
            super()._stop(api, state, started, refusal)
            return
        try:
            self._send_part(api, number)
        except Unsettled:
            self._hand_over(api, state, started, "unconfirmed")
        except Rejected as error:
            self._shortly("write", {"error": str(error)})
            self._hand_over(api, state, started, refusal)
        else:
            self._shortly("_finish", "invited", {"handover_reason": False}, started)

    def _prepare_invitation(self):
        """Number of the template's part; ``None`` when a person is to be asked."""
        part = self.part_ids.filtered("template_params")
        if part:
            return part.number if part.state != "failed" else None
        invitation = self._in_tenant_language()._invitation()
        wants_person = self.handover_reason not in (False, "cannot_reply")
        if not invitation or wants_person or self._has_begun() or self._invited_lately():
            return None
        self._lock_turn()
        content, params = invitation
        part = self.env["chatwoot.turn.part"].create(
            {
                "turn_id": self.id,
                "number": max(self.part_ids.mapped("number"), default=0) + 1,
                "content": content,
                "template_params": params,
            }
        )
        return part.number

    def _invitation(self):
        # A template's placeholder may not stay empty.
        customer = self.contact_name or self.env._("customer")
        return self.conversation_id.inbox_id._invitation(customer, self.company_id.name)

    def _invited_lately(self):
        return bool(
            self.search_count(
                [
                    ("conversation_id", "=", self.conversation_id.id),
                    ("state", "=", "invited"),
                    ("finished_at", ">", fields.Datetime.now() - INVITE_AGAIN),
                ],
                limit=1,
            )
        )


class ConversationInvitation(models.Model):
    _inherit = "chatwoot.conversation"

    def _make_turn(self, messages, former):
        """Who follows an invitation gets the answer to what was asked before it, unless a person
        has seen to that."""
        latest = self.turn_ids.filtered(lambda turn: turn.state not in ("superseded", "ignored"))
        latest = (latest - former).sorted("id")[-1:]
        asked = latest.message_ids if latest.state == "invited" else self.env["chatwoot.message"]
        said = self._last_words_of_people()
        asked = asked.filtered(lambda message: message.message_id > said)
        return super()._make_turn(messages | asked, former)
