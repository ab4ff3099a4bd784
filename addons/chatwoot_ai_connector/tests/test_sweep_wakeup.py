from types import SimpleNamespace
from unittest.mock import patch

import psycopg2
from odoo import sql_db
from odoo.tests import TransactionCase, tagged

from ..runtime_process import sweep_wakeup


@tagged("post_install", "-at_install")
class TestSweepWakeup(TransactionCase):
    """A new runtime makes every database look for lost turns at once."""

    def setUp(self):
        super().setUp()
        self.registry_enter_test_mode()
        self.here = self.env.cr.dbname
        self.known = {self.here: 1}
        self.cron = self.env.ref("chatwoot_ai_connector.cron_sweep")
        self.connected = []
        self.enterContext(patch.object(sweep_wakeup, "databases", lambda: self.known))
        self.enterContext(patch.object(sql_db, "db_connect", self._connect))
        self.enterContext(patch.object(sql_db, "close_db", self.connected.remove))

    def _connect(self, database):
        if database == "gone":
            raise psycopg2.OperationalError("database gone does not exist")
        if database != "postgres":
            self.connected.append(database)
        return SimpleNamespace(cursor=self.registry.cursor)

    def triggers(self):
        return self.env["ir.cron.trigger"].search_count([("cron_id", "=", self.cron.id)])

    def test_the_scheduled_action_is_due_and_no_connection_is_kept(self):
        before = self.triggers()
        sweep_wakeup.wake_sweeps()
        self.assertEqual(self.triggers(), before + 1)
        self.assertEqual(self.connected, [])

    def test_a_database_that_is_gone_does_not_hold_up_the_others(self):
        self.known = {"gone": 1, self.here: 1}
        before = self.triggers()
        sweep_wakeup.wake_sweeps()
        self.assertEqual(self.triggers(), before + 1)

    def test_without_databases_nobody_is_notified(self):
        self.known = {}
        sweep_wakeup.wake_sweeps()
        self.assertEqual(self.connected, [])
