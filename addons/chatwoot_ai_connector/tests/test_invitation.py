from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, tagged

from agent_runtime.contracts import Handover, HandoverReason
from demo.chatwoot_double import Fault

from ..delivery.template import placeholders, rendered, template_params
from .delivery_case import DeliveryCase

BODY = "Olá {{1}}, a {{2}} tem a resposta. Quer recebê-la?"


@tagged("post_install", "-at_install")
class TestTemplate(BaseCase):
    def test_names_are_filled_in(self):
        values = {"1": "Ana", "2": "Pata"}
        self.assertEqual(rendered(BODY, values), "Olá Ana, a Pata tem a resposta. Quer recebê-la?")
        self.assertEqual(placeholders("{{ 1 }} e {{x}}"), {"1", "x"})

    def test_params_as_chatwoot_wants_them(self):
        self.assertEqual(
            template_params("volte", "pt_BR", "UTILITY", "Olá {{1}}", {"1": "Ana", "2": "Pata"}),
            {
                "name": "volte",
                "language": "pt_BR",
                "category": "UTILITY",
                "processed_params": {"body": {"1": "Ana"}},
            },
        )
        plain = template_params("volte", "pt_BR", "UTILITY", "Olá", {"1": "Ana"})
        self.assertNotIn("processed_params", plain)


