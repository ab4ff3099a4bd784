"""The whole message to the customer from the body of an answer. Pure."""

from __future__ import annotations

from collections.abc import Collection

from .. import opening
from ..contracts import HandoverReason, TenantConfig, TurnRequest
from ..crews.definition import INTERNAL, in_form_of
from ..decision import vocabulary as v
from ..decision.roles import is_complaint
from ..decision.routing import CREW_OF_CHANNEL
from ..decision.text import plain
from ..llm.answers.phrases import phrases
from . import closed, feedback, handover
from .briefing import Form
from .naming import SALUTATION
from .shorten import shortened
from .voice import dress, invitation

_NOT_KNOWN = frozenset({HandoverReason.NO_GROUNDED_ANSWER, HandoverReason.LOW_CONFIDENCE})
"""Reasons that are no words for somebody with whose order something went wrong."""


def of_answer(
    body: str,
    request: TurnRequest,
    config: TenantConfig,
    intents: Collection[str],
    reason: HandoverReason | None,
    lead: str = "",
) -> str:
    """A crew's answer in the tenant's voice; with ``reason``, also that a person goes on.

    ``lead`` is said before it. What the channel's form finds too long loses its last sentences.
    """
    farther = ""
    if reason:
        sorry = not body and reason in _NOT_KNOWN and is_complaint(request.text)
        told = HandoverReason.FRUSTRATION if sorry else reason
        farther = of_handover(told, request, config, partly=bool(body))
    form = form_of(request)

    def whole(answer: str) -> str:
        return dress(
            "\n\n".join(block for block in (lead, answer, farther) if block),
            config,
            form,
            request.customer,
            greet=v.GREETING in intents or not answered_before(request),
            close=v.THANKS in intents and not reason,
            invite=not reason and not _invited(request, config),
            ask="" if reason else _rating_request(request, config, intents),
        )

    text = whole(body)
    if len(text) <= form.max_characters:
        return text
    more = "" if reason else phrases(config.language)["more"][config.voice.tone]
    return whole(shortened(body, form.max_characters - len(text) + len(body), more))


def saying(text: str, request: TurnRequest) -> TurnRequest:
    """The same turn with ``text`` as all that the customer wrote."""
    last = max(request.messages, key=lambda m: m.id)
    return request.model_copy(update={"messages": (last.model_copy(update={"text": text}),)})


def of_rating(text: str, request: TurnRequest, config: TenantConfig) -> str:
    """What is said to a customer who answered the rating request."""
    return dress(text, config, form_of(request), request.customer, greet=False, close=False)


def of_words(text: str, request: TurnRequest, config: TenantConfig) -> str:
    """What is said where nothing is answered."""
    greet = not answered_before(request)
    return dress(text, config, form_of(request), request.customer, greet=greet, close=False)


def while_closed(request: TurnRequest, config: TenantConfig) -> str:
    """What is said instead of an answer while the company is closed."""
    own = closed.message(config, request.moment)
    greet = not answered_before(request) and not SALUTATION.match(own)
    return dress(own, config, form_of(request), request.customer, greet=greet, close=False)


def of_handover(
    reason: HandoverReason,
    request: TurnRequest,
    config: TenantConfig | None,
    *,
    partly: bool = False,
    detail: str = "",
) -> str:
    """That a person goes on, and from when if nobody is there now; ``partly`` after an answer.

    ``detail`` is the sensitive topic."""
    text = handover.customer_text(reason, config, partly=partly, detail=detail)
    if config is None or not opening.is_closed(config.hours, request.moment):
        return text
    back = closed.reopening(config, request.moment)
    shut = phrases(config.language)["closed_message"]
    return f"{text} {shut} {back}" if back else text


def form_of(request: TurnRequest) -> Form:
    """The form of the request's channel; the company's own people are told more at once."""
    channel = CREW_OF_CHANNEL[request.channel]
    return in_form_of(INTERNAL if request.internal else channel, channel).form


def answered_before(request: TurnRequest) -> bool:
    """Whether the crew has already written in this conversation."""
    return any(entry.role == "crew" for entry in request.history)


def _invited(request: TurnRequest, config: TenantConfig) -> bool:
    """Whether the customer has heard once that more questions are welcome."""
    words = invitation(config)
    return any(words in entry.text for entry in request.history if entry.role == "crew")


def _rating_request(request: TurnRequest, config: TenantConfig, intents: Collection[str]) -> str:
    """The rating request, when the turn says goodbye to an answered conversation, no more."""
    goodbye = v.FAREWELL.search(plain(request.text)) and set(intents) <= {v.THANKS, v.GREETING}
    if not goodbye or request.internal or not answered_before(request):
        return ""
    return feedback.request(config, request.history)
