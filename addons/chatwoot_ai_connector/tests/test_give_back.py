from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from demo.chatwoot_double import Fault

from ..delivery.chatwoot_api import ChatwootApi
from .story_case import StoryCase


@tagged("post_install", "-at_install")
class TestGiveBack(StoryCase):
    """A person takes a conversation, and leaves it to the assistant again."""

    def test_resumes_with_all_that_was_said_and_answers_nothing_twice(self):
        self.writes("Qual o horário?")
        self.answered_and_sent(self.prepared())
        self.eva_takes_over()
        self.writes("E no feriado?")
        self.assertEqual(self.prepared().ignored_reason, "human_assignee")
        self.eva_says("No feriado fechamos.")

        self.eva_gives_back()

        self.assertFalse(self.here.due_at, "Eva has answered everything")
        self.writes("Obrigada! E sábado?")
        turn = self.prepared()
        self.assertEqual(turn.customer_text, "Obrigada! E sábado?")
        request = self.answered_and_sent(turn, parts=("Sábado até as 13h.",))
        self.assertEqual(
            [(entry.role, entry.text) for entry in request.history],
            [
                ("customer", "Qual o horário?"),
                ("crew", "Abrimos às nove."),
                ("customer", "E no feriado?"),
                ("attendant", "No feriado fechamos."),
            ],
        )
        self.assertEqual(self.heard_by_ana(), ["Abrimos às nove.", "Sábado até as 13h."])

    def test_what_a_person_answered_while_it_was_being_sent_is_not_answered_again(self):
        self.writes("Qual o horário?")
        turn = self.prepared()
        self.answered(turn)
        self.chatwoot.fail_next(Fault("GET", str(self.there.display_id), status=429))
        with self.while_asked():
            self.assertTrue(self.deliver(turn).ignore_retry)
        self.assertIsNone(self.deliver(turn))
        self.assertEqual((turn.state, turn.ignored_reason), ("ignored", "human_replied"))
        self.assertEqual(self.heard_by_ana(), [])

    @contextmanager
    def while_asked(self):
        """Eva takes the conversation, answers and gives it back while Chatwoot is asked."""
        ask = ChatwootApi.conversation

        def conversation(api, display_id):
            try:
                return ask(api, display_id)
            finally:
                self.env.invalidate_all()
                self.here.message_ids.sent_at -= timedelta(minutes=1)
                self.eva_takes_over()
                self.eva_says("Às nove.")
                said = self.here.message_ids.filtered(lambda told: told.author == "attendant")
                said.sent_at -= timedelta(seconds=30)
                self.eva_gives_back()

        with patch.object(ChatwootApi, "conversation", conversation):
            yield

    def test_what_nobody_has_answered_is_answered_now(self):
        self.writes("Oi")
        self.eva_takes_over()
        self.prepared()
        self.eva_says("Olá, já vejo.")
        self.writes("Vocês entregam?", "Em Campinas?")
        self.assertEqual(self.prepared().ignored_reason, "human_assignee")

        self.eva_gives_back()

        self.assertTrue(self.here.due_at)
        turn = self.prepared()
        self.assertEqual(
            (turn.state, turn.customer_text), ("prepared", "Vocês entregam?\nEm Campinas?")
        )
        self.answered_and_sent(turn, parts=("Sim, entregamos.",))
        self.assertEqual(self.heard_by_ana(), ["Sim, entregamos."])

    def test_a_private_note_answers_nobody(self):
        self.writes("Oi")
        self.eva_takes_over()
        self.prepared()
        self.chatwoot.attendant_says(self.there, self.eva, "Deixo com o robô", private=True)
        self.hear()
        self.eva_gives_back()
        self.assertEqual(self.prepared().customer_text, "Oi")

    def test_unassigned_first_and_pending_later_is_the_same(self):
        self.writes("Oi")
        self.eva_takes_over()
        self.prepared()
        self.chatwoot.desk.assign(self.there, None)
        self.hear()
        self.assertFalse(self.here.due_at, "one of two clicks")
        self.set_status("pending")
        self.assertEqual(self.prepared().state, "prepared")

    def test_what_we_handed_over_is_not_tried_again(self):
        """The attendant gives it back without a word: the same would be handed over again."""
        self.writes("Quero falar com uma pessoa")
        turn = self.prepared()
        handover = {"reason": "asked_for_person", "note": "Pediu uma pessoa."}
        self.answered_and_sent(turn, parts=("Já chamo alguém.",), handover=handover)
        self.assertEqual((turn.state, self.here.status), ("handed_over", "open"))
        self.assertTrue(self.here.handed_over_at)
        self.writes("Alô?")
        self.assertEqual(self.prepared().ignored_reason, "handed_over")

        self.eva_gives_back()

        self.assertFalse(self.here.handed_over_at)
        self.assertTrue(self.here.episode_from)
        self.assertEqual(self.prepared().customer_text, "Alô?")

    def test_what_we_said_of_something_else_answers_nothing(self):
        """The second question is written while the answer to the first one leaves."""
        self.writes("Qual o horário?")
        turn = self.prepared()
        self.answered(turn)
        asked = self.chatwoot.customer_says(7, self.inbox, self.ana, "E quanto custa o frete?")
        late = self.held[:]
        self.held.clear()
        self.assertIsNone(self.deliver(turn))
        self.assertGreater(self.chatwoot.answers(self.there)[-1].id, asked.id)
        self.held[:0] = late
        self.hear()
        self.eva_takes_over()
        self.assertEqual(self.prepared().ignored_reason, "human_assignee")
        self.eva_gives_back()
        self.assertEqual(self.prepared().customer_text, "E quanto custa o frete?")

    def test_what_people_resolved_is_done_with(self):
        self.inbox.lock_to_single = True
        self.writes("Vocês têm ração X?")
        self.eva_takes_over()
        self.assertEqual(self.prepared().ignored_reason, "human_assignee")
        # Eva telephones.
        self.set_status("resolved")
        self.chatwoot.desk.assign(self.there, None)
        self.hear()
        self.writes("Bom dia, outra coisa: entregam?")
        self.assertEqual(self.here.status, "pending")
        self.assertEqual(self.prepared().customer_text, "Bom dia, outra coisa: entregam?")
        self.assertEqual(self.here.message_ids.mapped("passed_over"), ["seen_to", False])

    def test_what_a_person_answered_meanwhile_is_not_answered_when_the_model_is_done(self):
        self.writes("Qual o horário?")
        turn = self.prepared()
        self.dispatch(turn)
        self.eva_takes_over()
        self.eva_says("Até as 18h.")
        self.eva_gives_back()
        self.answer(turn)
        self.deliver(turn)
        self.assertEqual((turn.state, turn.ignored_reason), ("ignored", "human_replied"))
        self.assertEqual(self.heard_by_ana(), [])
        self.writes("Obrigada! E sábado?")
        self.assertEqual(self.prepared().customer_text, "Obrigada! E sábado?")

    def test_other_conversations_of_the_number_stay_as_they_are(self):
        """Conversation numbers are each account's own: giving 7's back moves nothing of 8."""
        self.writes("Oi")
        number = self.here.display_id
        of_8 = self.here.copy(
            {
                "chatwoot_account_id": self.account_8.id,
                "display_id": number,
                "inbox_id": self.env["chatwoot.inbox"]._found(self.account_8, 99, "8", "web").id,
            }
        )
        of_8.write({"status": "open", "assignee_type": "User", "handed_over_at": "2026-01-01"})
        self.eva_takes_over()
        self.eva_gives_back()
        self.assertEqual((of_8.status, of_8.assignee_type), ("open", "User"))
        self.assertTrue(of_8.handed_over_at)
        self.assertFalse(of_8.episode_from)


