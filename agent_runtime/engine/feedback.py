"""Asking for a rating after the farewell, and understanding what the customer answers. Pure.

A conversation's state is its history: an answer counts only while the question for it is the
last thing that was said to the customer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from ..contracts import Feedback, HistoryEntry, RatingRequest, TenantConfig
from ..decision.text import words
from ..llm.answers.phrases import phrases
from .feedback_reading import declines, is_claim, is_opinion, is_statement, is_wish, score

_BESIDE: Final = re.compile(r"[.!;]+\s+(?=\S)|\s*\n+(?=.)")
"""Where a mark may end and something else begin."""
_ITEM: Final = re.compile(r"\W*\d+[.;]")


class Stage(StrEnum):
    """What the customer was asked for."""

    SCORE = "score"
    REASON = "reason"
    SUGGESTION = "suggestion"


class Reply(NamedTuple):
    """What is said to the customer's answer, and what the answer held."""

    text: str
    feedback: Feedback | None
    rest: str = ""
    """What else the customer wants, to be answered as any message."""


def request(config: TenantConfig, history: Sequence[HistoryEntry]) -> str:
    """The rating request, ``""`` when none is configured or it was already made."""
    if not config.rating or any(
        _says(entry, Stage.SCORE, config) for entry in history if entry.role == "crew"
    ):
        return ""
    return question(Stage.SCORE, config)


def reply(text: str, history: Sequence[HistoryEntry], config: TenantConfig) -> Reply | None:
    """What to say when ``text`` answers the rating request; ``None`` when it is anything else."""
    stage = _awaited(history, config)
    if not stage or not config.rating:
        return None
    if stage is Stage.SCORE:
        return _scored(text, config, config.rating)
    thanks = _thanks("thanks_words", config)
    held = Feedback(**{stage.value: text.strip()})
    if is_claim(text):
        return Reply(thanks, held, text)
    if declines(text):
        held = None
    elif not is_statement(text) and not is_opinion(text):
        return None
    return Reply(_asking(thanks, _next(stage, config.rating), config), held)


def question(stage: Stage, config: TenantConfig) -> str:
    """How the company asks: in its own words, else in ours."""
    rating, say = config.rating, phrases(config.language)["rating"]
    own = {
        Stage.SCORE: rating.message,
        Stage.REASON: rating.reason_message,
        Stage.SUGGESTION: rating.suggestions_message,
    }[stage]
    if not own:
        return say[stage].format(scale=rating.scale)
    scaled = stage is not Stage.SCORE or re.search(rf"\b{rating.scale}\b", own)
    return own.strip() if scaled else f"{own.strip()} {say['scale'].format(scale=rating.scale)}"


def _scored(text: str, config: TenantConfig, rating: RatingRequest) -> Reply | None:
    say, thanks = phrases(config.language)["rating"], _thanks("thanks", config)
    if (found := score(text)) is None:
        return _scored_beside(text, rating, thanks) or _unscored(text, config)
    mark, reason = found
    if not 1 <= mark <= rating.scale:
        again = say["range"].format(scale=rating.scale)
        return Reply(_asking(again, Stage.SCORE, config), None)
    held = Feedback(score=mark, scale=rating.scale, reason=reason or None)
    if is_wish(reason):
        return Reply(thanks, held, reason)
    following = _next(Stage.REASON if reason else Stage.SCORE, rating)
    return Reply(_asking(thanks, following, config), held)


def _unscored(text: str, config: TenantConfig) -> Reply | None:
    """The answer to one who says it in a word, or does not want to."""
    if is_opinion(text):
        return Reply(_thanks("thanks_words", config), Feedback(reason=text.strip()))
    return Reply(_thanks("declined", config), None) if declines(text) else None


def _thanks(words: str, config: TenantConfig) -> str:
    return phrases(config.language)["rating"][words][config.voice.formality]


def _scored_beside(text: str, rating: RatingRequest, thanks: str) -> Reply | None:
    """A mark in front of a question or a wish: the mark is kept and nothing more is asked for.

    Only a mark that stands by itself counts: "1, quanto custa?" may be a quantity, and "1. "
    begins a list.
    """
    cut = _BESIDE.search(text)
    found = score(text[: cut.start()]) if cut and not _ITEM.match(text) else None
    if not cut or not found or not 1 <= found[0] <= rating.scale:
        return None
    held = Feedback(score=found[0], scale=rating.scale, reason=found[1] or None)
    return Reply(thanks, held, text[cut.end() :].strip())


def _asking(lead: str, stage: Stage | None, config: TenantConfig) -> str:
    return f"{lead} {question(stage, config)}" if stage else lead


def _next(stage: Stage, rating: RatingRequest) -> Stage | None:
    if stage is Stage.SCORE and rating.ask_reason:
        return Stage.REASON
    if stage is not Stage.SUGGESTION and rating.ask_suggestions:
        return Stage.SUGGESTION
    return None


def _awaited(history: Sequence[HistoryEntry], config: TenantConfig) -> Stage | None:
    if not config.rating or not history or history[-1].role != "crew":
        return None
    return next((stage for stage in Stage if _says(history[-1], stage, config)), None)


def _says(entry: HistoryEntry, stage: Stage, config: TenantConfig) -> bool:
    """Whether a message holds a question; compared by words, for channels change the rest."""
    asked = " ".join(words(question(stage, config)))
    return bool(asked) and asked in " ".join(words(entry.text))
