import logging

from odoo.tests import tagged

from ..intake import receive as intake
from ..tools.stage_log import LOGGER, stage_log
from .connector_case import SECRET_7, message_payload, signed
from .delivery_case import DeliveryCase
from .endpoint_case import EndpointCase


@tagged("post_install", "-at_install")
class TestStageLog(DeliveryCase):
    """A message can be followed through the log by its ids, and nothing else can be read there."""

    def logged(self, *steps):
        with self.assertLogs(LOGGER, logging.INFO) as caught:
            for step in steps:
                step()
        return [record.getMessage() for record in caught.records]

    def test_one_line_of_ids(self):
        (line,) = self.logged(
            lambda: stage_log("drain", ms=12.4, delivery="a b\nstage=x", account=7, turn=None)
        )
        self.assertEqual(line, "stage=drain delivery=a_b_stage_x account=7 ms=12")

    def test_nothing_but_ids_can_be_told(self):
        with self.assertRaises(TypeError):
            stage_log("drain", text="Olá")

    def test_an_answer_is_told_from_dispatch_to_delivery(self):
        lines = self.logged(self.dispatch, self.answer, self.deliver)
        ids = f"account=7 conversation={self.remote.display_id} turn={self.env.cr.dbname}"
        told = [line.split() for line in lines]
        self.assertEqual(
            [words[0] for words in told], ["stage=dispatch", "stage=result", "stage=deliver"]
        )
        self.assertTrue(all(f"{ids}:{self.turn.id}" in line for line in lines), lines)
        self.assertIn("outcome=delivered", told[-1])
        self.assertRegex(lines[-1], r" ms=\d+")
        for word in ("horário", "nove", "Ana", self.bot.access_token):
            self.assertNotIn(word, " ".join(lines))

    def test_a_hand_over_is_told_with_its_reason(self):
        lines = self.logged(lambda: self.turn._give_up("error", "why"), self.deliver)
        self.assertIn("stage=give_up account=7", lines[0])
        self.assertIn("stage=handover", lines[-1])
        self.assertIn("outcome=error", lines[-1])

    def test_a_runtime_that_is_full_or_refuses_is_told(self):
        self.runtime.failures += [429, 422]
        lines = self.logged(self.dispatch, self.dispatch)
        ids = f"turn={self.env.cr.dbname}:{self.turn.id}"
        told = [(line.split()[0], line.split()[-1]) for line in lines if ids in line]
        self.assertEqual(
            told, [("stage=dispatch", "outcome=put_off"), ("stage=give_up", "outcome=error")]
        )

    def test_each_part_is_told_while_the_log_is_detailed(self):
        self.account_7.debug = True
        self.answered(parts=("Um.", "Dois."))
        lines = self.logged(self.deliver)
        parts = [line for line in lines if "stage=part" in line]
        self.assertEqual(len(parts), 2)
        self.assertIn("part=2", parts[1])
        self.assertIn("outcome=sent", parts[1])


@tagged("post_install", "-at_install")
class TestStageLogOfTheIntake(EndpointCase):
    def test_from_the_delivery_to_the_turn(self):
        self.inbox_7.group_window = 0
        body, headers = signed(message_payload(text="Meu segredo"), SECRET_7)
        with self.assertLogs(LOGGER, logging.INFO) as caught:
            self.env.flush_all()
            self.assertEqual(intake.receive(body, headers, None), 200)
            self.assertEqual(intake.receive(body, headers, None), 200)
            self.drain()
        lines = [record.getMessage() for record in caught.records]
        delivery = f"delivery={headers['X-Chatwoot-Delivery']}"
        self.assertEqual(
            [line.split()[0] for line in lines],
            ["stage=intake", "stage=intake", "stage=prepare", "stage=drain"],
        )
        for line in (lines[0], lines[1], lines[3]):
            self.assertIn(delivery, line)
        self.assertIn("account=7 conversation=21 ", lines[0])
        self.assertIn("outcome=recorded", lines[0])
        self.assertIn("outcome=known_already", lines[1])
        self.assertIn("conversation=21", lines[2])
        self.assertIn("outcome=chatwoot_worked_off", lines[3])
        self.assertNotIn("segredo", " ".join(lines))

    def test_a_wrong_signature_is_told(self):
        body, headers = signed(message_payload(text="Meu segredo"), "of somebody else")
        with self.assertLogs(LOGGER, logging.INFO) as caught:
            self.env.flush_all()
            self.assertEqual(intake.receive(body, headers, None), 401)
        lines = [record.getMessage() for record in caught.records]
        self.assertEqual(lines, ["stage=intake account=7 outcome=refused"])
