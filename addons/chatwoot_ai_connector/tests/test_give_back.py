from odoo.tests import tagged

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
