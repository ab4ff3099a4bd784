"""The runtime's answer to a turn, and its word that it took one."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from .action import ActionRequest
from .base import CONTRACT_VERSION, AccountId, Contract


class Factor(Contract):
    """One reason that counted in a decision."""

    group: Literal["content", "context", "rules", "channel"]
    name: str
    detail: str
    weight: float
    score: float
    role: str | None = None
    """The role in :data:`~.crew.ROLES` it speaks for; ``None``: it is only told."""


class Entity(Contract):
    """Something the customer named. What identifies a person is masked."""

    kind: Literal[
        "order",
        "date",
        "time",
        "product",
        "money",
        "quantity",
        "postal_code",
        "cpf",
        "cnpj",
        "phone",
        "email",
    ]
    text: str
    """As written; CPF, CNPJ, phone and e-mail with most of their characters as ``*``."""


class Candidate(Contract):
    """What could have taken the turn, with the points it got."""

    name: str
    score: float


class Decision(Contract):
    """Which crew and which role took the turn, and why."""

    crew: str
    """A name in :data:`~.crew.CREWS`: the form of the answer."""
    role: str = "service"
    """A name in :data:`~.crew.ROLES`: who leads the answer."""
    intents: tuple[str, ...]
    reason: str
    factors: tuple[Factor, ...]
    ranking: tuple[Candidate, ...] = ()
    """Every role with its points, best first."""
    entities: tuple[Entity, ...] = ()
    language: str = ""
    """Of the customer's text: ``pt``, ``en`` or ``es``; empty when it says too little."""
    sentiment: float = 0.0
    """-1 (angry) to 1 (delighted)."""
    urgency: float = 0.0
    """0 to 1."""


EvidenceKind = Literal[
    "rule", "document", "product", "service", "company", "order", "slot", "calculation"
]


class Source(Contract):
    """A piece of evidence the answer stands on."""

    kind: EvidenceKind
    reference: str
    """``model,id`` in Odoo, or ``config`` for the published profile."""
    title: str
    via: str
    """Where it was read: ``request``, ``mcp-mongodb``, ``mcp-qdrant`` or ``mcp-odoo``."""
    score: float | None = None


class HandoverReason(StrEnum):
    """Why a human is asked to take over."""

    ASKED_FOR_PERSON = "asked_for_person"
    NO_GROUNDED_ANSWER = "no_grounded_answer"
    ERROR = "error"
    DEADLINE = "deadline"
    CLOSED = "closed"
    """The company is closed, and wants what comes meanwhile to wait for its people."""
    LOW_CONFIDENCE = "low_confidence"
    """There is an answer, but too little speaks for it."""
    FRUSTRATION = "frustration"
    """The customer is annoyed, or has asked the same in vain."""
    SENSITIVE_TOPIC = "sensitive_topic"
    """Law, health, danger: nothing that a machine should answer."""
    RULE = "rule"
    """A rule of the company wants people to answer this."""
    MODEL_DOWN = "model_down"
    """No language model could be reached."""
    BUDGET = "budget"
    """The turn has used up what it may cost."""


class Handover(Contract):
    """A hand-over to a human; ``note`` is private, for the attendant."""

    reason: HandoverReason
    note: str


class Choice(Contract):
    """One answer the customer may pick, as a button or in a numbered list."""

    title: str
    """What the customer reads, and what comes back as text where the channel drops ``value``."""
    value: str


class Feedback(Contract):
    """What the customer answered to the rating request; what was not said is ``None``."""

    score: int | None = None
    scale: Literal[5, 10] | None = None
    reason: str | None = None
    suggestion: str | None = None


class ModelCall(Contract):
    """One call of a language model, for the ledger of costs."""

    model: str
    """``provider/model`` as configured."""
    purpose: Literal["answer", "repair", "vision", "transcription"] = "answer"
    prompt_tokens: int = 0
    completion_tokens: int = 0
    """Both estimated where the provider did not count."""
    seconds: float = 0.0
    cost: float | None = None
    """In the currency of the prices of the model that was called; ``None``: it has none."""
    error: str | None = None
    """What the call failed with, without the provider's words."""


class Reading(Contract):
    """What a file beside a customer's message says, in words."""

    message_id: int
    kind: Literal["audio", "image"]
    text: str


class Usage(Contract):
    """What the turn cost at the model."""

    model: str
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    ledger: tuple[ModelCall, ...] = ()
    """The calls one by one, failed ones included; empty for the built-in responder."""


class TurnResult(Contract):
    """The runtime's answer to a :class:`TurnRequest`.

    ``parts`` are messages to the customer in order, CommonMark; with a hand-over they are sent
    before it. ``depends_on`` names rules (by ``key``) whose end must be checked again before
    sending.
    """

    contract_version: Literal[1] = CONTRACT_VERSION
    turn_id: str
    attempt: int
    account_id: AccountId
    boot_id: str
    parts: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    """What the last part asks the customer to choose from. The part itself does not list them:
    each channel shows them in its own way."""
    handover: Handover | None = None
    returned: bool = False
    """The runtime stops before it is done: nothing is answered, the turn is to be sent again."""
    deferred: bool = False
    """The parts only say that the company is closed: the question waits for the opening."""
    decision: Decision | None = None
    sources: tuple[Source, ...] = ()
    depends_on: tuple[str, ...] = ()
    feedback: Feedback | None = None
    requests: tuple[ActionRequest, ...] = ()
    """What the customer wants done. Odoo does it, after an approval or by the tenant's policy."""
    usage: Usage | None = None
    readings: tuple[Reading, ...] = ()
    """What voice messages and pictures of this turn were understood as, in the order sent."""
    timings_ms: dict[str, float] = {}
    error: str | None = None
    """For the log and the integrator; never shown to the customer."""


class TurnAccepted(Contract):
    """Answer of ``POST /v1/turns`` (202)."""

    turn_id: str
    attempt: int
    boot_id: str
    duplicate: bool = False
