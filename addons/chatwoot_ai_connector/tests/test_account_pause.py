import itertools
import socket
import threading
from types import SimpleNamespace

from odoo import fields
from odoo.tests import BaseCase, tagged
from odoo.tests.common import new_test_user

from ..delivery import chatwoot_http
from ..delivery.pause import pause_after
from ..models import turn_delivery
from .delivery_case import DeliveryCase

TURNS = 50


class HangingServer:
    """Takes every connection and never answers; counts them."""

    def __init__(self):
        self.connections = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            self.connections.append(connection)

    def stop(self):
        self._socket.close()
        for connection in self.connections:
            connection.close()


@tagged("post_install", "-at_install")
class TestPauseLength(BaseCase):
    def test_it_grows_with_the_outage_within_limits(self):
        self.assertEqual(pause_after(0), 5)
        self.assertEqual([pause_after(age) for age in (5, 10, 20, 299)], [5, 10, 20, 299])
        self.assertEqual(pause_after(10_000), 300)

    def test_the_server_knows_best_within_reason(self):
        self.assertEqual(pause_after(0, 42), 42)
        self.assertEqual(pause_after(0, 10**9), 3_600)


@tagged("post_install", "-at_install")
class TestAccountPause(DeliveryCase):
    """Account 7's Chatwoot is in trouble; account 8's is well."""

    def setUp(self):
        super().setUp()
        self.patch(chatwoot_http, "TIMEOUT", 0.2)
        self.hanging = HangingServer()
        self.addCleanup(self.hanging.stop)

    def work(self, turn):
        return self.run_job(turn, "_job_deliver")

    def test_one_slot_is_enough_for_a_hanging_account_and_a_healthy_one(self):
        turns = [self.turn] + [self.ask("Oi")[1] for _number in range(TURNS - 1)]
        for turn in turns:
            turn.state = "answered"
            turn._write_parts(["Abrimos às nove."])
        remote, other = self.ask("Olá", self.account_8)
        self.answered(other)
        self.account_7.base_url = self.hanging.url
        retries = [self.work(turn) for turn in turns]
        self.assertIsNone(self.work(other))
        self.assertEqual(self.said(remote), ["Abrimos às nove."])
        self.assertEqual(len(self.hanging.connections), 1)
        self.assertTrue(all(retry.ignore_retry and retry.seconds >= 1 for retry in retries))
        self.assertFalse(self.account_8.paused_until)

    def test_at_the_end_of_a_pause_one_tries_for_all(self):
        turns = [self.turn, self.ask("Oi")[1], self.ask("Oi")[1]]
        for turn in turns:
            self.answered(turn)
        self.account_7.base_url = self.hanging.url
        self.work(turns[0])
        self.assertEqual(len(self.hanging.connections), 1)
        self.end_pause(self.account_7)
        self.assertEqual(self.account_7._seconds_to_wait(), 0)
        self.assertTrue(all(self.work(turn).seconds > 5 for turn in turns))
        self.assertEqual(len(self.hanging.connections), 1)

    def test_reached_again_all_go_on(self):
        second = self.ask("Oi")[1]
        self.answered(self.turn)
        self.answered(second)
        self.account_7.base_url = self.hanging.url
        self.work(self.turn)
        self.assertTrue(self.account_7.unreachable_since)
        self.assertIn("ReadTimeout", self.account_7.unreachable_error)
        self.account_7.base_url = self.chatwoot.url
        self.end_pause(self.account_7)
        self.assertIsNone(self.work(self.turn))
        self.assertFalse(self.account_7.paused_until or self.account_7.unreachable_since)
        self.assertIsNone(self.work(second))

    def test_a_message_that_hangs_is_in_doubt_and_not_asked_for_at_once(self):
        self.answered(self.turn)
        user = self.chatwoot.add_user(7, "Rui", "administrator")
        self.account_7.user_token = user.access_token
        asked = []
        call = chatwoot_http.ChatwootHttp._send

        def send(api, method, path, *args, **values):
            asked.append((method, path.rpartition("/")[2]))
            if method == "POST":
                api._root = self.hanging.url
            return call(api, method, path, *args, **values)

        self.patch(chatwoot_http.ChatwootHttp, "_send", send)
        self.assertTrue(self.work(self.turn))
        self.assertEqual(asked[-1], ("POST", "messages"))
        self.assertEqual(self.turn.part_ids.state, "doubtful")
        self.assertTrue(self.account_7.paused_until)

    def test_too_many_requests_are_answered_by_the_wait_asked_for(self):
        self.answered(self.turn)
        send = chatwoot_http.requests.Session.request

        def request(session, *args, **values):
            response = send(session, *args, **values)
            response.status_code = 429
            response.headers["Retry-After"] = "77"
            return response

        self.patch(chatwoot_http.requests.Session, "request", request)
        self.assertEqual(self.work(self.turn).seconds, 77)
        left = self.account_7.paused_until - fields.Datetime.now()
        self.assertGreater(left.total_seconds(), 70)
        self.assertFalse(self.account_8.paused_until)

    def test_one_conversation_s_trouble_pauses_nobody(self):
        self.answered(self.turn)
        self.turn.conversation_id.display_id = 999
        self.assertTrue(self.work(self.turn))
        self.assertFalse(self.account_7.paused_until)

    def test_a_slow_account_lets_the_others_go_first(self):
        self.patch(self.env.registry["chatwoot.turn"], "_deliver", lambda turn, api, started: None)
        second = self.ask("Oi")[1]
        self.answered(self.turn)
        self.answered(second)
        # Whoever looks at the clock finds that four more seconds have passed.
        clock = itertools.count(0, 4)
        self.patch(turn_delivery, "time", SimpleNamespace(monotonic=lambda: next(clock)))
        self.assertIsNone(self.work(self.turn))
        self.assertTrue(self.account_7.paused_until)
        self.assertFalse(self.account_7.unreachable_since)
        self.assertTrue(self.work(second))
        # Nobody has to find out first whether this Chatwoot can be reached.
        self.end_pause(self.account_7)
        self.assertEqual(self.account_7._seconds_to_wait(), 0)
        self.assertIsNone(self.work(second))

    def test_who_changes_the_access_sees_at_once_whether_it_helped(self):
        self.answered(self.turn)
        self.account_7.bot_token = "wrong"
        self.assertTrue(self.work(self.turn))
        self.assertTrue(self.account_7.last_error)
        self.account_7._note_unreachable("GET conversations/1: ReadTimeout")
        self.no_jobs()
        self.account_7.bot_token = self.bot.access_token
        self.assertFalse(self.account_7.last_error or self.account_7.paused_until)
        self.env.flush_all()
        job = self.env["queue.job"].search([("method_name", "=", "_job_send_waiting")])
        self.assertEqual(job.records, self.account_7)
        self.account_7._job_send_waiting()
        self.assertEqual(len(self.jobs("_job_deliver")), 1)
        self.assertIsNone(self.work(self.turn))

    def test_a_manager_of_8_sees_no_pause_of_7(self):
        self.account_7._note_unreachable("GET conversations/1: ReadTimeout")
        manager = new_test_user(
            self.env,
            "manager-of-8",
            groups="base.group_user,company_services.group_ai_manager",
            company_id=self.tenant_8.company_id.id,
            company_ids=[(6, 0, self.tenant_8.company_id.ids)],
        )
        accounts = self.env["chatwoot.account"].with_user(manager).search([])
        self.assertFalse(accounts.filtered("unreachable_since"))
        self.assertNotIn(self.account_7, accounts)
