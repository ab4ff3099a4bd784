"""Where the runtime's results come in.

Like the webhook this works without the tenant's registry: the token names the database, a plain
cursor takes one row in, a job does the rest. Whatever is wrong gets the same answer, so that
nothing can be learnt by trying.
"""

import json
import logging
import time

from odoo import http
from odoo.addons.company_services.tools import crypto
from odoo.addons.company_services.tools.runtime import token
from odoo.http import request
from odoo.tools import SQL
from werkzeug.exceptions import RequestEntityTooLarge

from agent_runtime.signing import verify

from .. import callback_token
from ..intake import store

MAX_BODY = 1024 * 1024
TIMESTAMP_HEADER = "X-Agent-Runtime-Timestamp"
SIGNATURE_HEADER = "X-Agent-Runtime-Signature"
BEARER = "Bearer "
_logger = logging.getLogger(__name__)


class ResultController(http.Controller):
    @http.route(
        "/agent_runtime/result",
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        save_session=False,
        readonly=False,
        max_content_length=MAX_BODY,
    )
    def receive(self):
        """Record a signed ``TurnResult``: 200 recorded (or known already), 401 anything else.

        A body over 1 MiB is refused with 413 before it is read.
        """
        headers = request.httprequest.headers
        try:
            body = request.httprequest.get_data(cache=False)
        except RequestEntityTooLarge:
            return _answer(413, "too large")
        target = _target(headers.get("Authorization", ""))
        genuine = verify(
            token(), headers.get(TIMESTAMP_HEADER), body, headers.get(SIGNATURE_HEADER), time.time()
        )
        payload = _result_for(target, body) if genuine and target else None
        if payload is None:
            return _answer(401, "unauthorized")
        with store.open_cursor(target.database) as cr:
            account = _account_of(cr, target.turn_id, payload.get("account_id"))
            if account is None:
                return _answer(401, "unauthorized")
            key = f"{target.turn_id}:{target.attempt}"
            fresh = store.record(cr, "result", key, account, payload)
        _logger.info(
            "result of turn %s, attempt %s, %s", target.turn_reference, target.attempt,
            "recorded" if fresh else "known already",
        )  # fmt: skip
        return _answer(200, "recorded")


def _target(authorization):
    """The turn that the bearer token was issued for, or ``None``."""
    if not authorization.startswith(BEARER):
        return None
    key = crypto.hmac_key(callback_token.PURPOSE)
    return callback_token.read(key, authorization.removeprefix(BEARER), time.time())


def _result_for(target, body):
    """The body's JSON object if it is of the very turn and attempt of the token."""
    try:
        payload = json.loads(body)
    except ValueError:
        return None
    if not isinstance(payload, dict):
        return None
    named = (payload.get("turn_id"), payload.get("attempt"))
    ours = named == (target.turn_reference, target.attempt)
    return payload if ours and type(payload.get("account_id")) is int else None


def _account_of(cr, turn_id, number):
    """Id of the ``chatwoot.account`` that the turn belongs to, if its number is this one."""
    cr.execute(
        SQL(
            """
            SELECT account.id
              FROM chatwoot_turn AS turn
              JOIN chatwoot_account AS account ON account.id = turn.chatwoot_account_id
             WHERE turn.id = %s AND account.account_id = %s
            """,
            turn_id,
            number,
        )
    )
    row = cr.fetchone()
    return row[0] if row else None


def _answer(status, words):
    body = json.dumps({"status" if status == 200 else "error": words})
    return request.make_response(body, [("Content-Type", "application/json")], status=status)
