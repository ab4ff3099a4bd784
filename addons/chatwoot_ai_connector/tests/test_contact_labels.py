import logging
from unittest.mock import patch

from odoo.tests import tagged

from demo.chatwoot_double import Fault

from ..delivery.chatwoot_api import ChatwootApi
from ..models.turn_contact_labels import FRESH
from .story_case import StoryCase


@tagged("post_install", "-at_install")
class TestContactLabels(StoryCase):
    """An attendant labels a customer "vip" in Chatwoot; a routing rule goes by it."""

    def setUp(self):
        super().setUp()
        self.account_7.user_token = self.eva.access_token
        self.rule = self.env["chatwoot.routing.rule"].create(
            {"chatwoot_account_id": self.account_7.id, "label": "vip", "role": "sales"}
        )
        self.ana.labels = ["vip", "campinas"]

    def asked(self, text="Qual ração?"):
        self.writes(text)
        return self.answered_and_sent(self.prepared())

    def no_asking(self):
        return patch.object(ChatwootApi, "contact_labels", side_effect=AssertionError("asked"))

    def test_the_contacts_labels_reach_the_decision(self):
        request = self.asked()
        self.assertEqual(request.customer.contact_labels, ("vip", "campinas"))
        # Labels of the conversation are not the contact's, and the other way round.
        self.assertEqual(request.customer.tags, ())

    def test_a_burst_asks_once_and_later_they_are_read_anew(self):
        self.asked()
        self.ana.labels = ["inadimplente"]
        with self.no_asking():
            again = self.asked("E o preço?")
        self.assertEqual(again.customer.contact_labels, ("vip", "campinas"))
        self.here.contact_labels_at -= FRESH
        self.assertEqual(self.asked("E hoje?").customer.contact_labels, ("inadimplente",))

    def test_the_rule_says_that_contacts_cannot_be_read(self):
        self.assertFalse(self.rule.contact_unread)
        self.account_7.user_token = False
        self.assertTrue(self.as_user(self.rule, self.manager_7).contact_unread)
        self.rule.write({"label": False, "keywords": "ração"})
        self.assertFalse(self.rule.contact_unread)

    def test_a_customer_without_labels_has_none(self):
        self.ana.labels = []
        self.assertEqual(self.asked().customer.contact_labels, ())

    def test_nobody_is_asked_where_no_rule_goes_by_a_label_or_no_agent_lends_a_token(self):
        self.rule.write({"label": False, "keywords": "ração"})
        with self.no_asking():
            self.assertIsNone(self.asked().customer.contact_labels)
        self.rule.label = "vip"
        self.account_7.user_token = False
        with self.no_asking():
            self.assertIsNone(self.asked().customer.contact_labels)

    def test_a_chatwoot_that_does_not_answer_keeps_nobody_waiting(self):
        self.asked()
        self.here.contact_labels_at -= FRESH
        self.chatwoot.fail_next(
            Fault("GET", "/labels", path_start="/api/v1/accounts/7/contacts/", status=503)
        )
        logger = "odoo.addons.chatwoot_ai_connector.models.turn_contact_labels"
        with self.assertLogs(logger, logging.INFO):
            request = self.asked("E o preço?")
        self.assertEqual(request.customer.contact_labels, ("vip", "campinas"))

    def test_seven_does_not_read_the_labels_of_eights_contact(self):
        bruno = self.chatwoot.add_contact(8, "Bruno")
        bruno.labels = ["devedor"]
        self.writes("Qual ração?")
        self.here.contact_id = bruno.id
        logger = "odoo.addons.chatwoot_ai_connector.models.turn_contact_labels"
        with self.assertLogs(logger, logging.INFO):
            request = self.answered_and_sent(self.prepared())
        self.assertIsNone(request.customer.contact_labels)
