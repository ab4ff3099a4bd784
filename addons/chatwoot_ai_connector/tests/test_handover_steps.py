from odoo.tests import tagged

from agent_runtime.contracts import Handover, HandoverReason
from demo.chatwoot_double import Fault

from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestHandoverSteps(DeliveryCase):
    """Note and label help the attendant; without them the conversation is opened all the same."""

    def setUp(self):
        super().setUp()
        note = Handover(reason=HandoverReason.ASKED_FOR_PERSON, note="Cliente quer o Rui.")
        self.answered(parts=("Vou chamar alguém.",), handover=note)

    def opened(self):
        self.assertIsNone(self.deliver())
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_a_note_that_is_refused(self):
        for status in (401, 403, 404, 422):
            with self.subTest(status=status):
                self.remote, self.turn = self.ask("Oi")
                self.dispatch()
                self.turn._give_up("deadline", "too late")
                self.turn.part_ids.state = "sent"
                self.chatwoot.fail_next(Fault("POST", "messages", status=status))
                self.opened()
                self.assertEqual(self.notes(), [])
                self.assertEqual(self.remote.labels, ["ai_handover"])

    def test_a_label_that_is_refused(self):
        for method, status in (
            ("GET", 401), ("GET", 404), ("POST", 403), ("POST", 422), ("POST", 502),
        ):  # fmt: skip
            with self.subTest(method=method, status=status):
                self.remote, self.turn = self.ask("Oi")
                self.dispatch()
                self.turn._give_up("deadline", "too late")
                self.chatwoot.fail_next(Fault(method, "labels", status=status))
                self.opened()
                self.assertEqual((len(self.notes()), self.remote.labels), (1, []))

    def test_labels_that_cannot_be_read(self):
        self.chatwoot.fail_next(Fault("GET", "labels", status=500))
        self.opened()
        self.assertEqual(len(self.notes()), 1)

    def test_a_chatwoot_that_is_away_is_waited_for(self):
        for method, path in (("POST", "messages"), ("GET", "labels")):
            self.turn.part_ids.filtered(lambda part: not part.private).state = "sent"
            self.chatwoot.fail_next(Fault(method, path, status=503))
            self.assertTrue(self.deliver())
            self.assertEqual(self.remote.status, "pending")
        self.opened()