@tagged("post_install", "-at_install")
class TestPersonWithoutTakingOver(StoryCase):
    """A person answers in a conversation that stays pending: on the phone, or before 4.16."""

    def show_to_people(self):
        """Run the job that opens the conversation, if there is one."""
        jobs = self.env["queue.job"].search(
            [("method_name", "=", "_job_show_to_people"), ("state", "=", "pending")]
        )
        for job in jobs:
            self.run_job(job.records, "_job_show_to_people")
        jobs.unlink()
        self.hear()
        return len(jobs)

    def owner_says(self, text):
        self.chatwoot.phone_echo(self.there, text)
        self.hear()

    def test_the_rest_is_theirs_and_people_see_it(self):
        self.writes("Oi, tem ração?")
        self.owner_says("Tem sim, aqui é o dono. Qual?")
        self.writes("A golden de 15 kg")
        self.assertEqual(self.prepared().ignored_reason, "human_replied")
        self.assertEqual(self.heard_by_ana(), [])

        self.assertEqual(self.show_to_people(), 1)
        self.assertEqual((self.there.status, self.here.status), ("open", "open"))
        self.assertEqual(self.show_to_people(), 0)

        self.eva_gives_back()
        turn = self.prepared()
        self.assertEqual((turn.state, turn.customer_text), ("prepared", "A golden de 15 kg"))
        self.answered_and_sent(turn)
        self.assertEqual(self.heard_by_ana(), ["Abrimos às nove."])

    def test_who_has_answered_everything_need_not_look(self):
        self.writes("Oi, tem ração?")
        self.owner_says("Tem sim")
        self.assertEqual(self.prepared().ignored_reason, "human_replied")
        self.assertEqual(self.show_to_people(), 0)
        self.assertEqual(self.there.status, "pending")

    def test_resolved_and_come_again_it_is_the_assistants(self):
        self.inbox.lock_to_single = True
        self.writes("Oi, tem ração?")
        self.owner_says("Tem sim")
        self.prepared()
        self.set_status("resolved")
        self.writes("Qual o horário?")
        self.assertEqual(self.prepared().state, "prepared")

    def test_given_back_before_the_job_comes_it_stays_the_assistants(self):
        self.writes("Oi, tem ração?")
        self.owner_says("Tem sim. Qual?")
        self.writes("A golden")
        self.prepared()
        self.eva_takes_over()
        self.eva_gives_back()
        self.show_to_people()
        self.assertEqual(self.there.status, "pending")
        self.assertEqual(self.prepared().customer_text, "A golden")

    def test_a_choice_in_an_older_question_is_judged_by_its_own_time(self):
        self.inbox = self.chatwoot.add_inbox(7, "Site", "Channel::WebWidget", self.bot)
        self.writes("Quanto custa a golden?")
        choices = ({"title": "15 kg", "value": "15"}, {"title": "3 kg", "value": "3"})
        self.answered_and_sent(self.prepared(), parts=("Qual tamanho?",), choices=choices)
        question = self.chatwoot.answers(self.there)[-1]
        self.eva_takes_over()
        self.eva_says("Já ajudo.")
        self.eva_gives_back()
        self.chatwoot.visitor_picks(question, "15")
        self.hear()
        self.assertEqual(self.prepared().state, "prepared")


