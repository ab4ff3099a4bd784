from unittest.mock import patch

from odoo.tests import tagged

from agent_runtime.contracts import Handover, HandoverReason

from ..delivery.chatwoot_http import ChatwootHttp
from ..models import turn_dispatch
from .delivery_case import DeliveryCase


class Killed(BaseException):
    """The worker is gone: nothing of it catches this."""


class Killer:
    """Kills at one step: a transaction or a request, before or after it is done."""

    def __init__(self, step, afterwards):
        self.left = step
        self.afterwards = afterwards
        self.fired = False

    def around(self, work):
        def killed(*args, **values):
            self.left -= 1
            hit = self.left == 0
            if hit and not self.afterwards:
                self.fired = True
                raise Killed
            result = work(*args, **values)
            if hit:
                self.fired = True
                raise Killed
            return result

        return killed


@tagged("post_install", "-at_install")
class TestKilledDelivery(DeliveryCase):
    """A worker that dies at any step leaves one answer or one hand-over, and never two."""

    def setUp(self):
        super().setUp()
        self.user = self.chatwoot.add_user(7, "Rui", "administrator")
        self.account_7.user_token = self.user.access_token
        self.remote.inbox.templates = ("volte",)

    def killed_at(self, step, afterwards):
        """Run the delivery and kill it at a step; whether it got so far."""
        killer = Killer(step, afterwards)
        short = killer.around(turn_dispatch.in_short_transaction)
        request = killer.around(ChatwootHttp._send)
        with (
            patch.object(turn_dispatch, "in_short_transaction", short),
            patch.object(ChatwootHttp, "_send", lambda *args, **values: request(*args, **values)),
        ):
            try:
                self.deliver()
            except Killed:
                self.env.invalidate_all()
        return killer.fired

    def finish(self):
        """The job is run again, as often as it wants, and the echoes are waited for."""
        for _number in range(6):
            if not self.deliver():
                return
            for part in self.turn.part_ids.filtered("sending_at"):
                self.later(part, "sending_at", 60)
        self.fail("the delivery does not come to an end")

    def every_step(self, prepare, check):
        """Kill what ``prepare`` sets up at each of its steps, let it recover, and ``check``."""
        for afterwards in (False, True):
            for step in range(1, 40):
                self.remote, self.turn = self.ask("Oi")
                prepare()
                if not self.killed_at(step, afterwards):
                    break
                self.finish()
                with self.subTest(step=step, afterwards=afterwards, state=self.turn.state):
                    self.check_once()
                    check()
            self.assertGreater(step, 5)

    def check_once(self):
        said = self.said()
        self.assertEqual(len(said), len(set(said)))
        self.assertLessEqual(len(self.notes()), 1)
        self.assertNotIn(self.turn.state, ("answered", "delivering"))

    def test_an_answer_of_two_parts(self):
        outcomes = set()

        def check():
            outcomes.add(self.turn.state)
            if self.turn.state == "delivered":
                self.assertEqual(self.said(), ["Um.", "Dois."])
                self.assertEqual((self.notes(), self.remote.status), ([], "pending"))
            else:
                self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

        self.every_step(lambda: self.answered(parts=("Um.", "Dois.")), check)
        self.assertEqual(outcomes, {"delivered", "handed_over"})

    def test_a_handover(self):
        note = Handover(reason=HandoverReason.ASKED_FOR_PERSON, note="Cliente quer o Rui.")

        def check():
            self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))
            self.assertIn("ai_handover", self.remote.labels)

        self.every_step(lambda: self.answered(parts=("Já chamo.",), handover=note), check)

    def test_an_invitation(self):
        self.turn.conversation_id.inbox_id.write(
            {"template_name": "volte", "template_body": "Olá {{1}}"}
        )

        def closed():
            self.answered()
            self.chatwoot.time_passes(self.remote, 25 * 3600)

        def check():
            self.assertNotIn("Abrimos às nove.", self.said())
            if self.turn.state == "invited":
                self.assertEqual((len(self.said()), self.remote.status), (1, "pending"))
            else:
                self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

        self.every_step(closed, check)
