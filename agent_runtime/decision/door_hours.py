"""Whether a question for a time asks when the door is open, or of something else. Pure."""

from __future__ import annotations

import re
from typing import Final

from .text import plain

_DOOR: Final = re.compile(
    r"\b(?:abr\w+|abert\w+|fech\w+|funcion\w+|atend\w+|expediente|open\w*|clos\w+)\b"
)


def is_about_the_door(text: str) -> bool:
    """Whether ``text`` speaks of opening: "até que horas posso pedir a massa?" does not."""
    return bool(_DOOR.search(plain(text)))
