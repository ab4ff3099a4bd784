from collections import UserDict
from datetime import timedelta
from unittest.mock import patch

import psycopg2
from odoo import fields
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger
from prometheus_client.parser import text_string_to_metric_families

from ..endpoints import metrics
from ..intake import directory, store
from ..intake import receive as intake
from .connector_case import SECRET_7, message_payload, signed
from .endpoint_case import EndpointCase

TOKEN = "token-of-prometheus"


@tagged("post_install", "-at_install")
class TestMetricsHttp(EndpointCase):
    """What has happened, in numbers read from the rows, to whoever may know."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_environment(AGENT_RUNTIME_METRICS_TOKEN=TOKEN)

    def setUp(self):
        super().setUp()
        # A thread beside the request's may not use the test's cursor.
        self.startPatcher(patch.object(metrics, "in_parallel", _one_after_another))
        self.env.cr.execute("DELETE FROM chatwoot_intake")
        self.env.cr.execute("DELETE FROM chatwoot_metric_total")
        self.env.cr.execute("UPDATE chatwoot_metric_fold SET until = '1970-01-01'")

    def samples(self, key=TOKEN, path="/metrics"):
        """``{(name, label values without database, in any order): value}``."""
        response = self.fetch(path, key)
        self.assertEqual(response.status_code, 200, response.text)
        self.assertIn("text/plain", response.headers["Content-Type"])
        found = _Samples()
        for family in text_string_to_metric_families(response.text):
            for sample in family.samples:
                labels = {k: v for k, v in sample.labels.items() if k != "database"}
                found[sample.name, *labels.values()] = sample.value
        self.text = response.text
        return found

    def ended_turn(self, account=None, message=501, **values):
        account = account or self.account_7
        number = account.account_id
        payload = message_payload(account=number, message=message, text="meu segredo 5531999990000")
        self.take_in(payload, account=account)
        turn = self.prepare(self.conversation(account=account))
        now = fields.Datetime.now()
        turn.write(
            {
                "state": "delivered",
                "crew": "whatsapp",
                "dispatched_at": now - timedelta(seconds=4),
                "delivery_since": now - timedelta(seconds=2),
                "finished_at": now,
                "timings": {"decide": 10.0, "total": 2500.5},
                "model": "grounded",
                "model_calls": 2,
                "prompt_tokens": 100,
                "completion_tokens": 7,
                "cost": 0.0125,
                **values,
            }
        )
        return turn

    def test_what_happened_is_counted_by_account(self):
        turn = self.ended_turn()
        self.env["chatwoot.turn.part"].create(
            [
                {"turn_id": turn.id, "number": 1, "content": "a", "state": "sent"},
                {"turn_id": turn.id, "number": 2, "content": "b", "state": "failed"},
            ]
        )
        self.ended_turn(message=502, state="handed_over", handover_reason="asked_for_person")
        self.ended_turn(message=503, state="ignored", ignored_reason="not_pending", crew=False)
        self.ended_turn(self.account_8, crew="email")
        seen = self.samples()
        for name, value in {
            ("chatwoot_events_received_total", "7", "chatwoot"): 3,
            ("chatwoot_events_received_total", "8", "chatwoot"): 1,
            ("chatwoot_events_waiting", "7"): 0,
            ("chatwoot_messages_total", "7", "customer"): 3,
            ("chatwoot_turns_total", "7", "delivered", "whatsapp"): 1,
            ("chatwoot_turns_total", "7", "handed_over", "whatsapp"): 1,
            ("chatwoot_turns_total", "7", "ignored", ""): 1,
            ("chatwoot_turns_total", "8", "delivered", "email"): 1,
            ("chatwoot_turns_ignored_total", "7", "not_pending"): 1,
            ("chatwoot_handovers_total", "7", "asked_for_person"): 1,
            ("chatwoot_turns_in_flight", "7", "prepared"): 0,
            ("chatwoot_parts_total", "7", "sent"): 1,
            ("chatwoot_parts_total", "7", "failed"): 1,
            ("chatwoot_model_calls_total", "7", "grounded"): 6,
            ("chatwoot_model_tokens_total", "7", "grounded", "prompt"): 300,
            ("chatwoot_model_tokens_total", "7", "grounded", "completion"): 21,
            ("chatwoot_model_cost_total", "7", "grounded"): 0.0375,
            ("chatwoot_database_up",): 1,
        }.items():
            self.assertEqual(seen[name], value, name)
        self.assertIn(f'database="{self.env.cr.dbname}"', self.text)

    def test_durations_are_histograms(self):
        self.ended_turn()
        self.ended_turn(message=502, timings={"decide": 10.1})
        self.ended_turn(message=503, timings=False)
        seen = self.samples()
        bucket = "chatwoot_stage_seconds_bucket"
        self.assertEqual(seen[bucket, "7", "runtime_decide", "0.01"], 1, "a bound belongs to it")
        self.assertEqual(seen[bucket, "7", "runtime_decide", "0.05"], 2)
        self.assertEqual(seen[bucket, "7", "runtime_decide", "+Inf"], 2)
        self.assertAlmostEqual(seen["chatwoot_stage_seconds_sum", "7", "runtime_decide"], 0.0201)
        self.assertEqual(seen["chatwoot_stage_seconds_count", "7", "runtime_total"], 1)
        self.assertEqual(seen[bucket, "7", "answer", "1.0"], 0)
        self.assertEqual(seen[bucket, "7", "answer", "2.5"], 3)
        self.assertEqual(seen["chatwoot_stage_seconds_sum", "7", "deliver"], 6)
        self.assertEqual(seen["chatwoot_stage_seconds_count", "7", "whole"], 3)

    def test_what_waits_is_a_depth_and_an_age(self):
        store.record(self.env.cr, "chatwoot", "waits", self.account_7.id, {}, 21)
        self.env.cr.execute(
            "UPDATE chatwoot_intake SET received_at = received_at - interval '90 seconds'"
        )
        seen = self.samples()
        self.assertEqual(seen["chatwoot_events_waiting", "7"], 1)
        self.assertEqual(seen["chatwoot_events_waiting", "8"], 0)
        self.assertAlmostEqual(seen["chatwoot_events_oldest_waiting_seconds", "7"], 90, delta=30)
        self.assertEqual(seen["chatwoot_jobs", "root.chatwoot.intake", "pending"], 1)

    def test_counters_do_not_fall_when_the_intake_is_tidied(self):
        self.ended_turn()
        before = self.samples()["chatwoot_events_received_total", "7", "chatwoot"]
        for _night in range(2):
            self.age("chatwoot_intake", "received_at", "processed_at")
            self.env["chatwoot.intake"]._gc_processed()
        self.assertEqual(self.intake_rows(), [])
        self.ended_turn(message=502)
        after = self.samples()["chatwoot_events_received_total", "7", "chatwoot"]
        self.assertEqual((before, after), (1, 2))

    def age(self, table, *columns, days=30):
        self.env.flush_all()
        for column in columns:
            self.env.cr.execute(
                SQL(
                    "UPDATE %(table)s SET %(column)s = %(column)s - %(age)s",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    age=timedelta(days=days),
                )
            )
        self.env.invalidate_all()

    def test_what_was_folded_is_counted_on_and_not_again(self):
        turn = self.ended_turn()
        self.env["chatwoot.turn.part"].create(
            {"turn_id": turn.id, "number": 1, "content": "a", "state": "sent"}
        )
        self.ended_turn(self.account_8, crew="email", timings={"decide": 700000.0})
        self.age("chatwoot_turn", "create_date", "dispatched_at", "delivery_since", "finished_at")
        self.age("chatwoot_message", "create_date")
        self.age("chatwoot_intake", "received_at")
        before = self.samples()
        for _night in range(2):
            self.env["chatwoot.intake"]._gc_processed()
            self.assert_same(before, self.samples())
        self.env["chatwoot.turn"].search([]).finished_at = "2020-01-01"
        self.assert_same(before, self.samples())
        self.ended_turn(message=502)
        after = self.samples()
        for name, value in {
            ("chatwoot_events_received_total", "7", "chatwoot"): 2,
            ("chatwoot_messages_total", "7", "customer"): 2,
            ("chatwoot_turns_total", "7", "delivered", "whatsapp"): 2,
            ("chatwoot_parts_total", "7", "sent"): 1,
            ("chatwoot_stage_seconds_count", "7", "whole"): 2,
            ("chatwoot_stage_seconds_bucket", "8", "runtime_decide", "300.0"): 0,
            ("chatwoot_stage_seconds_bucket", "8", "runtime_decide", "+Inf"): 1,
            ("chatwoot_model_cost_total", "7", "grounded"): 0.025,
        }.items():
            self.assertAlmostEqual(after[name], value, msg=name)

    def test_what_came_in_and_was_not_recorded(self):
        typing = {**message_payload(), "event": "conversation_typing_on"}
        for payload in (message_payload(), message_payload(), typing, typing):
            body, headers = signed(payload, SECRET_7)
            self.env.flush_all()
            self.assertEqual(intake.receive(body, headers, None), 200)
        seen = self.samples()
        self.assertEqual(seen["chatwoot_events_received_total", "7", "chatwoot"], 1)
        self.assertEqual(seen["chatwoot_events_left_out_total", "7", "known_already"], 1)
        self.assertEqual(seen["chatwoot_events_left_out_total", "7", "not_needed"], 2)

    def test_what_may_still_change_is_not_folded(self):
        turn = self.ended_turn()
        self.age("chatwoot_turn", "finished_at", days=1)
        self.env["chatwoot.intake"]._gc_processed()
        turn.write({"state": "handed_over", "handover_reason": "undelivered"})
        self.assertEqual(self.samples()["chatwoot_handovers_total", "7", "undelivered"], 1)

    def test_a_manager_sees_the_own_totals_alone(self):
        self.ended_turn(self.account_8)
        self.age("chatwoot_turn", "finished_at")
        self.env["chatwoot.intake"]._gc_processed()
        self.samples(self.key_7, "/metrics?account_id=7")
        self.assertNotIn('account="8"', self.text)
        seen = self.samples(self.key_8, "/metrics?account_id=8")
        self.assertEqual(seen["chatwoot_turns_total", "8", "delivered", "whatsapp"], 1)

    def test_a_deleted_account_leaves_no_totals(self):
        self.ended_turn(self.account_8)
        self.age("chatwoot_turn", "finished_at")
        self.env["chatwoot.intake"]._gc_processed()
        self.account_8.unlink()
        self.samples()
        self.assertNotIn('account="8"', self.text)
        self.age("chatwoot_metric_fold", "until", days=1)
        self.env["chatwoot.intake"]._gc_processed()
        self.env.cr.execute(
            "SELECT count(*) FROM chatwoot_metric_total WHERE chatwoot_account_id <> %s",
            (self.account_7.id,),
        )
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def assert_same(self, before, after):
        counted = {
            key: value
            for key, value in before.data.items()
            if key[0].endswith(("_total", "_bucket"))
        }
        self.assertTrue(counted)
        self.assertEqual(counted, {key: after.data.get(key) for key in counted})

    def test_no_words_of_anybody(self):
        self.ended_turn()
        self.samples()
        for word in ("segredo", "5531999990000", "Company Seven", "Alice"):
            self.assertNotIn(word, self.text)

    def test_a_manager_sees_the_own_account_alone(self):
        self.ended_turn()
        self.ended_turn(self.account_8)
        seen = self.samples(self.key_7, "/metrics?account_id=7")
        self.assertEqual(seen["chatwoot_turns_total", "7", "delivered", "whatsapp"], 1)
        self.assertNotIn('account="8"', self.text)
        self.assertNotIn("chatwoot_jobs", self.text)

    def test_nobody_else_sees_anything(self):
        for key, path in (
            (None, "/metrics"),
            ("", "/metrics"),
            ("wrong", "/metrics"),
            (self.key_7, "/metrics"),
            (self.key_7, "/metrics?account_id=8"),
            (self.key_8, "/metrics?account_id=7"),
            ("wrong", "/metrics?account_id=7"),
        ):
            response = self.fetch(path, key)
            self.assertEqual(response.status_code, 401, path)
            self.assertEqual(response.json(), {"error": "unauthorized"})
        response = self.fetch("/metrics?account_id=7", self.viewer_key_7)
        self.assertEqual(response.status_code, 403)

    def test_without_the_setting_there_is_no_server_token(self):
        with patch.dict("os.environ", AGENT_RUNTIME_METRICS_TOKEN=""):
            self.assertEqual(self.fetch("/metrics", "").status_code, 401)
            self.assertEqual(self.fetch("/metrics", TOKEN).status_code, 401)

    @mute_logger("odoo.addons.chatwoot_ai_connector.endpoints.metrics")
    def test_a_database_that_does_not_answer_is_a_metric(self):
        here = self.env.cr.dbname

        def open_cursor(database, *_args):
            if database != here:
                raise psycopg2.OperationalError("gone")
            return self.registry.cursor()

        counts = {here: 2, "gone_for_good": 1}
        with (
            patch.object(store, "open_cursor", open_cursor),
            patch.object(directory, "databases", lambda: counts),
        ):
            body = self.fetch("/metrics", TOKEN).text
        self.assertIn('chatwoot_database_up{database="gone_for_good"} 0.0', body)
        self.assertIn(f'chatwoot_database_up{{database="{here}"}} 1.0', body)

    def test_the_bounds_ascend(self):
        self.assertEqual(sorted(metrics.BOUNDS), list(metrics.BOUNDS))


class _Samples(UserDict):
    """Finds a sample whatever the order of its labels."""

    def __setitem__(self, key, value):
        self.data[key[0], frozenset(key[1:])] = value

    def __getitem__(self, key):
        return self.data[key[0], frozenset(key[1:])]


def _one_after_another(tasks, _seconds):
    return {name: _tried(task) for name, task in tasks.items()}


def _tried(task):
    try:
        return task()
    except Exception as error:
        return error
