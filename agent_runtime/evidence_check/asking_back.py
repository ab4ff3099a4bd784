"""What a model wrote instead of an answer: a question, or that it does not know. Pure."""

from __future__ import annotations

import re
from typing import Final

from ..decision.text import plain

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_TELL: Final = r"(?:inform|diga|diz|cont|pass|envi|mand|fal|confirm|escolh)\w*"
_REQUEST: Final = re.compile(
    rf"(?:^|[,;:] |\b(?:e|mas|entao) )(?:tambem )?(?:por favor,? |so )*(?:(?:me|nos) {_TELL}"
    rf"|informe|confirme|(?:poderia|pode|consegue) (?:me |nos )?{_TELL}"
    r"|(?:eu |so )?preciso (?:saber|d[aeo]s? (?:se[ur]s?|cep|cidade|endereco|nome|data|dia)\b)"
    r"|gostaria de saber|qual|quais|quantos|quantas"
    r"|(?:please )?(?:tell|let|send|give) (?:me|us)|i need to know|(?:dime|digame|indique)\b)"
)
_COURTESY: Final = re.compile(
    r"^\W*(?:claro|certo|perfeito|otimo|legal|combinado|com prazer|sem problema|obrigad[oa]|oi|ola"
    r"|posso (?:te |lhe )?ajudar|vamos (?:la|marcar|agendar|reservar)|assim|sure|of course|hello)\b"
)
_LONGEST: Final = 8
"""Words of a sentence that may stand beside the question and tells nothing."""
_ADMISSION: Final = re.compile(
    r"\bnao (?:tenho|temos|possuo|encontrei|achei|localizei|sei|consta)\b[^.?!]{0,40}"
    r"\b(?:informac\w+|dados?|resposta|detalhes?|registro)\b|\bnao sei (?:te )?(?:dizer|informar)\b"
    r"|\bi (?:don'?t|do not) (?:have|know)\b[^.?!]{0,30}\b(?:information|details|that)\b"
)


def asks_back(body: str) -> bool:
    """Whether ``body`` wants something of the customer and tells nothing beside it.

    One that ends with a question always does.
    """
    if body.rstrip().endswith("?"):
        return True
    sentences = [plain(sentence) for sentence in _SENTENCE.split(body) if sentence.strip()]
    asking = [s for s in sentences if s.endswith("?") or _REQUEST.search(s)]
    rest = [s for s in sentences if s not in asking]
    return bool(asking) and all(_COURTESY.search(s) and len(s.split()) <= _LONGEST for s in rest)


def requests(sentence: str) -> bool:
    """Whether a sentence wants something of the customer."""
    return bool(_REQUEST.search(plain(sentence)))


def admits(body: str) -> bool:
    """Whether ``body`` says that the writer does not know."""
    return bool(_ADMISSION.search(plain(body)))
