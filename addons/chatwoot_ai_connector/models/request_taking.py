from datetime import UTC, timedelta

from odoo import api, fields, models

from agent_runtime.contracts import ActionRequest, KnownRequest

from .chatwoot_request import DECIDED_ON

MOST = 5
"""Requests of one conversation that wait or were done within :data:`LATELY`: nobody wants more,
except to do harm."""
LATELY = timedelta(days=1)
TIMES = 20
"""So many times are kept at most for those of an account's customers whom nobody knows."""
BEFORE = timedelta(hours=1)
"""So long before an appointment its customer knows at the latest."""


class RequestTaking(models.Model):
    """From what the runtime has put into an answer to requests that somebody decides on."""

    _inherit = "chatwoot.request"

    @api.model
    def _of_turn(self, turn, wanted):
        """Take up the wishes of an answer that has reached the customer.

        The customer has read there that the outcome is told. So whatever is not taken is told to
        have failed; only of what waits already, and is told of anyway, nothing new is made.
        """
        # Its first words in the chatter are for the tenant's people.
        requests, mine = self.browse(), self.with_env(turn._in_tenant_language().env)
        for wish in {wish.kind: wish for wish in wanted}.values():
            earlier = self._that_count(turn.conversation_id)
            if not any(request._is_same(wish) for request in earlier if not request.result_id):
                requests += mine.create(self._values(turn, wish))._taken_up(earlier)
        return requests

    def _that_count(self, conversation):
        """The conversation's requests that wait, were done lately or are of a time to come."""
        now = fields.Datetime.now()
        return self.search(
            [
                ("conversation_id", "=", conversation.id),
                ("state", "in", DECIDED_ON),
                "|",
                "|",
                ("state", "!=", "done"),
                ("create_date", ">", now - LATELY),
                ("starts_at", ">", now),
            ]
        )

    def _is_same(self, wish):
        return _essence(self._wanted()) == _essence(wish)

    @api.model
    def _values(self, turn, wish):
        now = fields.Datetime.now()
        starts_at = wish.starts_at and wish.starts_at.astimezone(UTC).replace(tzinfo=None)
        expires_at = now + timedelta(hours=turn.chatwoot_account_id.request_hours)
        if starts_at:
            # Early enough to make something else of the day, and never too late to decide at all.
            expires_at = min(expires_at, starts_at - min(BEFORE, (starts_at - now) / 2))
        return {
            "turn_id": turn.id,
            "kind": wish.kind,
            "summary": wish.summary,
            "payload": wish.model_dump(mode="json"),
            "contact_name": turn.contact_name,
            "contact_phone": turn.conversation_id.proven_phone,
            "partner_id": turn._identified_partner().id,
            "starts_at": starts_at,
            "expires_at": expires_at,
        }

    def _taken_up(self, earlier):
        """Refuse, approve or have somebody decide; ``earlier`` are those that count already."""
        request = self.with_env(self.turn_id._in_tenant_language().env)
        account = self.chatwoot_account_id
        if not account._takes(self.kind):
            words = request._not_taken()
            self._fail(words, words)
        elif len(earlier) >= MOST:
            words = request.env._("there are already as many requests of yours as we take.")
            self._fail(words, words)
        elif before := self._done_before():
            # Here and not by a job, until which it may no longer stand.
            self._note_done(before)
        elif not self._needs_person(earlier):
            self._decide("approved", self.env.ref("base.user_root"))
        else:
            self.holds_time = self._may_hold_time(earlier)
            self._ask_somebody(lambda one: one.env._("Decide: %s", one.display_name))
        return self

    def _needs_person(self, earlier):
        """Whether somebody must decide: by the policy, beside a hand-over, or at a flood.

        A time may be taken from the calendar by a customer nobody knows, but only one at a time.
        """
        account = self.chatwoot_account_id
        one_more = self._is_strangers() and any(request.starts_at for request in earlier)
        automatic = account._request_policies()[self.kind] == "automatic"
        flood = self._done_by_policy(account) >= account.automatic_a_day
        asked = self.turn_id.handover_reason or not automatic
        return bool(asked or flood or one_more)

    def _may_hold_time(self, earlier):
        """Whether its time is offered to nobody else while it waits.

        Strangers may begin any number of conversations: they do not get the calendar that way.
        """
        if not self._is_strangers():
            return True
        held = [
            ("chatwoot_account_id", "=", self.chatwoot_account_id.id),
            ("state", "=", "waiting"),
            ("holds_time", "=", True),
            ("starts_at", "!=", False),
            ("id", "!=", self.id),
        ]
        return not any(earlier.mapped("starts_at")) and self.search_count(held) < TIMES

    def _is_strangers(self):
        """Whether a customer whom the channel does not prove wants a time."""
        return bool(self.starts_at) and not self.turn_id._proven_identity()

    @api.model
    def _done_by_policy(self, account):
        """How many of the account's requests the policy has lately decided on."""
        return self.search_count(
            [
                ("chatwoot_account_id", "=", account.id),
                ("decided_by_id", "=", self.env.ref("base.user_root").id),
                ("state", "in", ("approved", "done")),
                ("decided_at", ">", fields.Datetime.now() - LATELY),
            ]
        )


class ConversationRequests(models.Model):
    _inherit = "chatwoot.conversation"

    def _known_requests(self):
        """The :class:`contracts.KnownRequest` of what the customer waits for, or has got."""
        now = fields.Datetime.now()
        requests = self.env["chatwoot.request"].sudo()._that_count(self)
        return tuple(
            KnownRequest(
                kind=request.kind,
                state="done" if request.state == "done" else "waiting",
                summary=request.summary,
                scheduling_rule=request._wanted().scheduling_rule,
                starts_at=request._wanted().starts_at,
            )
            for request in requests.sorted("id")
            if not request.starts_at or request.starts_at > now
        )


def _essence(wish: ActionRequest):
    """What makes two wishes the same, however it is put; a lead is nothing but its words."""
    lines = frozenset((line.product, line.quantity) for line in wish.products)
    words = wish.summary if wish.kind == "lead" else None
    return wish.kind, wish.scheduling_rule, wish.starts_at, lines, words
