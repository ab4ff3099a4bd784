"""The one adapter to Chatwoot's REST API.

Facts follow Chatwoot 4.15.1: the bot token may create messages, read one conversation, set
status and labels, and nothing else; reading messages needs a user's token. Conversations are
named by their ``display_id`` in every path.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import requests

from .chatwoot_http import ChatwootHttp
from .choices import Option
from .conversation_state import ConversationState
from .liquid import neutralise
from .marks import PART_KEY, TURN_KEY
from .problems import Doubtful, NotForBots, Refused, Rejected, Unavailable

PAGE = 25
"""Conversations that Chatwoot lists at a time."""


class ChatwootApi(ChatwootHttp):
    """Chatwoot as one account's bot sees it.

    ``user_token`` is optional; where it is given, it stands in for endpoints that an older
    Chatwoot does not open to bots, and reads messages. Every method raises the errors of
    :mod:`.problems`; none waits longer than :data:`.chatwoot_http.TIMEOUT`.
    """

    def __init__(
        self, base_url: str, account_id: int, bot_token: str, user_token: str | None = None
    ) -> None:
        super().__init__(f"{base_url.rstrip('/')}/api/v1/accounts/{account_id}")
        self._bot_token = bot_token
        self._user_token = user_token

    def _send(self, method: str, path: str, token: str | None, *args: Any) -> requests.Response:
        try:
            return super()._send(method, path, token, *args)
        except (Refused, Rejected) as refusal:
            refusal.by_user = token == self._user_token
            raise

    @property
    def reads_messages(self) -> bool:
        """Whether the methods that list messages and conversations can be used."""
        return bool(self._user_token)

    def conversation(self, display_id: int) -> ConversationState:
        """The conversation as it is now."""
        body = self._read_as_bot_or_user(f"conversations/{display_id}")
        return ConversationState.from_rest(body)

    def create_message(
        self,
        display_id: int,
        content: str,
        turn_id: int,
        part: int,
        *,
        private: bool = False,
        items: Sequence[Option] = (),
        template: dict[str, Any] | None = None,
    ) -> int:
        """Send a message (or, ``private``, a note to the attendants); its Chatwoot id.

        ``items`` are shown as buttons where the channel has them. ``template`` is a WhatsApp
        template (``template_params``), of which ``content`` is the text as attendants read it.
        There is no idempotency key: after :class:`Doubtful` the message may exist or not.
        """
        attributes: dict[str, Any] = {TURN_KEY: turn_id, PART_KEY: part}
        message: dict[str, Any] = {
            "content": neutralise(content),
            "message_type": "outgoing",
            "private": private,
            "content_attributes": attributes,
        }
        if items:
            message["content_type"] = "input_select"
            attributes["items"] = list(items)
        if template:
            message["template_params"] = template
        path = f"conversations/{display_id}/messages"
        body = self._call("POST", path, self._bot_token, message)
        if not isinstance(body, dict) or not isinstance(body.get("id"), int):
            raise Doubtful("the answer to a created message names no id")
        return body["id"]

    def message_of(self, display_id: int, turn_id: int, part: int, after: int = 0) -> int | None:
        """Id of the message made by that call of :meth:`create_message`, or ``None``.

        Reads up to a hundred messages newer than message ``after`` with the user's token.
        """
        for message in self.messages(display_id, after=after):
            attributes = message.get("content_attributes") or {}
            if (attributes.get(TURN_KEY), attributes.get(PART_KEY)) == (turn_id, part):
                return message["id"]
        return None

    def messages(
        self, display_id: int, after: int | None = None, before: int | None = None
    ) -> list[dict[str, Any]]:
        """Messages as Chatwoot's REST answers have them, in ascending order of ids.

        ``after``: up to 100 newer ones. ``before``: 20 older ones. Neither: the latest 20. Both:
        up to 1,000 from ``after`` itself on. Needs a user's token.
        """
        limits = {"after": after, "before": before}
        path = f"conversations/{display_id}/messages"
        params = {name: value for name, value in limits.items() if value}
        return self._read_as_user(path, params).get("payload") or []

    def conversations(self, status: str, assignee_type: str, page: int = 1) -> list[dict[str, Any]]:
        """One page (:data:`PAGE`) of the account's conversations, those last written in first.

        ``assignee_type`` is ``all`` or ``unassigned``. Needs a user's token; one of an agent
        only sees the inboxes the agent belongs to.
        """
        params = {"status": status, "assignee_type": assignee_type, "page": page}
        body = self._read_as_user("conversations", params)
        return (body.get("data") or {}).get("payload") or []

    def contact_labels(self, contact_id: int) -> list[str]:
        """The labels of a contact, which no webhook of a conversation tells.

        Needs a user's token.
        """
        return self._read_as_user(f"contacts/{contact_id}/labels", {}).get("payload") or []

    def show_typing(self, display_id: int, typing: bool) -> None:
        """Show the customer that an answer is being written, or no longer. Since 4.11.2."""
        status = "on" if typing else "off"
        self._send(
            "POST",
            f"conversations/{display_id}/toggle_typing_status",
            self._bot_token,
            {"typing_status": status, "is_private": False},
        )

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
            raise Unavailable(str(error), out_of_reach=error.out_of_reach) from error
        # ``success`` is null on a hand-over; only the status tells.
        return (body.get("payload") or {}).get("current_status") or ""

    def assign_team(self, display_id: int, team_id: int) -> None:
        """Give the conversation to a team; its people's assignee, if any, is Chatwoot's choice.

        Chatwoot answers a team that it does not know with null and takes the present one away,
        which is reported as :class:`Rejected`.
        """
        path = f"conversations/{display_id}/assignments"
        body = self._call("POST", path, self._bot_token, {"team_id": team_id})
        if not isinstance(body, dict) or body.get("id") != team_id:
            raise Rejected(f"POST {path}: there is no team {team_id}")

    def set_priority(self, display_id: int, priority: str) -> None:
        """Set the priority: ``low``, ``medium``, ``high`` or ``urgent``."""
        path = f"conversations/{display_id}/toggle_priority"
        self._send("POST", path, self._bot_token, {"priority": priority})

    def _read_as_bot_or_user(self, path: str) -> dict[str, Any]:
        try:
            return self._call("GET", path, self._bot_token)
        except NotForBots:
            if not self._user_token:
                raise
            return self._call("GET", path, self._user_token)

    def _read_as_user(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        if not self._user_token:
            raise NotForBots("reading messages needs a user's token")
        return self._call("GET", path, self._user_token, params=params)
