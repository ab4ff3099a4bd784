"""What the connector's tests share: accounts 7 and 8, and Chatwoot's payloads for them."""

import copy
import json
import tempfile
import time
import uuid
from pathlib import Path
from unittest.mock import patch

from odoo import fields
from odoo.addons.company_services.tests.common import CompanyServicesCase

from agent_runtime import signing

from ..intake import directory, store
from ..normalise import normalise

FIXTURES = Path(__file__).parent / "fixtures"
SECRET_7 = "secret-of-the-bot-of-seven"
SECRET_8 = "secret-of-the-bot-of-eight"


def fixture(name):
    """One complete payload, as Chatwoot 4.15 writes it."""
    return json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))


def message_payload(account=7, message=501, conversation=21, text="Olá", name="a1", **changes):
    """A message event of an account; ``changes`` are put into the conversation."""
    payload = copy.deepcopy(fixture(name))
    payload["account"]["id"] = account
    payload["id"] = message
    payload["content"] = text
    payload["conversation"].update(id=conversation, **changes)
    payload["conversation"]["account"]["id"] = account
    for nested in payload["conversation"]["messages"]:
        nested.update(id=message, account_id=account, conversation_id=conversation)
    return payload


def signed(payload, secret, timestamp=None):
    """Body and headers of a delivery, as Chatwoot sends them; the same body is the same one."""
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    timestamp = int(time.time()) if timestamp is None else timestamp
    return body, {
        "Content-Type": "application/json",
        "X-Chatwoot-Delivery": str(uuid.uuid5(uuid.NAMESPACE_URL, body.decode("latin-1"))),
        "X-Chatwoot-Timestamp": str(timestamp),
        "X-Chatwoot-Signature": signing.sign(secret, timestamp, body),
    }


class ConnectorCase(CompanyServicesCase):
    """Accounts 7 and 8 of two companies, known to a directory of the test's own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        patcher = patch.object(directory, "path", lambda: Path(folder.name) / "directory.json")
        patcher.start()
        cls.addClassCleanup(patcher.stop)
        # Accounts that the database already has (demo data) would be listed too.
        cls.env["chatwoot.account"].search([]).active = False
        cls.account_7 = cls.make_account(cls.tenant_7, SECRET_7)
        cls.account_8 = cls.make_account(cls.tenant_8, SECRET_8)
        cls.inbox_7 = cls.make_inbox(cls.account_7)
        cls.inbox_8 = cls.make_inbox(cls.account_8)
        cls.env.flush_all()
        directory.publish(cls.env.cr)

    @classmethod
    def make_account(cls, tenant, secret):
        return cls.env["chatwoot.account"].create(
            {
                "name": tenant.company_id.name,
                "company_id": tenant.company_id.id,
                "tenant_id": tenant.id,
                "base_url": "https://chat.example.test/",
                "webhook_secret": secret,
                "bot_token": f"bot-token-of-{tenant.account_id}",
            }
        )

    @classmethod
    def make_inbox(cls, account, **values):
        return cls.env["chatwoot.inbox"].create(
            {
                "chatwoot_account_id": account.id,
                "inbox_id": 3,
                "name": "WhatsApp",
                "channel": "whatsapp",
                **values,
            }
        )

    def take_in(self, *payloads, account=None):
        """Record the events as the intake does, then drain them."""
        account = account or self.account_7
        for payload in payloads:
            store.record_event(self.env.cr, account.id, normalise(payload))
        self.drain()

    def drain(self):
        done = []
        while row := self.env["chatwoot.intake"]._drain_next(done):
            done.append(row)

    def conversation(self, display_id=21, account=None):
        account = account or self.account_7
        return self.env["chatwoot.conversation"].search(
            [("chatwoot_account_id", "=", account.id), ("display_id", "=", display_id)]
        )

    def prepare(self, conversation):
        """Prepare the conversation's turn as if its time had come."""
        conversation.due_at = fields.Datetime.now()
        return conversation._prepare_turn()

    def intake_rows(self):
        self.env.cr.execute("SELECT * FROM chatwoot_intake ORDER BY id")
        return self.env.cr.dictfetchall()
