from datetime import timedelta

from odoo import fields
from odoo.addons.queue_job.tests.common import trap_jobs
from odoo.tests import tagged

from .. import gate
from .connector_case import ConnectorCase, fixture, message_payload

LATER = "2026-06-18T09:05:00.000Z"
LATEST = "2026-06-18T09:06:00.000Z"


def update(message=501, text="Olá", at=LATER, name="a1", **changes):
    """A ``message_updated`` of a message that ``message_payload`` makes."""
    payload = message_payload(message=message, text=text, name=name)
    payload.update(event="message_updated", **changes)
    payload["conversation"]["messages"][0]["updated_at"] = at
    return payload


def audio(transcript, message=501):
    payload = update(message, None) if transcript else message_payload(message=message, text=None)
    payload["attachments"] = [{"file_type": "audio", "transcribed_text": transcript}]
    return payload


def deletion(message=501):
    content = "This message was deleted"
    return update(message, content, LATEST, content_attributes={"deleted": True})


@tagged("post_install", "-at_install")
class TestWaiting(ConnectorCase):
    """Changes of what nobody has begun to answer."""

    def test_the_new_words_are_answered_and_the_answer_waits_for_them(self):
        self.take_in(message_payload(text="Quanto custa o SO042?"))
        conversation = self.conversation()
        began = fields.Datetime.now() - timedelta(seconds=20)
        conversation.write({"due_at": began + timedelta(seconds=8), "first_waiting_at": began})
        with trap_jobs() as trap:
            self.take_in(update(text="Quanto custa o SO043?"))
            trap.assert_jobs_count(1, only=conversation._job_prepare_turn)
        self.assertGreater(conversation.due_at, fields.Datetime.now())
        turn = self.prepare(conversation)
        self.assertEqual(turn.customer_text, "Quanto custa o SO043?")
        self.assertEqual(len(turn.message_ids), 1)

    def test_who_goes_back_and_forth_means_the_last_words(self):
        self.take_in(message_payload(text="15 kg"))
        for minute, text in enumerate(("3 kg", "15 kg", "3 kg", "15 kg", "3 kg")):
            self.take_in(update(text=text, at=f"2026-06-18T09:1{minute}:00.000Z"))
        self.assertEqual(self.prepare(self.conversation()).customer_text, "3 kg")

    def test_an_update_that_changes_nothing_only_lets_the_turn_begin(self):
        self.take_in(message_payload())
        conversation = self.conversation()
        due = conversation.due_at = fields.Datetime.now() - timedelta(seconds=1)
        with trap_jobs() as trap:
            self.take_in(update())
            trap.assert_jobs_count(1, only=conversation._job_prepare_turn)
        self.assertEqual(conversation.due_at, due)

    def test_of_two_changes_the_later_holds_whatever_comes_first(self):
        self.take_in(message_payload(text="first"))
        self.take_in(update(text="third", at=LATEST), update(text="second", at=LATER))
        self.assertEqual(self.prepare(self.conversation()).customer_text, "third")

    def test_the_news_of_the_writing_may_come_after_those_of_the_change(self):
        self.take_in(update(text="second"), message_payload(text="first"))
        turn = self.prepare(self.conversation())
        self.assertEqual(turn.customer_text, "second")

    def test_what_was_deleted_is_not_answered(self):
        self.take_in(message_payload(message=1, text="Esqueçam"), message_payload(message=2))
        self.take_in(deletion(1))
        turn = self.prepare(self.conversation())
        self.assertEqual(turn.message_ids.mapped("message_id"), [2])

    def test_all_that_waited_was_deleted(self):
        self.take_in(message_payload())
        self.take_in(deletion())
        conversation = self.conversation()
        self.assertFalse(self.prepare(conversation))
        self.assertFalse(conversation.turn_ids)
        self.assertFalse(conversation.due_at)
        self.assertEqual(conversation.message_ids.passed_over, "deleted")
        self.assertIn("Message deleted", conversation.transcript)

    def test_a_deletion_told_before_the_message(self):
        with trap_jobs() as trap:
            self.take_in(deletion(), message_payload())
            trap.assert_jobs_count(0)
        self.assertFalse(self.conversation().message_ids.content)

    def test_seven_does_not_change_what_was_said_to_eight(self):
        self.take_in(message_payload(account=8, text="of eight"), account=self.account_8)
        self.take_in(update(text="of seven"), deletion())
        said = self.conversation(account=self.account_8).message_ids
        self.assertEqual((said.content, said.passed_over), ("of eight", False))


