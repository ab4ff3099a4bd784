"""The attendant's private note: why, what was said and tried, what might be answered. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..contracts import HandoverReason, HistoryEntry, TenantConfig
from ..decision import wording
from ..evidence_check.claims import Claim
from .commonmark import clipped, literal, quoted, quoted_answer
from .handover_words import NOTE, language_of
from .suggestion import Suggestion
from .summary import summary

QUESTION_CHARACTERS: Final = 500
QUERY_CHARACTERS: Final = 80


def note(
    reason: HandoverReason,
    config: TenantConfig | None,
    question: str,
    *,
    detail: str = "",
    history: Sequence[HistoryEntry] = (),
    intents: Sequence[str] = (),
    queries: Sequence[str] = (),
    failures: Sequence[str] = (),
    refused: Sequence[Claim] = (),
    suggestion: Suggestion | None = None,
) -> str:
    """The note in CommonMark. What customers wrote stands in it as text, never as marks.

    ``detail`` says what in particular the reason is, as a key of :mod:`..decision.wording`.
    """
    language = config.language if config else "pt_BR"
    say, words = NOTE[language_of(language)], wording.of(language)

    def named(entry: str) -> str:
        tool, _, rest = entry.partition(": ")
        return f"{say.get(tool, tool)}: {literal(clipped(rest, QUERY_CHARACTERS))}"

    why = f"{say[reason]} ({words.concern(detail)})" if detail else say[reason]
    blocks = [f"**{say['reason']}:** {why}."]
    blocks += [f"**{say['question']}:**", quoted(question[:QUESTION_CHARACTERS])]
    if said := summary(history, question, intents, language):
        blocks += [f"**{say['summary']}{_earlier(len(history), say)}:**", "\n".join(said)]
    for label, items in (
        ("tried", [named(query) for query in queries]),
        ("failed", [named(failure) for failure in failures]),
        ("refused", [literal(claim.value) for claim in refused]),
    ):
        if items:
            blocks.append(f"**{say[label]}:** {'; '.join(dict.fromkeys(items))}")
    if suggestion:
        title = suggestion.source and literal(suggestion.source)
        label = say["nearest"].format(title=title) if title else say["suggested"]
        blocks += [f"**{label}:**", quoted_answer(suggestion.text)]
    return "\n\n".join(blocks)


def _earlier(count: int, say: dict[str, str]) -> str:
    if not count:
        return ""
    return f" ({say['earlier_one'] if count == 1 else say['earlier'].format(count=count)})"
