from odoo.addons.chatwoot_ai_connector.tests.request_case import RequestCase
from odoo.exceptions import UserError
from odoo.tests import tagged

WANTED = {"kind": "lead", "summary": "Wants to resell our food"}


@tagged("post_install", "-at_install")
class TestRequestTaking(RequestCase):
    """Which wishes become requests, and which of them nobody needs to decide on."""

    def setUp(self):
        super().setUp()
        self.account_7.lead_policy = "approve"

    def more(self, **wanted):
        """The customer writes more in the same conversation, and wants this."""
        message = self.chatwoot.customer_says(
            7, self.remote.inbox, self.remote.contact, "Quero mais"
        )
        turn = self._turn(self.turn.conversation_id, message)
        for one in self.turn + turn:
            one.message_ids.turn_id = one
        return self.wish(turn, **{**WANTED, **wanted})

    def leads(self):
        return self.env["crm.lead"].search([("company_id", "=", self.tenant_7.company_id.id)])

    def test_what_is_decided_with_the_account_is_published(self):
        self.tenant_8.publish_state = "published"
        values = self.account_8.copy_data({"lead_policy": "approve", "tenant_id": False})[0]
        self.account_8.unlink()
        account = self.env["chatwoot.account"].create({**values, "tenant_id": self.tenant_8.id})
        self.assertEqual(account.lead_policy, "approve")
        self.assertEqual(self.tenant_8.publish_state, "to_publish")

    def test_said_again_it_waits_once(self):
        request = self.wish(**WANTED)
        self.assertFalse(self.more())
        self.assertTrue(self.more(summary="Wants a catalogue"))
        self.approve(request)
        self.assertEqual(len(self.leads()), 1)

    def test_said_again_after_it_was_done_it_is_told_and_not_made_again(self):
        self.approve(self.wish(**WANTED))
        again = self.more()
        self.carry_out(again)
        self.assertEqual((again.state, again.result_id), ("done", self.leads().id))
        self.assertEqual(again.told, "customer")
        self.assertFalse(again.decided_by_id, "nobody approved of anything new")
        self.leads().unlink()
        self.assertEqual(self.more().state, "waiting", "what is gone may be wanted anew")

    def test_what_stops_standing_before_it_is_told_is_not_made_again(self):
        self.approve(self.wish(**WANTED))
        again = self.more()
        self.leads().unlink()
        self.carry_out(again)
        self.assertFalse(self.leads(), "a person decides on such requests")

    def test_the_same_in_another_conversation_is_another_one(self):
        self.wish(**WANTED)
        _remote, turn = self.ask("Também quero")
        self.assertEqual(self.wish(turn, **WANTED).state, "waiting")

    def test_the_runtime_is_told_what_was_asked_for_here(self):
        request = self.wish(**WANTED)
        conversation = self.turn.conversation_id
        [known] = conversation._known_requests()
        self.assertEqual((known.kind, known.state), ("lead", "waiting"))
        self.assertEqual(known.summary, WANTED["summary"])
        self.approve(request)
        self.assertEqual(conversation._known_requests()[0].state, "done")
        message = self.chatwoot.customer_says(7, self.remote.inbox, self.remote.contact, "Oi")
        turn = self._turn(conversation, message)
        self.assertEqual(turn._build_request(1, "t").known_requests[0].kind, "lead")
        _remote, other = self.ask("Oi", account=self.account_8)
        self.assertFalse(other._build_request(1, "t").known_requests)

    def test_no_flood_of_requests_whoever_decides(self):
        for policy in ("approve", "automatic"):
            with self.subTest(policy=policy):
                self.account_7.lead_policy = policy
                self.remote, self.turn = self.ask("Quero tudo")
                self.wish(**{**WANTED, "summary": policy})
                self.carry_out(self.turn.request_ids)
                for number in range(4):
                    self.carry_out(self.more(summary=f"{policy} {number}"))
                made = len(self.leads())
                request = self.more(summary=f"{policy}, one more")
                self.carry_out(request)
                self.assertEqual(request.state, "failed")
                self.assertIn("as many requests", self.said()[-1])
                self.assertEqual(len(self.leads()), made)

    def test_no_flood_from_ever_new_conversations(self):
        self.account_7.write({"lead_policy": "automatic", "automatic_a_day": 2})
        self.account_8.lead_policy = "automatic"
        states = []
        for _number in range(3):
            _remote, turn = self.ask("Quero")
            request = self.wish(turn, **WANTED)
            self.carry_out(request)
            states.append(request.state)
        self.assertEqual(states, ["done", "done", "waiting"])
        _remote, turn = self.ask("Quero", account=self.account_8)
        self.assertEqual(self.wish(turn, **WANTED).state, "approved")

    def test_several_are_decided_on_whatever_became_of_one_of_them(self):
        requests = self.wish(**WANTED) + self.more(summary="Wants a catalogue")
        self.approve(requests[0])
        notice = self.as_user(requests, self.manager_7).action_approve()
        self.assertIn("no longer waiting", notice["params"]["message"])
        self.assertEqual(requests.mapped("state"), ["done", "approved"])

    def test_past_its_time_nothing_is_approved(self):
        request = self.wish(**WANTED)
        self.later(request, "expires_at", 4 * 24 * 3600)
        with self.assertRaisesRegex(UserError, "earlier"):
            self.as_user(request, self.manager_7).action_approve()
        self.assertEqual(request.state, "waiting")

    def test_the_channel_s_number_is_where_the_customer_is_reached(self):
        self.turn.conversation_id._keep_number("+5531988887777")
        request = self.wish(**WANTED)
        self.assertEqual(request.contact_phone, "+5531988887777")
        self.approve(request)
        self.assertEqual(self.leads().phone, "+5531988887777")
        self.assertIn(self.turn.conversation_id.chatwoot_url, self.leads().description)

    def test_whose_number_is_a_contact_s_by_now_is_that_contact(self):
        self.turn.conversation_id._keep_number("+5531988887777")
        request = self.wish(**WANTED)
        ana = self.env["res.partner"].create(
            {"name": "Ana", "phone": "+5531988887777", "company_id": request.company_id.id}
        )
        self.approve(request)
        self.assertEqual(self.leads().partner_id, ana)

    def test_the_number_is_not_kept_where_nothing_is_taken_or_a_contact_is_known(self):
        conversation = self.turn.conversation_id
        ana = self.env["res.partner"].create({"name": "Ana"})
        conversation.identity_partner_ids = ana
        conversation._keep_number("+5531988887777")
        self.assertFalse(conversation.proven_phone)
        conversation.identity_partner_ids = False
        conversation._keep_number("+5531988887777")
        self.assertTrue(conversation.proven_phone)
        self.account_7.lead_policy = "off"
        self.assertFalse(conversation.proven_phone, "it was kept for requests alone")
        conversation._keep_number("+5531988887777")
        self.assertFalse(conversation.proven_phone)