@tagged("post_install", "-at_install")
class TestAccountWebhook(StoryCase):
    """Registered as a webhook of the account only: nothing is ever pending by itself."""

    def setUp(self):
        super().setUp()
        self.account_7.registration = "account_webhook"
        # No bot is connected to the inbox; the account's webhook hears of it.
        self.inbox = self.chatwoot.add_inbox(7, "WhatsApp", "Channel::Whatsapp")
        self.chatwoot.add_webhook(7, "https://odoo.example.test/webhook/chatwoot")
        self.addCleanup(self.chatwoot.accounts[7].webhooks.clear)

    def test_open_conversations_are_answered(self):
        self.writes("Qual o horário?")
        self.assertEqual(self.here.status, "open")
        self.answered_and_sent(self.prepared())
        self.assertEqual(self.heard_by_ana(), ["Abrimos às nove."])

    def test_a_person_who_answers_silences_us_until_it_is_resolved(self):
        self.writes("Oi")
        self.eva_says("Olá, sou a Eva.")
        self.assertEqual(self.prepared().ignored_reason, "human_replied")
        self.writes("Vocês abrem sábado?")
        self.assertEqual(self.prepared().ignored_reason, "human_replied")
        self.set_status("resolved")
        self.writes("Mais uma coisa: entregam?")
        turn = self.prepared()
        self.assertEqual(
            (turn.state, turn.customer_text), ("prepared", "Mais uma coisa: entregam?")
        )

    def test_a_person_on_the_owners_phone_silences_us_as_well(self):
        self.writes("Oi")
        self.chatwoot.phone_echo(self.there, "Oi, aqui é o dono")
        self.hear()
        self.assertEqual(self.prepared().ignored_reason, "human_replied")
        self.writes("Ah, que bom")
        self.assertEqual(self.prepared().ignored_reason, "human_replied")

    def test_a_person_assigned_silences_us_while_assigned(self):
        self.writes("Oi")
        self.eva_takes_over()
        self.assertEqual(self.prepared().ignored_reason, "human_assignee")
        self.eva_gives_back()
        turn = self.prepared()
        self.assertEqual((turn.state, turn.customer_text), ("prepared", "Oi"))
        self.answered_and_sent(turn)
        self.assertEqual(self.heard_by_ana(), ["Abrimos às nove."])

    def test_who_lets_go_without_a_word_leaves_nothing_unanswered(self):
        """Nothing is pending there: unassigning is how people give back."""
        self.writes("Oi")
        self.eva_takes_over()
        self.assertEqual(self.prepared().ignored_reason, "human_assignee")
        self.chatwoot.desk.assign(self.there, None)
        self.hear()
        turn = self.prepared()
        self.assertEqual((turn.state, turn.customer_text), ("prepared", "Oi"))

    def test_who_has_spoken_and_lets_go_is_still_at_it(self):
        self.writes("Oi")
        self.eva_takes_over()
        self.eva_says("Já volto.")
        self.writes("Está bem?")
        self.prepared()
        self.chatwoot.desk.assign(self.there, None)
        self.hear()
        self.assertEqual(self.prepared().ignored_reason, "human_replied")

    def test_our_own_handover_silences_us_until_it_is_given_back(self):
        self.writes("Quero falar com uma pessoa")
        handover = {"reason": "asked_for_person", "note": "Pediu uma pessoa."}
        self.answered_and_sent(self.prepared(), parts=("Já chamo alguém.",), handover=handover)
        self.assertEqual(self.here.status, "open")
        self.writes("Alô?")
        self.assertEqual(self.prepared().ignored_reason, "handed_over")
        self.eva_gives_back()
        self.assertEqual(self.prepared().customer_text, "Alô?")

    def test_a_person_who_answers_while_the_model_thinks_has_the_last_word(self):
        self.writes("Oi")
        turn = self.prepared()
        self.answered(turn)
        self.chatwoot.attendant_says(self.there, self.eva, "Deixa comigo")
        self.hear()
        self.deliver(turn)
        self.assertEqual((turn.state, turn.ignored_reason), ("ignored", "human_replied"))
        self.assertEqual(self.heard_by_ana(), [])
