"""Which of the things it was offered a customer picks: "2", "a segunda", "o de 15 kg". Pure.

The offer is the numbered list at the end of the crew's last message, as the conversation's
history has it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..contracts import HistoryEntry
from . import vocabulary as v
from .concepts import concepts
from .intents import intents
from .text import plain

_ITEM: Final = re.compile(r"^[ \t]*(\d{1,2})[.)][ \t]+(\S.*?)[ \t]*$", re.MULTILINE)
_KEYCAP: Final = re.compile("[\ufe0f\u20e3]")
_ORDINALS: Final = {
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
} | {"ultimo": -1, "ultima": -1, "last": -1}
_PICK: Final = re.compile(
    r"^\W*(?:(?:eu|quero|queria|prefiro|escolho|vou querer|vou de|fico com|pode ser|seria|acho que"
    r"|e|ah|entao|the|i want|i'll take|quiero) )*(?:(?:o|a|el|la|the) )?"
    r"(?:(?:opcao|numero|no|nr|n|item|option|number|opcion)[. ]*)?"
    rf"(?P<which>\d{{1,2}}|{'|'.join(_ORDINALS)})(?<=\d)?[ao]?"
    r"(?:[ ,]+(?:opcao|opcion|option|one|delas|deles|item|mesmo|por favor|please|obrigad[oa]))*\W*$"
)


def chosen(text: str, history: Sequence[HistoryEntry]) -> str | None:
    """What ``text`` picks, in the words it was offered in; ``None`` when it picks nothing.

    A text that names one of the things more fully than the offer did is returned as it is.
    """
    options = offered(history)
    if not options:
        return None
    text = "\n".join(line for line in text.splitlines() if not _pleases(line))
    if found := _PICK.match(plain(_KEYCAP.sub("", text))):
        which = found["which"]
        number = _ORDINALS[which] if which in _ORDINALS else int(which)
        number = len(options) if number < 0 else number
        return options[number - 1] if 1 <= number <= len(options) else None
    return _named(text, options)


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


def _named(text: str, options: list[str]) -> str | None:
    """The one option that ``text`` tells from the others by its words."""
    spoken = concepts(text)
    if not spoken or not set(intents(text)) <= {v.OTHER, v.PRODUCT}:
        return None
    short = [option for option in options if spoken <= concepts(option)]
    if len(short) == 1:
        return short[0]
    whole = [option for option in options if concepts(option) <= spoken]
    return text.strip() if len(whole) == 1 and not short else None
