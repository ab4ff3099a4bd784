from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user, tagged

from .connector_case import ConnectorCase, message_payload

NUMBER = "5531988887777"


@tagged("post_install", "-at_install")
class TestProvenIdentity(ConnectorCase):
    """Who is writing is what the channel proves, or nobody."""

    def setUp(self):
        super().setUp()
        self.ana = self.partner(name="Ana", phone="(31) 98888-7777", country_id=self.brazil().id)

    def brazil(self):
        return self.env.ref("base.br")

    def partner(self, tenant=None, **values):
        return self.env["res.partner"].create(
            {"company_id": (tenant or self.tenant_7).company_id.id, **values}
        )

    def proven(self, account=None, message=501, **changes):
        """Whom the runtime is told that the writer is."""
        account = account or self.account_7
        changes.setdefault("contact_inbox", {"source_id": NUMBER})
        self.take_in(
            message_payload(
                account=account.account_id, message=message,
                updated_at=1781773300.0 + message, **changes,
            ),
            account=account,
        )  # fmt: skip
        turn = self.prepare(self.conversation(account=account))
        identity = turn._build_request(1, "token").customer.identity
        turn.state = "delivered"
        return identity

    def signed(self, identifier, verified=True, **more):
        sender = {"id": 55, "name": "Ana", "type": "contact", "identifier": identifier}
        return {
            "channel": "Channel::WebWidget",
            "contact_inbox": {"source_id": "x", "hmac_verified": verified},
            "meta": {"sender": sender, **more},
        }

    def test_the_number_of_the_channel_is_a_contact_s(self):
        identity = self.proven()
        self.assertEqual((identity.by, identity.partners), ("phone", (self.ana.id,)))

    def test_whatsapp_s_old_form_of_a_mobile_is_the_same_subscriber(self):
        identity = self.proven(contact_inbox={"source_id": "553188887777"})
        self.assertEqual(identity.partners, (self.ana.id,))

    def test_a_number_that_somebody_typed_or_an_e_mail_proves_nothing(self):
        typed = {"sender": {"id": 55, "name": "Ana", "phone_number": f"+{NUMBER}"}}
        self.ana.email = "ana@example.test"
        typed["sender"]["email"] = "ana@example.test"
        for number, channel in enumerate(("Channel::Api", "Channel::WebWidget", "Channel::Email")):
            with self.subTest(channel=channel):
                told = {"source_id": NUMBER, "hmac_verified": False}
                identity = self.proven(
                    message=510 + number, channel=channel, contact_inbox=told, meta=typed
                )
                self.assertIsNone(identity)

    def test_contacts_of_one_customer_are_all_theirs(self):
        child = self.partner(name="Ana, at work", phone=f"+{NUMBER}", parent_id=self.ana.id)
        self.assertEqual(set(self.proven().partners), {self.ana.id, child.id})

    def test_a_number_of_two_customers_proves_neither(self):
        self.partner(name="Bruno", phone=f"+{NUMBER}")
        self.assertIsNone(self.proven())

    def test_a_stranger_among_many_of_one_company_leaves_it_unproven(self):
        acme = self.partner(name="Acme", phone=f"+{NUMBER}", is_company=True)
        self.ana.parent_id = acme
        for number in range(25):
            self.partner(name=f"Employee {number}", phone=f"+{NUMBER}", parent_id=acme.id)
        self.assertEqual(len(self.proven().partners), 27)
        self.partner(name="Stranger", phone=f"+{NUMBER}")
        self.assertIsNone(self.proven(message=502))

    def test_a_national_number_is_of_the_contact_s_country_whoever_wrote_it(self):
        portugal = self.env.ref("base.pt")
        self.ana.write({"company_id": False, "country_id": False})
        for country in (self.brazil(), portugal):
            self.env.company.country_id = country
            self.ana.phone = f"31 98888-777{country.phone_code % 7}"
            self.ana.phone = "31 98888-7777"
            self.assertFalse(self.ana.customer_phone)
        self.assertIsNone(self.proven())
        self.ana.country_id = self.brazil()
        self.assertEqual(self.proven(message=502).partners, (self.ana.id,))

    def test_an_identifier_is_one_customer_s(self):
        self.ana.chatwoot_identifier = "customer-17"
        self.partner(self.tenant_8, name="Of eight", chatwoot_identifier="customer-17")
        child = self.partner(name="Ana, at work", parent_id=self.ana.id)
        child.chatwoot_identifier = "customer-17"
        with self.assertRaisesRegex(ValidationError, "Ana"):
            self.partner(name="Bruno", chatwoot_identifier="customer-17")

    def test_only_managers_say_whom_the_website_proves(self):
        viewer = self.new_viewer()
        with self.assertRaises(AccessError):
            self.ana.with_user(viewer).chatwoot_identifier = "customer-17"
        with self.assertRaises(AccessError):
            self.ana.with_user(viewer).read(["chatwoot_identifier"])

    def new_viewer(self):
        company = self.tenant_7.company_id
        return new_test_user(
            self.env, login="contacts", company_id=company.id, company_ids=[(6, 0, company.ids)],
            groups="base.group_partner_manager,company_services.group_ai_viewer",
        )  # fmt: skip

    def test_a_contact_of_account_8_is_nobody_in_7(self):
        self.ana.company_id = self.tenant_8.company_id
        self.assertIsNone(self.proven())
        identity = self.proven(account=self.account_8)
        self.assertEqual(identity.partners, (self.ana.id,))

    def test_archived_meanwhile_it_is_nobody(self):
        self.proven()
        self.ana.active = False
        turn = self.conversation().turn_ids[:1]
        self.assertIsNone(turn._proven_identity())

    def test_what_the_website_signs_is_who_it_says(self):
        self.ana.chatwoot_identifier = "customer-17"
        identity = self.proven(**self.signed("customer-17"))
        self.assertEqual((identity.by, identity.partners), ("signature", (self.ana.id,)))
        self.assertIsNone(self.proven(message=502, **self.signed("customer-17", verified=False)))

    def test_without_the_signature_anybody_may_put_any_identifier_there(self):
        self.ana.chatwoot_identifier = "customer-17"
        for number, verified in enumerate((False, None, "true", 1)):
            with self.subTest(verified=verified):
                told = self.signed("customer-17", verified)
                self.assertIsNone(self.proven(message=520 + number, **told))
        elsewhere = self.signed("customer-17", False, hmac_verified=True)
        self.assertIsNone(self.proven(message=530, **elsewhere), "only the inbox's own word counts")

    def test_the_company_s_own_people_are_proven_the_same_way(self):
        self.env["ai.special.phone"].create(
            {"tenant_id": self.tenant_7.id, "name": "Eva", "phone": f"+{NUMBER}"}
        )
        for number, channel in enumerate(("Channel::Sms", "Channel::TwilioSms", "Channel::Api")):
            with self.subTest(channel=channel):
                self.assertIsNone(self.proven(message=510 + number, channel=channel))
                self.assertIsNone(self.newest_turn()._internal_access())
        self.ana.phone = False
        self.assertIsNone(self.proven(message=520), "that alone makes them nobody's customer")
        self.assertEqual(self.newest_turn()._internal_access().name, "Eva")
        self.ana.phone = f"+{NUMBER}"
        self.assertEqual(self.proven(message=521).partners, (self.ana.id,))

    def newest_turn(self):
        return self.conversation().turn_ids.sorted("id")[-1:]

    def test_the_number_itself_is_not_kept(self):
        self.proven()
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(c)::text FROM chatwoot_conversation c WHERE id = %s",
            [self.conversation().id],
        )
        self.assertNotIn("98888", self.env.cr.fetchone()[0])