@tagged("post_install", "-at_install")
class TestInFlight(ConnectorCase):
    def test_other_words_supersede_as_a_newer_message_does(self):
        self.take_in(
            message_payload(message=1, text="Oi"), message_payload(message=2, text="SO042")
        )
        first = self.prepare(self.conversation())
        self.take_in(update(2, "SO043"))
        second = self.prepare(self.conversation())
        self.assertEqual((first.state, first.superseded_by_id), ("superseded", second))
        self.assertEqual(second.customer_text, "Oi\nSO043")

    def test_while_it_is_being_sent_they_wait_for_the_next_turn(self):
        self.take_in(message_payload(text="SO042"))
        turn = self.prepare(self.conversation())
        turn.state = "delivering"
        self.take_in(update(text="SO043"))
        self.assertFalse(self.prepare(self.conversation()))
        turn.write({"state": "delivered", "finished_at": fields.Datetime.now()})
        self.conversation()._turn_ended(turn)
        self.assertEqual(self.prepare(self.conversation()).customer_text, "SO043")

    def test_nothing_is_left_to_answer(self):
        self.take_in(message_payload())
        turn = self.prepare(self.conversation())
        self.take_in(deletion())
        self.assertEqual(gate.refusal(turn._gate_facts()), "nothing_to_answer")

    def test_what_was_asked_beside_it_is_asked_without_it(self):
        self.take_in(
            message_payload(text="Meu CPF é 111"),
            message_payload(message=502, text="Abrem sábado?"),
        )
        turn = self.prepare(self.conversation())
        self.take_in(deletion())
        anew = self.prepare(self.conversation())
        self.assertEqual(turn.state, "superseded")
        self.assertEqual(anew.customer_text, "Abrem sábado?")
        self.assertEqual(anew.message_ids.mapped("message_id"), [502])


@tagged("post_install", "-at_install")
class TestAnswered(ConnectorCase):
    def answered(self, payload):
        self.take_in(payload)
        turn = self.prepare(self.conversation())
        turn.write({"state": "delivered", "finished_at": fields.Datetime.now()})
        self.conversation()._turn_ended(turn)

    def test_other_words_are_only_shown(self):
        self.answered(message_payload(text="SO042"))
        with trap_jobs() as trap:
            self.take_in(update(text="SO043"))
            trap.assert_jobs_count(0)
        self.assertFalse(self.prepare(self.conversation()))
        self.assertEqual(self.conversation().message_ids.content, "SO043")

    def test_the_transcript_of_a_message_without_words_is_answered(self):
        self.answered(audio(""))
        self.take_in(audio("Onde está meu pedido?"))
        turn = self.prepare(self.conversation())
        self.assertEqual(turn.customer_text, "[audio] Onde está meu pedido?")

    def test_a_transcript_is_answered_once(self):
        self.answered(audio(""))
        self.answered(audio("Onde está meu pedido?"))
        self.take_in(audio("Onde está o meu pedido?"))
        self.assertFalse(self.prepare(self.conversation()))

    def test_a_deletion_takes_the_words_away(self):
        self.answered(message_payload())
        self.take_in(deletion())
        self.assertFalse(self.prepare(self.conversation()))
        self.assertFalse(self.conversation().message_ids.content)


@tagged("post_install", "-at_install")
class TestWidgetAnswers(ConnectorCase):
    """What is picked in the website's chat comes as a change of our own message."""

    def asked(self):
        question = message_payload(name="a7", message=90, text="Choose")
        del question["content_attributes"]["submitted_values"]
        self.take_in(question | {"event": "message_created"})

    def test_it_is_the_customers_next_message(self):
        self.asked()
        self.take_in(message_payload(name="a7", message=90, text="Choose"))
        conversation = self.conversation()
        self.assertEqual(
            sorted(conversation.message_ids.mapped(lambda m: (m.message_id, m.author))),
            [(90, "bot"), (90, "customer")],
        )
        turn = self.prepare(conversation)
        self.assertEqual(turn.customer_text, "Track order")
        self.assertEqual(turn.message_ids.author_name, "Ana")

    def test_the_question_itself_stays_as_it_was(self):
        self.asked()
        self.take_in(message_payload(name="a7", message=90, text="Choose"))
        question = self.conversation().message_ids.filtered(lambda m: m.author == "bot")
        self.assertEqual(question.content, "Choose\n\n1. Track order\n2. Human")

    def test_a_receipt_afterwards_answers_nothing_again(self):
        self.asked()
        for status in ("sent", "read"):
            payload = message_payload(name="a7", message=90, text="Choose")
            payload["conversation"]["messages"][0]["status"] = status
            self.take_in(payload)
        self.assertEqual(len(self.prepare(self.conversation()).message_ids), 1)
        self.assertFalse(self.prepare(self.conversation()))

    def test_a_question_that_is_not_known_has_an_answer_all_the_same(self):
        payload = fixture("a7")
        self.take_in(payload)
        self.assertEqual(self.prepare(self.conversation(1201)).customer_text, "Track order")
