"""Posting deliveries to the webhook, as Chatwoot does or as somebody else would."""

from unittest.mock import patch

from odoo.tests import HttpCase

from ..intake import store
from .connector_case import SECRET_7, ConnectorCase, signed


class WebhookCase(ConnectorCase, HttpCase):
    def setUp(self):
        super().setUp()
        # The intake's cursor is one of its own, which would not see what a test has written.
        self.startPatcher(
            patch.object(store, "open_cursor", lambda _database: self.registry.cursor())
        )
        self.env.cr.execute("DELETE FROM chatwoot_intake")
        self.env.cr.execute("DELETE FROM queue_job WHERE method_name = '_job_drain'")

    def deliver(self, payload, secret=SECRET_7, route=None, timestamp=None, **headers):
        """Post a delivery; a header given as ``None`` is left out."""
        body, signature_headers = signed(payload, secret, timestamp)
        signature_headers.update(headers)
        sent = {name: value for name, value in signature_headers.items() if value is not None}
        path = f"/webhook/chatwoot/{route}" if route is not None else "/webhook/chatwoot"
        return self.url_open(path, data=body, headers=sent, method="POST")

    def assert_taken(self, response, rows):
        self.assertEqual(response.status_code, 200)
        self.assertEqual(len(self.intake_rows()), rows)

    def assert_refused(self, response, status):
        """Answered with ``status``, and nothing is left behind."""
        self.assertEqual(response.status_code, status)
        self.assertEqual(self.intake_rows(), [])
        self.assertEqual(self.drain_jobs(), 0)
        return response

    def drain_jobs(self):
        self.env.cr.execute("SELECT count(*) FROM queue_job WHERE method_name = '_job_drain'")
        return self.env.cr.fetchone()[0]
