"""Which of the things it was offered a customer picks: "2", "a segunda", "o de 15 kg". Pure.

The offer is the numbered list at the end of the crew's last message, as the conversation's
history has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..contracts import HistoryEntry
from . import vocabulary as v
from .concepts import concepts
from .exclusions import exclusions, without_exclusions
from .intents import intents
from .offered_times import picked_time
from .terms import named
from .text import plain

_ITEM: Final = re.compile(r"^[ \t]*(\d{1,2})[.)][ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
_DAY: Final = re.compile(r"\W*(?:segunda|terca|quarta|quinta|sexta)\W*")
_KEYCAP: Final = re.compile("[\ufe0f\u20e3]")
_ORDINALS: Final = (
    {
        word: number
        for number, words in enumerate(
            (
                "primeiro primeira first primero",
                "segundo segunda second",
                "terceiro terceira third tercero tercera",
                "quarto quarta fourth cuarto cuarta",
                "quinto quinta fifth",
                "sexto sexta sixth",
            ),
            1,
        )
        for word in words.split()
    }
    | {
        word: number
        for number, words in enumerate(
            ("dois two dos", "tres three", "quatro four", "cinco five"), 2
        )
        for word in words.split()
    }
    | {"ultimo": -1, "ultima": -1, "last": -1}
)
_PICK: Final = re.compile(
    r"^\W*(?:(?:eu|quero|queria|prefiro|escolho|vou querer|vou de|fico com|pode ser|seria|acho que"
    r"|e|ah|entao|sim|ok|okay|certo|isso|beleza|yes|si|the|i want|i'll take|quiero)[ ,]+)*"
    r"(?:(?:o|a|el|la|the) )?"
    r"(?:(?:opcao|numero|no|nr|n|item|option|number|opcion)[. ]*)?"
    rf"(?P<which>\d{{1,2}}|{'|'.join(_ORDINALS)})(?<=\d)?[ao]?"
    r"(?:[ ,]+(?:opcao|opcion|option|one|delas|deles|item|mesmo|por favor|please|obrigad[oa]))*\W*$"
)
_CLAUSE: Final = re.compile(r"[,;.!\n]+\s*(?:e (?=\w))?")
_MENTION: Final = re.compile(
    r"\b[ao] (?:op[cç][aã]o |n[uú]mero )?(\d{1,2})\b"
    r"(?!\s*(?:[/:%ªº]|e \d|(?:h|hs|horas?|kg|quilos?|g|gr|ml|l|litros?|cm|reais|real"
    r"|unidades?|pacotes?|sacos?|dias?|anos?|m[eê]s|meses|vezes|x|pessoas?)\b))",
    re.IGNORECASE,
)
_KILOS: Final = re.compile(r"\b(?:quilos?|kilos?)\b", re.IGNORECASE)


class Pick(NamedTuple):
    """What a customer picked, in the words it was offered in, and what was said beside it."""

    words: str
    beside: str = ""

    @property
    def text(self) -> str:
        """All that the customer wants now."""
        return f"{self.words}\n{self.beside}" if self.beside else self.words


def chosen(text: str, history: Sequence[HistoryEntry]) -> Pick | None:
    """What ``text`` picks; ``None`` when it picks nothing, or several things.

    A text that names one of the things more fully than the offer did is the pick as it is, and so
    is a question about one of them, with the thing in place of its number.
    """
    options = offered(history)
    if not options:
        bare = "" if _DAY.fullmatch(_read(text)) else text
        words = picked_time(bare, history, _numbered)
        return Pick(words) if words else None
    lines = [line for line in text.splitlines() if not _pleases(line)]
    text = "\n".join(lines)
    if _PICK.match(_read(text)):
        words = _numbered(text, options)
        return Pick(words) if words else None
    return _beside(text, options) or _asked_about(text, options) or _named(text, options)


def _read(text: str) -> str:
    return plain(_KEYCAP.sub("", text))


def _numbered(text: str, options: list[str]) -> str | None:
    """The option whose number is all that ``text`` says."""
    found = _PICK.match(_read(text))
    if not found:
        return None
    which = found["which"]
    number = _ORDINALS[which] if which in _ORDINALS else int(which)
    number = len(options) if number < 0 else number
    return options[number - 1] if 1 <= number <= len(options) else None


def _beside(text: str, options: list[str]) -> Pick | None:
    """A number in a clause or a line of its own, beside another question."""
    clauses = [clause for clause in _CLAUSE.split(text) if clause.strip()]
    # "Segunda, vocês abrem?" is no pick.
    picking = [c for c in clauses if _PICK.match(_read(c)) and not _DAY.fullmatch(_read(c))]
    if len(picking) != 1 or len(clauses) < 2:
        return None
    words = _numbered(picking[0], options)
    beside = "\n".join(clause for clause in clauses if clause is not picking[0])
    return Pick(words, beside) if words else None


def _asked_about(text: str, options: list[str]) -> Pick | None:
    """A question about one of the things by its number: "tem a 2 em estoque?"."""
    numbers = {int(number) for number in _MENTION.findall(text)}
    if len(numbers) != 1 or not 1 <= (number := numbers.pop()) <= len(options):
        return None
    return Pick(_MENTION.sub(options[number - 1], text))


def offered(history: Sequence[HistoryEntry]) -> list[str]:
    """What the crew's last message lets the customer choose from; empty when it asks nothing."""
    last = next((entry for entry in reversed(history) if entry.role != "customer"), None)
    if last is None or last.role != "crew":
        return []
    items = list(_ITEM.finditer(last.text))
    numbered = [int(item[1]) for item in items] == list(range(1, len(items) + 1))
    asked = len(items) > 1 and "?" in last.text[: items[0].start()]
    return [item[2] for item in items] if numbered and asked else []


def _pleases(line: str) -> bool:
    """Whether a line of a burst only says thanks or hello."""
    return not line.strip() or set(intents(line)) <= {v.GREETING, v.THANKS}


def _named(text: str, options: list[str]) -> Pick | None:
    """The one option that ``text`` tells from the others by its words."""
    text = _KILOS.sub("kg", text)
    no, spoken = exclusions(text).all, concepts(text)
    if not spoken or not set(intents(text)) <= {v.OTHER, v.PRODUCT}:
        return None
    told = concepts(" ".join(named(text))) - no
    if no or not told:
        left = [o for o in options if not no & concepts(without_exclusions(o))]
        left = [option for option in left if told <= concepts(option)] if no else []
        return Pick(left[0]) if len(left) == 1 else None
    short = [option for option in options if told <= concepts(option)]
    if len(short) == 1:
        return Pick(short[0])
    whole = [option for option in options if concepts(option) <= spoken]
    return Pick(text.strip()) if len(whole) == 1 and not short else None
