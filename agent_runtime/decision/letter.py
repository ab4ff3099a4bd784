"""What the writer of a letter says in it, without what mail programs and companies add. Pure."""

from __future__ import annotations

import re
from typing import Final

from .text import fold

_QUOTED: Final = re.compile(r"^\s*>")
_FORMER_LETTER: Final = re.compile(
    r"^(?:(?:em|on|el) .{4,120}(?:escreveu|wrote|escribio):$"
    r"|-{2,} ?(?:mensagem (?:original|encaminhada)|(?:original|forwarded) message|mensaje original)"
    r"|_{10,}$|(?:de|from): .+@)"
)
_CLOSING: Final = re.compile(
    r"^(?:att|atte|atenciosamente|cordialmente|respeitosamente|abracos?|abs|saudacoes"
    r"|(?:best|kind|warm) regards|regards|sincerely|atentamente|saludos)\W*$"
)
_DASHES: Final = re.compile(r"^--\s*$")


def own_words(text: str) -> str:
    """``text`` without quoted lines, former letters and what follows the closing words.

    Where nothing would be left, the whole text is the writer's.
    """
    kept: list[str] = []
    for line in text.splitlines():
        read = fold(line)
        if _FORMER_LETTER.search(read) or _DASHES.search(line):
            break
        if kept and _CLOSING.search(read):
            break
        if not _QUOTED.search(line):
            kept.append(line)
    return "\n".join(kept) if any(line.strip() for line in kept) else text
