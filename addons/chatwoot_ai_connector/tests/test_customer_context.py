from datetime import UTC, datetime, timedelta

from odoo import fields
from odoo.tests import tagged

from .connector_case import ConnectorCase, message_payload

OWNER = "5531988887777"


@tagged("post_install", "-at_install")
class TestCustomerContext(ConnectorCase):
    """What the rules of a turn depend on: the conversation's labels, and who is writing."""

    def setUp(self):
        super().setUp()
        vip = self.env["res.partner.category"].create({"name": "Cliente VIP"})
        now = fields.Datetime.now()
        self.vip_rule, self.vip_rule_8 = self.env["business.rule"].create(
            [
                {
                    "name": "Line for VIPs",
                    "kind": "general",
                    "text": "VIPs are called back.",
                    "customer_tag_ids": vip.ids,
                    "company_id": tenant.company_id.id,
                }
                for tenant in (self.tenant_7, self.tenant_8)
            ]
        )
        self.coming = self.env["business.temporary.rule"].create(
            {
                "name": "Next week",
                "kind": "promotion",
                "text": "Ten percent off.",
                "date_start": now + timedelta(days=7),
                "date_end": now + timedelta(days=8),
                "company_id": self.tenant_7.company_id.id,
            }
        )
        self.env["ai.special.phone"].create(
            {"tenant_id": self.tenant_7.id, "name": "Owner", "phone": f"+{OWNER}"}
            | {"upcoming_promotions": True}
        )

    def ask(self, labels=(), phone="5511999990000", account=None, **changes):
        account = account or self.account_7
        payload = message_payload(
            account=account.account_id,
            labels=list(labels),
            contact_inbox={"source_id": phone},
            **changes,
        )
        self.take_in(payload, account=account)
        conversation = self.conversation(account=account)
        return self.prepare(conversation)._build_request(1, "token")

    def keys(self, request):
        return {rule.key for rule in request.rules}

    def test_a_label_opens_the_rules_meant_for_it(self):
        key = f"business.rule,{self.vip_rule.id}"
        plain = self.ask()
        self.assertEqual(plain.customer.tags, ())
        self.assertNotIn(key, self.keys(plain))
        # As Chatwoot writes labels: lower case, no spaces.
        self.take_in(
            message_payload(message=502, labels=["cliente-vip"], updated_at=1781773300.0),
        )
        request = self.prepare(self.conversation())._build_request(1, "token")
        self.assertEqual(request.customer.tags, ("cliente-vip",))
        self.assertIn(key, self.keys(request))
        self.assertEqual(self.conversation().labels_text, "cliente-vip")

    def test_the_priority_goes_along_until_it_is_taken_away(self):
        self.assertEqual(self.ask(priority="high").priority, "high")
        for number, (told, known) in enumerate(
            (("urgent", "urgent"), ("of tomorrow", "urgent"), (["low"], "urgent"), (None, False))
        ):
            changes = {"priority": told, "updated_at": 1781773300.0 + number}
            self.take_in(message_payload(message=502 + number, **changes))
            self.assertEqual(self.conversation().priority, known)

    def test_a_label_that_is_taken_away_closes_them_before_the_answer_is_sent(self):
        self.ask(labels=["cliente-vip"])
        turn = self.conversation().turn_ids
        turn.depends_on = [f"business.rule,{self.vip_rule.id}"]
        self.assertTrue(turn._rules_still_hold())
        self.conversation().labels = False
        self.assertFalse(turn._rules_still_hold())

    def test_the_company_s_own_people_hear_of_what_is_coming(self):
        key = f"business.temporary.rule,{self.coming.id}"
        customer = self.ask()
        self.assertIsNone(customer.internal)
        self.assertNotIn(key, self.keys(customer))
        self.assertFalse(self.conversation().internal_phone, "customers' numbers are not kept")
        self.take_in(
            message_payload(
                message=502, contact_inbox={"source_id": OWNER}, updated_at=1781773300.0
            )
        )
        conversation = self.conversation()
        owner = self.prepare(conversation)._build_request(1, "token")
        self.assertEqual(owner.internal.name, "Owner")
        self.assertIn(key, self.keys(owner))
        self.env["ai.special.phone"].search([("tenant_id", "=", self.tenant_7.id)]).unlink()
        again = conversation.turn_ids.sorted("id")[-1]
        self.assertIsNone(again._internal_access(), "a phone taken off the list counts no more")
        self.assertNotIn(key, {rule.key for rule in again._rules_at(datetime.now(UTC))})

    def test_a_number_that_nobody_has_proven_is_nobody_s(self):
        self.inbox_7.channel = "whatsapp"
        request = self.ask(phone=OWNER, channel="Channel::Api")
        self.assertIsNone(request.internal)
        self.assertNotIn(f"business.temporary.rule,{self.coming.id}", self.keys(request))

    def test_the_owner_of_seven_is_a_customer_of_eight(self):
        request = self.ask(labels=["cliente-vip"], phone=OWNER, account=self.account_8)
        self.assertIsNone(request.internal)
        self.assertEqual(self.keys(request), {f"business.rule,{self.vip_rule_8.id}"})
