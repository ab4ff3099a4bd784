"""One delivery of Chatwoot, from raw bytes to an answer's status. Order matters; see below."""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import Mapping
from typing import Any

from odoo.addons.company_services.tools.settings import setting
from psycopg2.errors import UndefinedTable

from ..normalise import Unusable, account_number, normalise
from ..tools import metric_totals
from ..tools.stage_log import stage_log
from . import authenticate, directory, store

MAX_BODY = 5 * 1024 * 1024
"""Bytes. Chatwoot's largest bodies are e-mails: their HTML comes four times over, escaped. What is
refused for its size throws the conversation out of the bot's hands."""
DEFAULT_BACKLOG = 5000
"""Waiting rows of an account beyond which its deliveries are put off with 429, which Chatwoot
repeats for a bot."""
RECORDED, LEFT_OUT = "recorded", "chatwoot_events_left_out"
OK, BAD_REQUEST, UNAUTHORISED, TOO_MANY = 200, 400, 401, 429
_DELIVERY_ID = re.compile(r"[\w-]{1,64}", re.ASCII)
_logger = logging.getLogger(__name__)


def receive(body: bytes, headers: Mapping[str, str], route_token: str | None) -> int:
    """Take one delivery in; returns the HTTP status to answer.

    Until the signature is verified nothing depends on what the body says except where the
    secret is looked up, and every refusal is the same 401: an unknown account, a foreign route
    and a wrong signature cannot be told apart. What is authentic but of no use is acknowledged
    without a row, because a refused delivery makes Chatwoot take the conversation from the bot.
    """
    started = time.monotonic()
    payload = _parse(body)
    if payload is None:
        return BAD_REQUEST
    number = account_number(payload)
    place = _place(route_token, number) or directory.nowhere()
    if place is None:
        return UNAUTHORISED
    timestamp = headers.get("X-Chatwoot-Timestamp")
    signature = headers.get("X-Chatwoot-Signature")
    try:
        with store.open_cursor(place.database) as cr:
            known = authenticate.credentials_of(cr, place.chatwoot_account_id, number)
            if not authenticate.is_signed(known, timestamp, body, signature, time.time()):
                # The number is not to be believed, but whoever changed a secret looks for it.
                stage_log("intake", account=number, outcome="refused")
                return UNAUTHORISED
            delivery_id = _delivery_id(headers)
            status, outcome, conversation = _take_in(cr, place, payload, delivery_id)
            if outcome != RECORDED:
                metric_totals.add(cr, place.chatwoot_account_id, LEFT_OUT, [outcome], 1)
    except (store.NoDatabase, UndefinedTable):
        _logger.info(
            "The directory of Chatwoot accounts leads to database %s, which does not exist or "
            "has no accounts; odoo chatwoot_directory --forget %s takes it out",
            place.database,
            place.database,
        )
        return UNAUTHORISED
    spent = (time.monotonic() - started) * 1000
    stage_log(
        "intake",
        delivery=delivery_id,
        account=number,
        conversation=conversation,
        outcome=outcome,
        ms=spent,
    )
    return status


def _parse(body: bytes) -> dict[str, Any] | None:
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) else None


def _place(route_token: str | None, number: int | None) -> directory.Place | None:
    if route_token is not None:
        return directory.find_route(route_token)
    return directory.find_account(number) if number is not None else None


def _delivery_id(headers: Mapping[str, str]) -> str:
    """Chatwoot's id of the delivery; one of our own where it has none, as before its 4.11."""
    found = headers.get("X-Chatwoot-Delivery", "")
    return found if _DELIVERY_ID.fullmatch(found) else str(uuid.uuid4())


def _take_in(
    cr: Any, place: directory.Place, payload: dict[str, Any], delivery_id: str
) -> tuple[int, str, int | None]:
    """The status to answer, in a word what became of it, and the conversation's number."""
    try:
        event = normalise(payload)
    except Unusable as missing:
        # Refusing it would throw the conversation out of the bot's hands, and a repetition
        # would lack the same field.
        _logger.warning(
            "Account %s sent an event without %s; it was left out",
            place.chatwoot_account_id,
            missing,
        )
        return OK, "unusable", None
    if event is None:
        return OK, "not_needed", None
    conversation = event.conversation.display_id
    account, limit = place.chatwoot_account_id, int(setting("intake_backlog", str(DEFAULT_BACKLOG)))
    if store.backlog_exceeds(cr, account, limit):
        return TOO_MANY, "too_many", conversation
    fresh = store.record_event(cr, account, event, delivery_id)
    return OK, RECORDED if fresh else "known_already", conversation