@tagged("post_install", "-at_install")
class TestInvitation(DeliveryCase):
    """The answer is ready, but WhatsApp's window for it has closed meanwhile."""

    def setUp(self):
        super().setUp()
        self.remote.inbox.templates = ("volte",)
        self.inbox = self.turn.conversation_id.inbox_id
        self.inbox.write({"template_name": "volte", "template_body": BODY})

    def closed(self, **values):
        self.answered(**values)
        self.chatwoot.time_passes(self.remote, 25 * 3600)
        return self.deliver()

    def invitations(self):
        return [message for message in self.chatwoot.answers(self.remote)]

    def test_the_template_is_sent_and_the_turn_says_so(self):
        self.assertIsNone(self.closed())
        [message] = self.invitations()
        company = self.tenant_7.company_id.name
        self.assertEqual(message.content, f"Olá Ana, a {company} tem a resposta. Quer recebê-la?")
        params = message.additional_attributes["template_params"]
        self.assertEqual((params["name"], params["language"]), ("volte", "pt_BR"))
        self.assertEqual(params["processed_params"], {"body": {"1": "Ana", "2": company}})
        self.assertEqual(message.status, "sent")
        self.assertEqual((self.turn.state, self.remote.status), ("invited", "pending"))
        self.assertEqual(self.turn.part_ids.mapped("state"), ["failed", "sent"])
        self.assertEqual(self.notes(), [])

    def test_free_text_would_not_have_arrived(self):
        self.chatwoot.time_passes(self.remote, 25 * 3600)
        message = self.chatwoot.desk.reply(self.remote, self.bot, "Abrimos às nove.")
        self.assertEqual(message.status, "failed")

    def test_who_writes_again_gets_the_answer_to_the_question(self):
        self.closed()
        question = self.turn.message_ids
        message = self.chatwoot.customer_says(
            7, self.remote.inbox, self.remote.contact, "Quero sim"
        )
        conversation = self.turn.conversation_id
        record = self._turn(conversation, message).message_ids
        conversation.turn_ids.filtered(lambda turn: turn.state == "prepared").unlink()
        turn = conversation._make_turn(record, self.env["chatwoot.turn"])
        self.assertEqual(turn.message_ids, question | record)

    def test_what_a_person_has_answered_since_is_not_answered_again(self):
        self.closed()
        self.env["chatwoot.message"].create(
            {
                "conversation_id": self.turn.conversation_id.id,
                "message_id": self.turn.message_ids.message_id + 1,
                "author": "attendant",
                "content": "Abrimos às nove.",
                "sent_at": fields.Datetime.now(),
            }
        )
        message = self.chatwoot.customer_says(
            7, self.remote.inbox, self.remote.contact, "E a entrega?"
        )
        message.id += 10
        conversation = self.turn.conversation_id
        record = self._turn(conversation, message).message_ids
        conversation.turn_ids.filtered(lambda turn: turn.state == "prepared").unlink()
        turn = conversation._make_turn(record, self.env["chatwoot.turn"])
        self.assertEqual(turn.message_ids, record)

    def test_who_writes_again_meanwhile_gets_the_answer_alone(self):
        self.answered()
        self.chatwoot.time_passes(self.remote, 25 * 3600)
        self.chatwoot.fail_next(Fault("POST", "messages", status=503))
        self.assertTrue(self.deliver())
        self.chatwoot.customer_says(7, self.remote.inbox, self.remote.contact, "Alô?")
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), ["Abrimos às nove."])
        self.assertEqual(self.turn.state, "delivered")

    def test_once_a_day_and_then_a_person(self):
        self.closed()
        message = self.chatwoot.customer_says(7, self.remote.inbox, self.remote.contact, "Oi?")
        self.turn = self._turn(self.turn.conversation_id, message)
        self.turn.conversation_id.message_ids.turn_id = self.turn
        self.assertIsNone(self.closed())
        self.assertEqual(len(self.invitations()), 1)
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_without_a_template_a_person_is_asked(self):
        self.inbox.write({"template_name": False, "template_body": False})
        self.assertIsNone(self.closed())
        self.assertEqual(self.invitations(), [])
        self.assertEqual((self.turn.handover_reason, self.remote.status), ("cannot_reply", "open"))

    def test_who_asked_for_a_person_is_not_invited(self):
        note = Handover(reason=HandoverReason.ASKED_FOR_PERSON, note="Cliente quer o Rui.")
        self.assertIsNone(self.closed(handover=note))
        self.assertEqual((self.invitations(), self.remote.status), ([], "open"))

    def test_a_template_that_chatwoot_rejects_brings_a_person(self):
        self.answered()
        self.chatwoot.time_passes(self.remote, 25 * 3600)
        self.chatwoot.fail_next(Fault("POST", "messages", status=422))
        self.assertIsNone(self.deliver())
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_cut_off_anywhere_it_is_sent_once(self):
        self.answered()
        self.chatwoot.time_passes(self.remote, 25 * 3600)
        self.chatwoot.fail_next(Fault("POST", "messages", status=503))
        self.assertTrue(self.deliver())
        self.assertEqual((self.invitations(), self.turn.state), ([], "answered"))
        self.chatwoot.fail_next(Fault("POST", "messages", drop_answer=True, delay=0.01))
        self.assertTrue(self.deliver())
        self.account_7.user_token = self.chatwoot.add_user(7, "Rui", "administrator").access_token
        self.assertIsNone(self.deliver())
        self.assertEqual((len(self.invitations()), self.turn.state), (1, "invited"))

    def test_settings_that_cannot_work_are_refused(self):
        for values in (
            {"template_body": False}, {"template_name": False}, {"template_language": False},
            {"template_category": False}, {"template_body": "Olá {{2}}"},
            {"template_body": "Olá {{nome}}"}, {"template_body": "{{1}} {{2}} {{3}}"},
            {"template_name": "volte aqui"}, {"channel": "email"},
        ):  # fmt: skip
            with self.subTest(values=values), self.assertRaises(ValidationError):
                self.inbox.write(values)

    def test_account_8_is_not_invited_by_the_template_of_7(self):
        self.remote, self.turn = self.ask("Oi", self.account_8)
        self.answered(self.turn)
        self.chatwoot.time_passes(self.remote, 25 * 3600)
        self.assertIsNone(self.deliver(self.turn))
        self.assertEqual((self.said(self.remote), self.remote.status), ([], "open"))
