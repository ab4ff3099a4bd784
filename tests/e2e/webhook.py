"""Posting webhooks by hand, right or wrong."""

from __future__ import annotations

import time
import uuid

import requests

from demo.chatwoot_double.outbox import webhook_headers
from demo.chatwoot_double.payloads import message_event
from demo.chatwoot_double.wire import rails_json
from demo.stage import Stage, StagedTenant


def event_body(stage: Stage, staged: StagedTenant, text: str = "Olá", **changes: object) -> bytes:
    """Bytes of a customer's ``message_created`` that Chatwoot has not sent itself."""
    silent = stage.double.add_inbox(
        staged.tenant.account_id, "Sem robô", "Channel::WebWidget", bot=None
    )
    contact = stage.double.add_contact(staged.tenant.account_id, "Pessoa de Teste")
    message = stage.double.customer_says(staged.tenant.account_id, silent, contact, text)
    return rails_json({**message_event("message_created", message), **changes})


def post(
    url: str, body: bytes, secret: str | None, *, age: float = 0, **headers: str
) -> requests.Response:
    """Deliver ``body`` signed with ``secret`` ``age`` seconds ago; None leaves it unsigned."""
    signed = {"Content-Type": "application/json"}
    if secret is not None:
        stamp = int(time.time() - age)
        signed = webhook_headers(secret, body, str(uuid.uuid4()), stamp)
    return requests.post(url, data=body, headers={**signed, **headers}, timeout=10)
