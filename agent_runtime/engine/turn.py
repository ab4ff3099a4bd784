"""A turn from request to result. Whatever happens, there is a result for the customer."""

from __future__ import annotations

import asyncio
import logging

from ..attachments import honest
from ..attachments.reading import Heard, hear, unheard
from ..contracts import (
    Decision,
    Feedback,
    Handover,
    HandoverReason,
    Outside,
    TenantConfig,
    TurnRequest,
    TurnResult,
)
from ..decision.concern import Concern
from ..evidence import Evidence
from ..llm.turn_models import TurnModels
from ..settings import Settings
from . import handover_note, message, turn_rules
from .answering import answer
from .checking import Answered
from .deciding import concern_of, considered
from .ledger import Ledger
from .stopwatch import Stopwatch
from .suggestion import Suggestion, nearest
from .toolbox import Toolbox, Toolboxes

_log = logging.getLogger(__name__)


class TurnEngine:
    """Answers turns, any number at once; keeps nothing between them."""

    def __init__(self, settings: Settings, toolboxes: Toolboxes, boot_id: str) -> None:
        self._settings = settings
        self._toolboxes = toolboxes
        self._boot_id = boot_id

    async def run(self, request: TurnRequest) -> TurnResult:
        """The turn's result. Trouble and lateness become a hand-over; only cancellation raises."""
        turn = _Turn(request, self._settings, self._boot_id)
        limit = asyncio.timeout(request.deadline_seconds)
        try:
            async with limit:
                toolbox = self._toolboxes.open(
                    request.account_id,
                    request.config_version,
                    request.odoo,
                    request.customer.identity,
                )
                return await turn.answer(toolbox)
        except TimeoutError as error:
            if limit.expired():
                return turn.given_up(HandoverReason.DEADLINE, "deadline passed")
            return turn.troubled(error)
        except Exception as error:
            return turn.troubled(error)


