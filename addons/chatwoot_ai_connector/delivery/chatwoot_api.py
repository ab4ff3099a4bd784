"""The one adapter to Chatwoot's REST API.

Facts follow Chatwoot 4.15.1: the bot token may create messages, read one conversation, set
status and labels, and nothing else; reading messages needs a user's token. Conversations are
named by their ``display_id`` in every path. The hyphenated header is the same to Rails as
``api_access_token`` and survives proxies that drop underscores.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import requests

from .conversation_state import ConversationState
from .liquid import neutralise
from .problems import Doubtful, NotForBots, NotFound, Refused, Rejected, Unavailable

TIMEOUT = 5
"""Seconds to connect, and for each wait on the socket. Chatwoot itself gives up after 15."""
TOKEN_HEADER = "Api-Access-Token"
TURN_KEY = "ai_turn"
PART_KEY = "ai_part"
"""Keys in ``content_attributes`` by which a message of ours is recognised later."""
NOT_FOR_BOTS = "not authorized for bots"


class ChatwootApi:
    """Chatwoot as one account's bot sees it.

    ``user_token`` is optional; where it is given, it stands in for endpoints that an older
    Chatwoot does not open to bots, and reads messages. Every method raises the errors of
    :mod:`.problems`; none waits longer than :data:`TIMEOUT`.
    """

    def __init__(
        self, base_url: str, account_id: int, bot_token: str, user_token: str | None = None
    ) -> None:
        self._root = f"{base_url.rstrip('/')}/api/v1/accounts/{account_id}"
        self._bot_token = bot_token
        self._user_token = user_token
        self._session = requests.Session()
        # A .netrc or proxy of the surroundings must not add credentials or a detour.
        self._session.trust_env = False

    @property
    def reads_messages(self) -> bool:
        """Whether :meth:`message_of` can be used."""
        return bool(self._user_token)

    def close(self) -> None:
        """Give the connections back."""
        self._session.close()

    def __enter__(self) -> ChatwootApi:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def conversation(self, display_id: int) -> ConversationState:
        """The conversation as it is now."""
        body = self._read_as_bot_or_user(f"conversations/{display_id}")
        return ConversationState.from_rest(body)

    def create_message(
        self, display_id: int, content: str, turn_id: int, part: int, private: bool = False
    ) -> int:
        """Send a message (or, ``private``, a note to the attendants); its Chatwoot id.

        There is no idempotency key: after :class:`Doubtful` the message may exist or not.
        """
        body = self._call(
            "POST",
            f"conversations/{display_id}/messages",
            self._bot_token,
            {
                "content": neutralise(content),
                "message_type": "outgoing",
                "private": private,
                "content_attributes": {TURN_KEY: turn_id, PART_KEY: part},
            },
        )
        if not isinstance(body, dict) or not isinstance(body.get("id"), int):
            raise Doubtful("the answer to a created message names no id")
        return body["id"]

    def message_of(self, display_id: int, turn_id: int, part: int, after: int = 0) -> int | None:
        """Id of the message made by that call of :meth:`create_message`, or ``None``.

        Reads up to a hundred messages newer than message ``after`` with the user's token.
        """
        if not self._user_token:
            raise NotForBots("reading messages needs a user's token")
        path = f"conversations/{display_id}/messages"
        body = self._call("GET", path, self._user_token, params={"after": after} if after else None)
        for message in body.get("payload") or ():
            attributes = message.get("content_attributes") or {}
            if (attributes.get(TURN_KEY), attributes.get(PART_KEY)) == (turn_id, part):
                return message["id"]
        return None

    def add_labels(self, display_id: int, labels: Iterable[str]) -> list[str]:
        """Add labels and return what the conversation has then.

        Chatwoot only knows "replace the list", so this reads, merges and writes; a label set by
        somebody within these milliseconds can be lost.
        """
        path = f"conversations/{display_id}/labels"
        present = self._read_as_bot_or_user(path).get("payload") or []
        merged = list(dict.fromkeys([*present, *labels]))
        if merged == present:
            return present
        token = self._bot_token
        try:
            body = self._call("POST", path, token, {"labels": merged})
        except NotForBots:
            if not self._user_token:
                raise
            body = self._call("POST", path, self._user_token, {"labels": merged})
        return body.get("payload") or []

    def set_status(self, display_id: int, status: str) -> str:
        """Set the status and return the one the conversation has then.

        The bot's token on a pending conversation with ``open`` is Chatwoot's hand-over to
        humans. Setting a status twice does no harm, so a doubt is reported as unavailable.
        """
        path = f"conversations/{display_id}/toggle_status"
        try:
            body = self._call("POST", path, self._bot_token, {"status": status})
        except Doubtful as error:
            raise Unavailable(str(error)) from error
        # ``success`` is null on a hand-over; only the status tells.
        return (body.get("payload") or {}).get("current_status") or ""

    def _read_as_bot_or_user(self, path: str) -> dict[str, Any]:
        try:
            return self._call("GET", path, self._bot_token)
        except NotForBots:
            if not self._user_token:
                raise
            return self._call("GET", path, self._user_token)

    def _call(
        self,
        method: str,
        path: str,
        token: str,
        json: dict[str, Any] | None = None,
        params: dict[str, Any] | None = None,
    ) -> Any:
        what = f"{method} {path}"
        writes = method != "GET"
        try:
            response = self._session.request(
                method,
                f"{self._root}/{path}",
                json=json,
                params=params,
                headers={TOKEN_HEADER: token},
                timeout=TIMEOUT,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            if writes and not _never_connected(error):
                raise Doubtful(f"{what}: {type(error).__name__}") from error
            raise Unavailable(f"{what}: {type(error).__name__}") from error
        _raise_for_status(what, response, writes)
        try:
            return response.json()
        except ValueError as error:
            problem = Doubtful if writes else Unavailable
            raise problem(f"{what}: the answer is not JSON") from error


def _never_connected(error: requests.RequestException) -> bool:
    """Whether the request certainly never left.

    ``ConnectionError`` covers both a refused connection and one that broke half-way; only the
    urllib3 error inside tells them apart.
    """
    if isinstance(error, requests.ConnectTimeout | requests.exceptions.InvalidURL):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in {"NewConnectionError", "NameResolutionError", "SSLError"}


def _raise_for_status(what: str, response: requests.Response, writes: bool) -> None:
    status = response.status_code
    if 200 <= status < 300:
        return
    words = _words(response)
    text = f"{what}: HTTP {status}{': ' + words if words else ''}"
    if status in (401, 403):
        raise (NotForBots if NOT_FOR_BOTS in words else Refused)(text)
    if status == 404:
        raise NotFound(text)
    if status in (429, 503):
        raise Unavailable(text, _retry_after(response))
    if status >= 500:
        # Ours may be the request that was cut short behind a proxy after the message was saved.
        raise (Doubtful if writes else Unavailable)(text)
    raise Rejected(text)


def _words(response: requests.Response) -> str:
    """Chatwoot's own words for an error, shortened; empty when it sent a page or nothing."""
    try:
        body = response.json()
    except ValueError:
        return ""
    if not isinstance(body, dict):
        return ""
    said = body.get("error") or body.get("message") or body.get("errors") or ""
    return str(said)[:200]


def _retry_after(response: requests.Response) -> int | None:
    value = response.headers.get("Retry-After", "")
    return int(value) if value.isascii() and value.isdigit() else None
