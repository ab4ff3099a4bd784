from odoo.tests import tagged
from odoo.tools import mute_logger

from agent_runtime.contracts import Handover, HandoverReason

from ..models.turn_delivery import MAX_ATTEMPTS
from .delivery_case import DeliveryCase

RESULT_LOGGER = "odoo.addons.chatwoot_ai_connector.models.turn_result"


@tagged("post_install", "-at_install")
class TestTurnResult(DeliveryCase):
    def setUp(self):
        super().setUp()
        self.dispatch()

    def test_answer_and_reasoning_are_kept_and_sending_is_enqueued(self):
        self.answer(parts=("Bom dia!", "Abrimos às nove."), depends_on=("rule,1",))
        turn = self.turn
        self.assertEqual(turn.state, "answered")
        self.assertEqual(turn.part_ids.mapped("content"), ["Bom dia!", "Abrimos às nove."])
        self.assertEqual((turn.crew, turn.intents), ("whatsapp", "opening_hours"))
        self.assertIn("Bom dia!", turn.answer_html)
        self.assertEqual(turn.decision_reason, "because")
        self.assertEqual(turn.factors[0]["name"], "hours")
        self.assertEqual((turn.role, turn.customer_language), ("service", False))
        self.assertEqual(turn.source_ids.title, "Hours")
        self.assertEqual(turn.depends_on, ["rule,1"])
        self.assertEqual((turn.model, turn.model_calls), ("grounded", 1))
        self.assertEqual(len(self.jobs("_job_deliver")), 1)

    def test_where_it_was_read_and_how_long_it_took_is_told_in_words(self):
        self.answer()
        turn = self.turn
        turn.timings = {"total": 90.0, "crew": 50.0, "config": 4.0, "novelty": 1.0}
        self.assertEqual(
            turn.timings_text, "Settings 4 ms · Answer 50 ms · Together 90 ms · novelty 1 ms"
        )
        source = turn.source_ids
        source.via = "mcp-qdrant"
        self.assertEqual(source.read_from, "Knowledge search")
        source.via = "elsewhere"
        self.assertEqual(source.read_from, "elsewhere")

    def test_a_long_answer_is_cut_to_what_the_channel_carries(self):
        self.answer(parts=("Uma frase. " * 400,))
        self.assertGreater(len(self.turn.part_ids), 1)
        self.assertTrue(all(len(part.content) <= 1600 for part in self.turn.part_ids))

    def test_a_duplicate_changes_nothing(self):
        self.answer()
        self.answer(parts=("Etwas anderes.",))
        self.assertEqual(self.turn.part_ids.mapped("content"), ["Abrimos às nove."])
        self.assertEqual(len(self.jobs("_job_deliver")), 1)
        (kept,) = self.turn.late_results
        self.assertEqual((kept["parts"], kept["crew"]), (["Etwas anderes."], "whatsapp"))
        self.assertEqual((kept["attempt"], kept["usage"]["calls"]), (1, 1))
        self.assertIn("Etwas anderes.", self.turn.late_results_text)

    def test_only_the_newest_late_results_are_kept(self):
        self.answer()
        for number in range(12):
            self.answer(parts=(f"Nummer {number}.",))
        self.assertEqual(len(self.turn.late_results), 10)
        self.assertIn("Nummer 11.", self.turn.late_results_text)
        self.assertNotIn("Nummer 1.", self.turn.late_results_text)

    def test_a_late_result_for_account_8_is_not_kept_with_account_7(self):
        self.answer()
        with self.assertLogs(RESULT_LOGGER, "WARNING"):
            self.answer(account_id=8, parts=("Eight.",))
        self.assertFalse(self.turn.late_results)

    def test_a_turn_that_a_stopping_runtime_gives_back_is_handed_over_anew_once(self):
        before = len(self.jobs("_job_dispatch"))
        for _again in range(2):
            self.answer(parts=(), returned=True)
            self.assertEqual(self.turn.state, "prepared")
            self.assertEqual(len(self.jobs("_job_dispatch")), before + 1)
        self.assertFalse(self.turn.late_results)
        self.assertFalse(self.turn.part_ids)

    def test_a_turn_that_was_always_given_back_goes_to_a_person_who_reads_why(self):
        self.turn.attempt = MAX_ATTEMPTS
        self.answer(parts=(), returned=True)
        self.assertEqual(self.turn.handover_reason, "error")
        self.assertIn("was stopped", self.turn.error)

    def test_account_8_cannot_give_back_a_turn_of_account_7(self):
        with self.assertLogs(RESULT_LOGGER, "WARNING"):
            self.answer(account_id=8, parts=(), returned=True)
        self.assertEqual(self.turn.state, "dispatched")

    def test_what_is_given_back_after_its_answer_changes_nothing(self):
        self.answer()
        self.answer(parts=(), returned=True)
        self.assertEqual(self.turn.state, "answered")
        self.assertFalse(self.turn.late_results)

    def test_a_result_of_an_earlier_attempt_is_late(self):
        late = self.result(self.turn)
        self.turn.state = "prepared"
        self.dispatch()
        self.assertEqual(self.turn.attempt, 2)
        self.answer(attempt=late.attempt)
        self.assertEqual((self.turn.state, len(self.turn.part_ids)), ("dispatched", 0))
        self.assertIn("Abrimos às nove.", self.turn.late_results_text)

    def test_a_superseded_turn_keeps_the_reasoning_and_sends_nothing(self):
        self.turn.state = "superseded"
        self.answer()
        self.assertEqual((self.turn.state, self.turn.crew), ("superseded", "whatsapp"))
        self.assertFalse(self.turn.part_ids)
        self.assertFalse(self.jobs("_job_deliver"))
        self.assertIn("Abrimos às nove.", self.turn.late_results_text)

    def test_account_8_cannot_answer_a_turn_of_account_7(self):
        with self.assertLogs(RESULT_LOGGER, "WARNING"):
            self.answer(account_id=8)
        self.assertEqual(self.turn.state, "dispatched")
        self.assertFalse(self.turn.crew)

    def test_turns_of_other_databases_or_none_are_no_error(self):
        for reference in ("other:1", f"{self.env.cr.dbname}:0", f"{self.env.cr.dbname}:x", "1"):
            self.answer(turn_id=reference)
        self.assertEqual(self.turn.state, "dispatched")

    def test_a_handover_without_words_gets_neutral_ones(self):
        note = Handover(reason=HandoverReason.ASKED_FOR_PERSON, note="wants Rui")
        self.answer(parts=(), handover=note)
        self.assertEqual(self.turn.handover_reason, "asked_for_person")
        self.assertEqual(len(self.turn.part_ids), 1)

    def test_neither_answer_nor_handover_is_a_fault_of_ours(self):
        for parts in ((), ("  ",), ("", "\n")):
            with self.subTest(parts=parts):
                self.remote, self.turn = self.ask("Oi")
                self.dispatch()
                self.answer(parts=parts)
                self.assertEqual(
                    (self.turn.state, self.turn.handover_reason), ("answered", "error")
                )
                self.assertEqual(len(self.turn.part_ids), 1)

    def test_blank_words_with_a_handover_become_neutral_ones(self):
        note = Handover(reason=HandoverReason.ASKED_FOR_PERSON, note="wants Rui")
        self.answer(parts=(" ",), handover=note)
        self.assertEqual(self.turn.handover_reason, "asked_for_person")
        self.assertTrue(self.turn.part_ids.content.strip())

    @mute_logger("odoo.addons.chatwoot_ai_connector.models.chatwoot_intake")
    def test_another_contract_is_set_aside_by_the_drain(self):
        from pydantic import ValidationError

        with self.assertRaises(ValidationError) as caught:
            self.env["chatwoot.turn"]._apply_result({"turn_id": "x", "parts": ["secret words"]})
        self.assertNotIn("secret words", str(caught.exception))

    def test_the_drain_brings_results_here(self):
        import json

        from agent_runtime.contracts import dump_json

        self.env["chatwoot.intake"]._process(
            {"kind": "result", "payload": json.loads(dump_json(self.result(self.turn)))}
        )
        self.assertEqual(self.turn.state, "answered")
