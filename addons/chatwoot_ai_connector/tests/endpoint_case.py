"""What the tests of the addresses for machines share: keys of people of companies 7 and 8."""

from unittest.mock import patch

from odoo.tests import HttpCase

from ..endpoints import attempts, caller
from ..intake import store
from .connector_case import ConnectorCase


class EndpointCase(ConnectorCase, HttpCase):
    """Managers of 7 and 8 and a viewer of 7 with an API key each."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer_7 = cls.make_user("viewer_7", cls.tenant_7, "group_ai_viewer")
        cls.key_7 = cls.key_of(cls.manager_7)
        cls.key_8 = cls.key_of(cls.manager_8)
        cls.viewer_key_7 = cls.key_of(cls.viewer_7)

    @classmethod
    def key_of(cls, user, scope="rpc", expires=None):
        keys = cls.env["res.users.apikeys"].with_user(user).sudo()
        return keys._generate(scope, "test", expires)

    def setUp(self):
        super().setUp()
        # The endpoints' cursor is one of its own, which would not see what a test has written.
        self.startPatcher(patch.object(store, "open_cursor", lambda *_args: self.registry.cursor()))
        self.attempts = attempts.Attempts()
        self.startPatcher(patch.object(caller, "ATTEMPTS", self.attempts))

    def fetch(self, path, key=None, method="GET", **options):
        headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
        headers.update(options.pop("headers", {}))
        self.env.flush_all()
        response = self.url_open(path, headers=headers, method=method, **options)
        self.env.invalidate_all()
        self.assertNotIn("Set-Cookie", response.headers)
        return response
