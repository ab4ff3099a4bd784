"""Stories of a conversation: people act in Chatwoot, Odoo hears of it by webhooks."""

import json
from random import Random

from odoo import fields

from ..intake import store
from ..normalise import normalise
from .connector_case import ConnectorCase
from .delivery_case import DeliveryCase


class StoryCase(DeliveryCase):
    """A customer and an attendant of account 7.

    What Chatwoot would send is held back until the test lets Odoo hear it (:meth:`hear`), and is
    taken in as the webhook's endpoint hands it on.
    """

    drain = ConnectorCase.drain
    take_in = ConnectorCase.take_in

    def setUp(self):
        self.held = self.enterContext(self.chatwoot.holding_back())
        super().setUp()
        self.held.clear()
        self.eva = self.chatwoot.add_user(7, "Eva")
        self.ana = self.chatwoot.add_contact(7, "Ana")
        self.inbox = next(iter(self.chatwoot.accounts[7].inboxes.values()))
        # Nothing leaves, because deliveries are held back: it only says that there is a receiver.
        self.inbox.bot.outgoing_url = "https://odoo.example.test/webhook/chatwoot"

    # --- people act ---

    def writes(self, *texts):
        """The customer writes and Odoo hears of it; the last message."""
        for text in texts:
            message = self.chatwoot.customer_says(7, self.inbox, self.ana, text)
            self.there = message.conversation
        self.hear()
        return message

    def eva_says(self, text):
        self.chatwoot.attendant_says(self.there, self.eva, text)
        self.hear()

    def eva_takes_over(self):
        self.chatwoot.attendant_takes(self.there, self.eva)
        self.hear()

    def eva_gives_back(self):
        self.chatwoot.attendant_gives_back(self.there)
        self.hear()

    def set_status(self, status):
        self.chatwoot.set_status(self.there, status)
        self.hear()

    def record_held(self):
        """Chatwoot's webhooks arrive; nothing is worked off yet."""
        for delivery in self.held:
            if event := normalise(json.loads(delivery.body)):
                store.record_event(self.env.cr, self.account_7.id, event)
        self.held.clear()

    def hear(self, shuffled=None):
        """Let Odoo hear what Chatwoot has sent; in another order with a number to shuffle by."""
        payloads = [json.loads(delivery.body) for delivery in self.held]
        self.held.clear()
        if shuffled is not None:
            Random(shuffled).shuffle(payloads)
        self.take_in(*(payload for payload in payloads if normalise(payload)))
        self.env.flush_all()

    # --- Odoo works ---

    @property
    def here(self):
        """The conversation as Odoo knows it."""
        return self.env["chatwoot.conversation"].search(
            [
                ("chatwoot_account_id", "=", self.account_7.id),
                ("display_id", "=", self.there.display_id),
            ]
        )

    def prepared(self):
        """The turn that is made of what waits, as if its time had come."""
        self.here.due_at = fields.Datetime.now()
        return self.here._prepare_turn()

    def due_now(self):
        """The turn that is made of what waits, if its time has come."""
        return self.here._prepare_turn()

    def answered_and_sent(self, turn, **result):
        """The turn's whole way through runtime and delivery; the request the runtime got."""
        self.answered(turn, **result)
        self.assertIsNone(self.deliver(turn))
        self.hear()
        return self.runtime.requests[-1]

    def heard_by_ana(self):
        return self.said(self.there)
