from unittest.mock import patch

from odoo.tests import tagged
from psycopg2.errors import UndefinedTable

from .connector_case import ConnectorCase, message_payload

SAID = "Meu CPF é segredo"


@tagged("post_install", "-at_install")
class TestIntakeLog(ConnectorCase):
    """A row that cannot be worked on is told of without the customer's words."""

    def log_of(self, fault):
        """The log while a row's work ends in ``fault``, called with the conversation model."""
        conversation = type(self.env["chatwoot.conversation"])
        with (
            patch.object(conversation, "_apply_event", fault),
            self.assertLogs(level="INFO") as log,
        ):
            self.take_in(message_payload(text=SAID))
        return "\n".join(log.output)

    def test_the_errors_own_words_are_left_out(self):
        def fault(model, account, event, received_at):
            raise ValueError(event.message.content)

        log = self.log_of(fault)
        self.assertNotIn("segredo", log)
        self.assertIn("ValueError", log)
        self.assertIn("in fault", log)
        self.assertEqual(self.intake_rows()[-1]["error"], "ValueError")

    def test_a_refused_query_is_left_out(self):
        def fault(model, account, event, received_at):
            model.env.cr.execute("INSERT INTO no_such_table VALUES (%s)", (event.message.content,))

        log = self.log_of(fault)
        self.assertNotIn("segredo", log)
        self.assertNotIn("bad query", log)
        self.assertIn("UndefinedTable", log)

    def test_queries_outside_the_work_are_told_of_as_ever(self):
        self.take_in(message_payload())
        with (
            self.assertLogs("odoo.sql_db", "ERROR"),
            self.assertRaises(UndefinedTable),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("SELECT 1 FROM no_such_table")
