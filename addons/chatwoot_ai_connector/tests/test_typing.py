from odoo.tests import tagged

from demo.chatwoot_double import Fault

from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestTyping(DeliveryCase):
    def setUp(self):
        super().setUp()
        self.remote, self.turn = self.ask("Oi", channel="web")

    def test_on_while_the_agents_work_and_off_at_the_end(self):
        self.dispatch()
        self.assertEqual((self.remote.typing, self.turn.typing), (["on"], "shown"))
        self.answer()
        self.deliver()
        self.assertEqual((self.remote.typing, self.turn.typing), (["on", "off"], "ended"))
        self.assertEqual(self.said(), ["Abrimos às nove."])

    def test_off_as_well_when_nothing_is_sent(self):
        self.answered()
        self.chatwoot.attendant_takes(self.remote, self.chatwoot.add_user(7, "Rui"))
        self.deliver()
        self.assertEqual((self.said(), self.remote.typing), ([], ["on", "off"]))

    def test_other_channels_cost_no_request(self):
        for channel in ("whatsapp", "instagram", "email", "sms", "telegram", "api"):
            with self.subTest(channel=channel):
                self.remote, self.turn = self.ask("Oi", channel=channel)
                self.turn.conversation_id.channel = self.turn.channel = channel
                self.answered()
                self.deliver()
                self.assertEqual((self.remote.typing, self.turn.typing), ([], False))

    def test_its_failure_is_noted_and_changes_nothing(self):
        self.chatwoot.fail_next(Fault("POST", "toggle_typing_status", status=404))
        self.assertIsNone(self.dispatch())
        self.assertEqual((self.turn.state, self.turn.typing), ("dispatched", "failed"))
        self.assertFalse(self.account_7.last_error)
        self.answer()
        self.deliver()
        self.assertEqual(self.said(), ["Abrimos às nove."])

    def test_an_answer_that_is_here_already_shows_nothing(self):
        def answered(_request):
            self.turn.state = "answered"
            self.env.flush_all()

        self.runtime.before_answer = answered
        self.dispatch()
        self.assertEqual(self.remote.typing, [])
