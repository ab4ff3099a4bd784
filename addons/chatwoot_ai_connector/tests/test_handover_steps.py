from contextlib import contextmanager
from unittest.mock import patch

from odoo.tests import tagged

from agent_runtime.contracts import Handover, HandoverReason
from demo.chatwoot_double import Fault

from ..delivery import chatwoot_http
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
            ("GET", 401), ("GET", 404), ("POST", 403), ("POST", 422), ("POST", 500),
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

    def test_one_call_is_enough_to_know_that_a_chatwoot_hangs(self):
        for step in ("labels", "toggle_status"):
            with self.subTest(step=step):
                self.remote, self.turn = self.ask("Oi")
                self.dispatch()
                self.turn._give_up("deadline", "too late")
                with self.hanging(step) as asked:
                    self.assertTrue(self.deliver().ignore_retry)
                self.assertEqual(asked, [step])
                self.assertTrue(self.account_7.unreachable_since)
                self.opened()
                self.assertEqual((len(self.notes()), self.remote.labels), (1, ["ai_handover"]))

    def test_a_step_that_hangs_for_too_long_is_left_out(self):
        self.turn.part_ids.state = "sent"
        for _time in range(2):
            with self.hanging("labels", only=True):
                retry = self.deliver()
            self.later(self.turn, "delivery_since", 3600)
        self.assertIsNone(retry)
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    @contextmanager
    def hanging(self, step, only=False):
        """What is posted to ``step`` (and, unless ``only``, after it) gets no answer; yields it."""
        asked, request = [], chatwoot_http.requests.Session.request

        def hangs(session, method, url, **values):
            path = url.rpartition("/")[2]
            if method == "POST" and (path == step or (asked and not only)):
                asked.append(path)
                raise chatwoot_http.requests.ReadTimeout
            return request(session, method, url, **values)

        with patch.object(chatwoot_http.requests.Session, "request", hangs):
            yield asked
