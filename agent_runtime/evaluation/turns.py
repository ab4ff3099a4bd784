"""Customers' turns and what a reasonable owner expects of the answers."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

import yaml
from pydantic import AwareDatetime, BeforeValidator, Field

from ..contracts import (
    Channel,
    Contract,
    Customer,
    CustomerMessage,
    HandoverReason,
    HistoryEntry,
    TurnRequest,
)
from .business import DATA, Business

Which = Literal["all", "dev", "heldout"]
CLASSES = (
    "routing",
    "retrieval",
    "facts",
    "handover",
    "several",
    "slang",
    "typos",
    "attacks",
    "smalltalk",
    "followup",
)
ANY = "any"
_DEADLINE_SECONDS = 600.0
"""A busy machine is no wrong answer."""
_SPEAKERS = {"c": "customer", "a": "crew", "p": "attendant"}


def _many(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Many = Annotated[tuple[str, ...], BeforeValidator(_many)]
"""One text or several."""


class Case(Contract):
    """One turn. Patterns are regular expressions without regard to case."""

    id: str
    kind: Literal[CLASSES] = Field(alias="class")  # type: ignore[valid-type]
    text: Many
    """Messages of the customer, in order."""
    channel: Channel = Channel.WHATSAPP
    moment: AwareDatetime | None = None
    history: tuple[str, ...] = ()
    """Earlier messages, each with its speaker: ``c:``ustomer, ``a:``ssistant, ``p:``erson."""
    labels: tuple[str, ...] = ()
    priority: Literal["low", "medium", "high", "urgent"] | None = None
    inbox_id: int | None = None
    crew: str | None = None
    """``None``: the one made for the channel."""
    role: Many
    """Roles an owner accepts in the lead; ``*`` where it does not matter."""
    handover: bool | Literal["any"] | tuple[HandoverReason, ...] = False
    """Whether a person must be asked, where given for one of these reasons."""
    must: Many = ()
    must_not: Many = ()
    sources: tuple[str, ...] = ()
    """References that must be among the answer's sources."""
    also: tuple[str, ...] = ()
    """References that an owner accepts beside them."""
    derived: tuple[str, ...] = ()
    """What a right answer may work out of the data, for example a total."""
    heldout: bool = False

    @property
    def said(self) -> str:
        """All that the customer has written."""
        earlier = [entry for entry in self.history if entry.startswith("c:")]
        return "\n".join((*earlier, *self.text))

    def request(self, business: Business) -> TurnRequest:
        """The turn as Odoo would hand it over."""
        moment = self.moment or business.moment
        before = moment - timedelta(minutes=5)
        return TurnRequest(
            turn_id=f"evaluation:{self.id}",
            attempt=1,
            account_id=business.account_id,
            conversation_id=1,
            channel=self.channel,
            inbox_id=self.inbox_id,
            config_version=business.config.version,
            moment=moment,
            messages=tuple(
                CustomerMessage(id=number, text=text, sent_at=moment)
                for number, text in enumerate(self.text, 1)
            ),
            history=tuple(
                HistoryEntry(role=_SPEAKERS[entry[0]], text=entry[2:].strip(), sent_at=before)
                for entry in self.history
            ),
            customer=Customer(tags=self.labels),
            priority=self.priority,
            rules=business.rules,
            callback_token="unused",
            deadline_seconds=_DEADLINE_SECONDS,
        )


def load(name: str, which: Which = "all") -> list[Case]:
    """The turns of one business."""
    wanted = {"dev": (False,), "heldout": (True,), "all": (False, True)}[which]
    cases = []
    for heldout in wanted:
        file = DATA / name / ("turns_heldout.yaml" if heldout else "turns.yaml")
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        cases += [Case.model_validate(entry | {"heldout": heldout}) for entry in raw]
    return cases