class _Turn:
    """One turn on its way; what is known of it grows, so that a failure can still say it."""

    def __init__(self, request: TurnRequest, settings: Settings, boot_id: str) -> None:
        self._request = request
        self._settings = settings
        self._models = TurnModels(request, settings)
        self._heard = Heard(request)
        self._boot_id = boot_id
        self._watch = Stopwatch()
        self._ledger = Ledger()
        self._config: TenantConfig | None = None
        self._decision: Decision | None = None
        self._feedback: Feedback | None = None

    async def answer(self, toolbox: Toolbox) -> TurnResult:
        """The result of a turn in which nothing goes wrong."""
        request = self._request
        with self._watch.stage("config"):
            try:
                config = self._config = await toolbox.company()
            except Exception as error:
                if not (wanted := concern_of(request, request.text)):
                    raise
                # A person's work needs no configuration, and must not fail for want of one.
                _log.warning("configuration not read", extra=self._ids(), exc_info=True)
                return self._to_person(wanted, error=_describe(error))
        rules = turn_rules.of_request(request, config)
        heard = self._heard = unheard(request)
        with self._watch.stage("decide"):
            read = await considered(heard.request, rules.in_force, config)
        if heard.unread and not read.wanted and not read.only_rates and read.outside == "answer":
            # No model is asked for a person who answers anyway, nor before the opening.
            with self._watch.stage("attachments"):
                heard = await hear(request, self._models, self._settings, config.language)
            self._heard = heard
            with self._watch.stage("decide"):
                read = await considered(heard.request, rules.in_force, config)
        self._request = heard.request
        request, verdict, rated = read.request, read.verdict, read.rated
        self._decision = verdict.decision
        if rated:
            self._feedback = rated.feedback
        if read.wanted:
            return self._to_person(read.wanted)
        if read.only_rates:
            return self._result(parts=(message.of_rating(rated.text, request, config),))
        if read.outside != "answer":
            return self._closed(config, read.outside)
        if heard.unread and not request.text.strip():
            return self._not_understood(config, heard)
        lead = rated.text if rated else ""
        if heard.unread:
            lead = "\n\n".join(filter(None, (honest.words(heard.unread, config.language), lead)))
        answered = await answer(
            request, config, rules, verdict, toolbox, self._models, self._ledger, self._watch
        )
        return self._finished(answered, config, lead)

    def troubled(self, error: BaseException) -> TurnResult:
        """The result after an exception: a neutral text, a person, the class of error."""
        _log.error(
            "turn failed", extra=self._ids(), exc_info=(type(error), error, error.__traceback__)
        )
        return self.given_up(HandoverReason.ERROR, _describe(error))

    def given_up(self, reason: HandoverReason, error: str) -> TurnResult:
        """The result of a turn that was not answered."""
        return self._to_person(Concern(reason), error=error)

    def _finished(self, answered: Answered, config: TenantConfig, lead: str) -> TurnResult:
        reason = answered.handover
        found = self._decision.intents if self._decision else ()
        text = message.of_answer(answered.body, self._request, config, found, reason, lead)
        return self._result(
            parts=(text,),
            choices=answered.choices,
            handover=self._handover(Concern(reason), answered) if reason else None,
            sources=tuple(piece.source() for piece in answered.used),
            depends_on=_dated(answered.used),
            requests=answered.requests,
            usage=answered.usage,
            error=answered.error,
        )

    def _closed(self, config: TenantConfig, outside: Outside) -> TurnResult:
        """The result while closed: the company's words for it, no crew and no model."""
        wanted = outside == "handover"
        return self._result(
            parts=(message.while_closed(self._request, config),),
            handover=self._handover(Concern(HandoverReason.CLOSED)) if wanted else None,
            deferred=not wanted,
        )

    def _not_understood(self, config: TenantConfig, heard: Heard) -> TurnResult:
        """The result where nothing came but files that nobody here can open."""
        request = self._request
        if honest.said_before(request.history, config.language):
            # Who cannot write needs a person.
            return self._to_person(Concern(HandoverReason.NO_GROUNDED_ANSWER))
        text = honest.words(heard.unread, config.language, ask=True)
        return self._result(parts=(message.of_words(text, request, config),))

    def _to_person(self, wanted: Concern, error: str | None = None) -> TurnResult:
        text = message.of_handover(wanted.reason, self._request, self._config, detail=wanted.detail)
        return self._result(parts=(text,), handover=self._handover(wanted), error=error)

    def _handover(self, wanted: Concern, answered: Answered | None = None) -> Handover:
        request = self._request
        note = handover_note.note(
            wanted.reason,
            self._config,
            request.text,
            detail=wanted.detail,
            history=request.history,
            intents=self._decision.intents if self._decision else (),
            queries=self._ledger.queries,
            failures=self._ledger.failures,
            refused=answered.refused if answered else (),
            suggestion=answered.suggestion if answered else self._near(),
        )
        return Handover(reason=wanted.reason, note=note)

    def _near(self) -> Suggestion | None:
        """What was found before the turn had to be given up."""
        return nearest(self._request.text, self._ledger.evidence)

    def _result(self, **known: object) -> TurnResult:
        request, used = self._request, self._models.meter.ledger
        if used and not known.get("usage"):
            known["usage"] = self._models.usage(used[-1].model)
        known["error"] = known.get("error") or self._heard.trouble
        return TurnResult(
            readings=self._heard.readings,
            turn_id=request.turn_id,
            attempt=request.attempt,
            account_id=request.account_id,
            boot_id=self._boot_id,
            decision=self._decision,
            feedback=self._feedback,
            timings_ms=self._watch.read(),
            **known,
        )

    def _ids(self) -> dict[str, object]:
        request = self._request
        return {
            "turn": request.turn_id,
            "attempt": request.attempt,
            "account": request.account_id,
            "conversation": request.conversation_id,
        }


def _dated(pieces: tuple[Evidence, ...]) -> tuple[str, ...]:
    """The rules whose end must be looked at again before sending; one to come has not begun."""
    return tuple(
        piece.reference
        for piece in pieces
        if piece.kind == "rule" and piece.data.get("valid_until") and not piece.data.get("upcoming")
    )


def _describe(error: BaseException) -> str:
    """Class of an error; its words only when they are ours, others' may quote the customer."""
    ours = type(error).__module__.startswith(__package__.partition(".")[0])
    return f"{type(error).__name__}: {error}" if ours else type(error).__name__
