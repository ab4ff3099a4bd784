"""Times of day as people say them, "às seis e meia da tarde", in digits: "às 18h30". Pure."""

from __future__ import annotations

import re
from typing import Final

from .number_words import VALUES

_HOURS: Final = {word: hour for word, hour in VALUES.items() if hour <= 20} | {
    f"vinte e {word}": 20 + VALUES[word] for word in ("uma", "duas", "três", "quatro")
}
_MINUTES: Final = {
    "meia": 30,
    "trinta": 30,
    "quinze": 15,
    "quarenta e cinco": 45,
    "quarenta": 40,
    "vinte": 20,
    "dez": 10,
    "cinquenta": 50,
    "media": 30,
}
_HOUR: Final = rf"(?:{'|'.join(sorted(_HOURS, key=len, reverse=True))})"
_MINUTE: Final = rf"(?:{'|'.join(_MINUTES)})"
_CLOCK: Final = (
    rf"(?P<hour>\d{{1,2}}|{_HOUR})(?:(?::|h)(?P<digits>[0-5]\d)|\s+(?:e|y)\s+(?P<minute>{_MINUTE}))?"
    r"(?:\s*(?:h|hs|hrs?|horas?|o'clock))?"
)
_HALF: Final = (
    r"\s+(?:d[ae]|à|de la|in the|at)\s+(?P<half>manhã|manha|tarde|noite|madrugada|mañana|noche"
    r"|morning|afternoon|evening|night)\b"
)
_OF_DAY: Final = re.compile(rf"(?<![\w,.:/]){_CLOCK}{_HALF}", re.IGNORECASE)
_TOLD: Final = re.compile(
    rf"(?P<at>\b(?:às|as|das|a\s+las|at|until|till|from|to(?=\s+\w+\s*(?:[.,;!?]|$)))\s+)"
    rf"(?P<hour>\d{{1,2}}|{_HOUR})(?:\s+(?:e|y)\s+(?P<minute>{_MINUTE}))?"
    r"(?=\s*(?:$|[.,;!?)\n–-])"
    r"|\s+(?:às|as|até|e|ou|a|ao|aos|no|na|nos|nas|de|to|until|till|and|y|on)\b)",
    re.IGNORECASE,
)
_NOON: Final = re.compile(
    r"\b(?:meio[- ]dia|noon|midday|mediod[ií]a)\b(?P<half>\s+e\s+meia\b)?", re.IGNORECASE
)
_MIDNIGHT: Final = re.compile(r"\b(?:meia[- ]noite|midnight|medianoche)\b", re.IGNORECASE)


def clock_in_digits(text: str) -> str:
    """``text`` with its spoken times of day as "18h30"; other numbers stay as they are."""
    read = _NOON.sub(lambda match: "12h30" if match["half"] else "12h00", text)
    read = _MIDNIGHT.sub("0h00", read)
    read = _OF_DAY.sub(_of_day, read)
    return _TOLD.sub(lambda match: match["at"] + _clock(match, 0), read)


def _of_day(match: re.Match[str]) -> str:
    half = match["half"].casefold()
    late = half in ("tarde", "noite", "noche", "afternoon", "evening", "night")
    return _clock(match, 12 if late and _hour(match) < 12 else 0)


def _hour(match: re.Match[str]) -> int:
    said = re.sub(r"\s+", " ", match["hour"].casefold())
    return int(said) if said.isdigit() else _HOURS[said]


def _clock(match: re.Match[str], later: int) -> str:
    parts = match.groupdict()
    spoken = re.sub(r"\s+", " ", (parts["minute"] or "").casefold())
    minute = _MINUTES.get(spoken, int(parts.get("digits") or 0))
    hour = _hour(match) + later
    return f"{hour}h{minute:02}" if hour <= 24 else match[0].removeprefix(parts.get("at") or "")
