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
from ..decision import vocabulary as v
from ..decision.intents import intents
from ..decision.own_case import is_own_case
from ..decision.text import plain, words
from ..llm.answers.phrases import phrases

_NUMBERS: Final = {
    name: value
    for value, names in enumerate(
        (
            "zero",
            "um uma one",
            "dois duas two",
            "tres três three",
            "quatro four",
            "cinco five",
            "seis six",
            "sete seven",
            "oito eight",
            "nove nine",
            "dez ten",
        )
    )
    for name in names.split()
}
_STARS: Final = re.compile(r"^\s*((?:[⭐★🌟]\s*)+)$")
_MARK: Final = re.compile(
    r"^\W*(?:(?:minha |a )?nota(?: é| e)?\W+|(?:eu )?(?:dou|daria) (?:a )?(?:nota )?|i give )?"
    rf"(?P<mark>\d{{1,3}}|{'|'.join(_NUMBERS)})\b(?:\s*(?:/|de|out of)\s*(?:5|10)\b)?"
    r"(?:\s*(?:estrelas?|pontos?|stars?|points?)\b)?(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_BESIDE: Final = re.compile(r"[.!;]+\s+(?=\S)|\s*\n+(?=.)")
"""Where a mark may end and something else begin."""
_ITEM: Final = re.compile(r"\W*\d+[.;]")
_GOES_ON: Final = re.compile(r"^\s*(?:[,.;:!)\n–-]+|\b(?:porque|pois|because)\b)", re.IGNORECASE)
_DECLINES: Final = re.compile(
    r"^\W*(?:nao|no|nada|nenhuma?|prefiro nao|sem (?:sugest\w+|comentarios?))"
    r"(?:\W+(?:tenho|precisa|quero|dizer|obrigad[oa]|thanks|nenhuma?|nada|por enquanto"
    r"|so isso))*\W*$"
)
_QUESTION: Final = re.compile(
    r"\?|^\W*(?:e |mas )?(?:quanto|quantos|qual|quais|que horas|onde|quando|tem|posso|preciso"
    r"|how|what|where|when|which|can you)\b"
    r"|^\W*voces (?:tem|entregam|fazem|abrem|aceitam|vendem|atendem)\b"
)


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
    say = phrases(config.language)["rating"]
    if _DECLINES.match(plain(text)):
        held = None
    elif _is_statement(text):
        held = Feedback(**{stage.value: text.strip()})
    else:
        return None
    return Reply(_asking(say["thanks_words"], _next(stage, config.rating), config), held)


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


def score(text: str) -> tuple[int, str] | None:
    """The mark that ``text`` gives and what is said beside it; ``None`` when it gives none.

    ``5``, ``nota 9``, ``⭐⭐⭐⭐``, ``dou 8/10``, ``5, muito bom``; but not ``5 pacotes``.
    """
    text = text.replace("\ufe0f", "").replace("\u20e3", "")  # a digit on a key is a digit
    if stars := _STARS.match(text):
        return len(re.findall("[⭐★🌟]", stars[1])), ""
    if not (found := _MARK.match(text)):
        return None
    mark, rest = found["mark"].casefold(), found["rest"]
    beside = _GOES_ON.sub("", rest).strip(" .,;:!)–-\n")
    pleasant = bool(beside) and set(intents(beside)) <= {v.THANKS, v.GREETING}
    if beside and not pleasant and not (_GOES_ON.match(rest) and _is_statement(beside)):
        return None
    return (int(mark) if mark.isdigit() else _NUMBERS[mark]), "" if pleasant else beside


def _scored(text: str, config: TenantConfig, rating: RatingRequest) -> Reply | None:
    say = phrases(config.language)["rating"]
    if (found := score(text)) is None:
        return _scored_beside(text, rating, say["thanks"])
    mark, reason = found
    if not 1 <= mark <= rating.scale:
        again = say["range"].format(scale=rating.scale)
        return Reply(_asking(again, Stage.SCORE, config), None)
    following = _next(Stage.REASON if reason else Stage.SCORE, rating)
    held = Feedback(score=mark, scale=rating.scale, reason=reason or None)
    return Reply(_asking(say["thanks"], following, config), held)


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


def _is_statement(text: str) -> bool:
    """Whether a text tells something instead of asking for it."""
    if _QUESTION.search(plain(text)) or is_own_case(text):
        return False
    found = set(intents(text))
    return v.PERSON not in found and not found <= {v.GREETING, v.THANKS}
