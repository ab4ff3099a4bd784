"""The gate's reasons, as they come from what Chatwoot tells: webhooks in, turns out."""

from odoo.addons.queue_job.tests.common import trap_jobs
from odoo.tests import tagged

from .connector_case import ConnectorCase, fixture, message_payload


@tagged("post_install", "-at_install")
class TestGateHeard(ConnectorCase):
    def refused(self, *payloads, conversation=21):
        """The reason why what the payloads tell is not answered; no job goes on with it."""
        self.take_in(*payloads)
        with trap_jobs() as trap:
            turn = self.prepare(self.conversation(conversation))
            trap.assert_jobs_count(0, only=turn._job_dispatch)
        self.assertEqual(turn.state, "ignored")
        self.assertTrue(turn.finished_at)
        return turn.ignored_reason

    def of_7(self, name, **changes):
        payload = fixture(name)
        payload["account"]["id"] = 7
        payload["conversation"].update(changes)
        return payload

    def test_open_snoozed_resolved(self):
        for number, status in enumerate(("open", "snoozed", "resolved"), start=21):
            payload = message_payload(message=number, conversation=number, status=status)
            self.assertEqual(self.refused(payload, conversation=number), "not_pending")

    def test_a_person_assigned_though_pending(self):
        payload = message_payload()
        payload["conversation"]["meta"].update(
            assignee={"id": 4, "name": "Eva", "type": "user"}, assignee_type="User"
        )
        self.assertEqual(self.refused(payload), "human_assignee")

    def test_bots_assigned_are_no_persons(self):
        kinds = (("agent_bot", "AgentBot"), ("captain_assistant", "Captain::Assistant"))
        for number, (kind, name) in enumerate(kinds, start=21):
            payload = message_payload(message=number, conversation=number)
            payload["conversation"]["meta"].update(
                assignee={"id": 4, "name": "Robô", "type": kind}, assignee_type=name
            )
            self.take_in(payload)
            self.assertEqual(self.prepare(self.conversation(number)).state, "prepared", name)

    def test_somebody_on_the_companys_phone(self):
        answered = message_payload(name="a6", message=502)
        self.assertEqual(self.refused(message_payload(message=501), answered), "human_replied")

    def test_a_private_note_and_an_automation_are_nobodys_answer(self):
        note = message_payload(message=502)
        eva = {"id": 4, "name": "Eva", "type": "user"}
        note.update(private=True, message_type="outgoing", sender=eva)
        automation = message_payload(name="a3", message=503)
        automation["sender"] = None
        automation["content_attributes"] = {"automation_rule_id": 9}
        self.take_in(message_payload(message=501), note, automation)
        self.assertEqual(self.prepare(self.conversation()).state, "prepared")

    def test_a_blocked_contact(self):
        payload = message_payload()
        payload["conversation"]["meta"]["sender"]["blocked"] = True
        self.assertEqual(self.refused(payload), "blocked_contact")

    def test_an_auto_responder(self):
        payload = self.of_7("a14")
        payload["content_attributes"]["email"]["auto_reply"] = True
        self.assertEqual(self.refused(payload, conversation=1201), "automatic_reply")

    def test_an_auto_responder_beside_a_real_question(self):
        payload = self.of_7("a14")
        automatic = self.of_7("a14")
        automatic["id"] += 1
        automatic["content_attributes"]["email"]["auto_reply"] = True
        self.take_in(payload, automatic)
        self.assertEqual(self.prepare(self.conversation(1201)).state, "prepared")

    def test_nothing_to_answer(self):
        self.assertEqual(self.refused(message_payload(text=None)), "nothing_to_answer")

    def test_the_inbox_the_account_the_assistant_switched_off(self):
        for number, record in enumerate((self.inbox_7, self.account_7, self.tenant_7), start=21):
            field = "bot_enabled" if record == self.inbox_7 else "active"
            record[field] = False
            payload = message_payload(message=number, conversation=number)
            self.assertEqual(self.refused(payload, conversation=number), "bot_disabled")
            record[field] = True

    def test_what_is_true_of_account_8_says_nothing_of_account_7(self):
        self.inbox_8.bot_enabled = False
        of_8 = message_payload(account=8, message=900, name="a6")
        self.take_in(of_8, account=self.account_8)
        self.conversation(account=self.account_8).write(
            {"handed_over_at": "2026-01-01", "closed_told_until": "2099-01-01"}
        )
        self.take_in(message_payload(message=501))
        self.assertEqual(self.prepare(self.conversation()).state, "prepared")
