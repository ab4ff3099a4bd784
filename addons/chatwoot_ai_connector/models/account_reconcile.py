"""Taking up what no webhook has told: Chatwoot repeats few of them, and none for long."""

import time
from datetime import UTC, datetime, timedelta

from odoo import api, fields, models

from ..delivery import missed
from ..delivery.chatwoot_api import PAGE
from ..intake import directory, store

# Not from turn_dispatch: an account's file that imports a turn's registers it before its model.
CHANNEL = "root.chatwoot"
PAGES = 4
"""Pages of conversations read at a time: the first, and on from where the last time ended."""
READS = 25
"""Conversations whose messages are read at a time."""
SECONDS = 10
"""Time after which the rest is left to the next run."""
ON_ITS_WAY = timedelta(minutes=1)
"""So long a message's own webhook may still come."""
EXPECTED_FOR = timedelta(days=3)
"""Longer than a long weekend. Whose message is older expects no answer of ours any more."""
PRIORITY = 20
"""Of the jobs: customers' answers (10) go first."""


class AccountReconcile(models.Model):
    _inherit = "chatwoot.account"

    reconciled_at = fields.Datetime(
        string="Last Compared",
        readonly=True,
        copy=False,
        help="When the conversations that wait in Chatwoot were last compared with those known "
        "here, so that a lost webhook loses no message. Needs the user token.",
    )
    reconcile_page = fields.Integer(
        default=2, copy=False, help="The page of conversations to go on with."
    )

    @api.model
    def _cron_reconcile(self):
        """Have every account compared that lets us; each in a job, none while it is paused."""
        now = fields.Datetime.now()
        unpaused = ["|", ("paused_until", "=", False), ("paused_until", "<=", now)]
        for account in self.search(unpaused):
            readable = account.sudo().user_token and account.sudo().bot_token
            if readable and account._has_its_webhooks():
                account.with_delay(
                    channel=CHANNEL,
                    priority=PRIORITY,
                    identity_key=f"chatwoot-reconcile-{account.id}",
                    description=self.env._("Look for missed messages of %s", account.name),
                )._job_reconcile()

    def _has_its_webhooks(self):
        """Whether events of this account come here: the copy of a database, which holds the same
        tokens, must answer nobody."""
        token = self.sudo().route_token
        place = directory.find_route(token) if token else None
        return place == directory.Place(self.env.cr.dbname, self.id)

    def _job_reconcile(self):
        """Compare the conversations that wait for the assistant with what is known here.

        What is missing goes the way of a webhook, under the same key: if the webhook comes after
        all, it changes nothing. A conversation is read once after its last message, because a
        later message that was told says nothing of one before it that was not; but first those
        of which it is certain, on all pages.
        """
        self.ensure_one()
        until = time.monotonic() + SECONDS
        page, deeper, read, compared = 1, max(self.reconcile_page, 2), 0, []
        with self._asking() as chatwoot:
            for _number in range(PAGES):
                bodies = self._waiting_in_chatwoot(chatwoot, page)
                wanted, complete = self._shortly("_to_be_read", bodies)
                compared += complete
                read += self._read_missed(chatwoot, wanted, READS - read, until)
                if len(bodies) < PAGE:
                    page = 2
                    break
                page, deeper = deeper, deeper + 1
                if read == READS or time.monotonic() > until:
                    break
            self._read_missed(chatwoot, compared, READS - read, until)
            self._shortly("_note_reconciled", page)

    def _read_missed(self, chatwoot, wanted, most, until):
        """Read the messages of conversations, ``most`` of them; returns how many were read."""
        for number, (body, after) in enumerate(wanted[:most]):
            if time.monotonic() > until:
                return number
            self._shortly("_feed_messages", body, chatwoot.messages(body["id"], after=after))
        return len(wanted[:most])

    def _waiting_in_chatwoot(self, chatwoot, page):
        """A page of the conversations that the assistant may answer."""
        if self.registration == "account_webhook":
            return chatwoot.conversations("open", "unassigned", page)
        return chatwoot.conversations("pending", "all", page)

    def _to_be_read(self, bodies):
        """Which of the conversations have messages that are not known here, and after which; and
        of which that is not certain, because their last one is known.

        Feeds news of a conversation whose state is another one here, and takes up again what
        has lain here without an answer.
        """
        self.ensure_one()
        wanted, compared = [], []
        for body in bodies:
            found = missed.listed(body)
            conversation = self._answered_conversation(found)
            if conversation is None or self._is_on_its_way(found):
                continue
            known = max(conversation.message_ids.mapped("message_id"), default=0)
            if self._tells_another_state(conversation, body):
                store.record_event(self.env.cr, self.id, missed.conversation_event(body))
            if self._is_too_old(found):
                continue
            after = conversation.compared_until or None
            if found.last_message > known:
                wanted.append((body, after))
                continue
            conversation._take_up_silent()
            if found.last_message > conversation.compared_until:
                compared.append((body, after))
        return wanted, compared

    def _answered_conversation(self, found):
        """The conversation, empty when it is new; ``None`` when its inbox is not answered."""
        inbox = self.env["chatwoot.inbox"].search(
            [("chatwoot_account_id", "=", self.id), ("inbox_id", "=", found.inbox_id)]
        )
        if not inbox.bot_enabled:
            return None
        return self.env["chatwoot.conversation"].search(
            [("chatwoot_account_id", "=", self.id), ("display_id", "=", found.display_id)]
        )

    def _is_on_its_way(self, found):
        age = datetime.now(UTC).timestamp() - found.last_message_at
        return age < ON_ITS_WAY.total_seconds()

    def _is_too_old(self, found):
        return datetime.fromtimestamp(found.last_message_at, UTC) < self._expected_since()

    def _expected_since(self):
        """Who wrote before expects no answer of ours any more, or never expected one."""
        oldest = max(fields.Datetime.now() - EXPECTED_FOR, self.create_date)
        return oldest.replace(tzinfo=UTC)

    def _tells_another_state(self, conversation, body):
        news = missed.conversation_event(body)
        if not conversation or news is None:
            return False
        told = news.conversation
        return (told.status, told.assignee_type or False) != (
            conversation.status,
            conversation.assignee_type,
        )

    def _feed_messages(self, body, messages):
        found = missed.listed(body)
        conversation = self._answered_conversation(found) or self.env["chatwoot.conversation"]
        events = missed.message_events(
            body,
            messages,
            known=set(conversation.message_ids.mapped("message_id")),
            turns=set(conversation.turn_ids.ids),
            since=self._expected_since(),
        )
        for event in events:
            store.record_event(self.env.cr, self.id, event)
        if conversation:
            # As far as was read: an answer holds a hundred messages.
            conversation.compared_until = max(
                (message["id"] for message in messages), default=found.last_message
            )

    def _note_reconciled(self, page):
        self.write(
            {"reconciled_at": fields.Datetime.now(), "reconcile_page": page, "reading_error": False}
        )
