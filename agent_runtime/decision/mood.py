"""How a customer feels and how soon the answer is wanted, as numbers for the log. Pure.

What has consequences, an annoyed customer who gets a person, is decided in :mod:`.frustration`.
"""

from __future__ import annotations

import re
from typing import Final

from .frustration import IN_VAIN, INSULT, REPEATED, TREATED_BADLY
from .text import plain

_ANNOYED: Final = {INSULT: -1.0, TREATED_BADLY: -0.8, IN_VAIN: -0.7, REPEATED: -0.4}
_NOT_LIKED: Final = re.compile(
    r"\b(?:nao|nem|no|not|didn'?t|don'?t) (?:\w+ )?(?:gost\w+|ador\w+|recomend\w+|funcion\w+"
    r"|chegou|recebi|like|work\w*|arrive\w*|bom|boa|good|bueno)\b"
)
_BAD: Final = re.compile(
    r"\b(?:ruim|ruins|pessim[oa]s?|horrive(?:l|is)|terrive(?:l|is)|decepcionad[oa]|chatead[oa]"
    r"|insatisfeit[oa]|problemas?|defeito|quebrad[oa]s?|errad[oa]s?|atrasad[oa]s?|demora\w*"
    r"|infelizmente|absurdo|triste|reclam\w+|bad|awful|terrible|broken|wrong|late|disappointed"
    r"|mal[oa]?|roto|rota)\b"
)
_GOOD: Final = re.compile(
    r"\b(?:otim[oa]s?|excelentes?|maravilh\w+|perfeit[oa]s?|ador(?:o|ei|amos)|amei|gost(?:o|ei)"
    r"|parabens|incrive(?:l|is)|nota (?:10|dez)|satisfeit[oa]|muito (?:bom|boa)|recomendo"
    r"|great|excellent|love|loved|awesome|perfect|amazing|genial|encanta|buenisimo)\b"
)
_THANKFUL: Final = re.compile(r"\b(?:obrigad[oa]|agradec\w+|valeu|thanks|thank you|gracias)\b")
_URGENT: Final = (
    (
        re.compile(
            r"\b(?:urgente\w*|urgencia|urgent|asap|emergencia|emergency|socorro"
            r"|(?:o )?(?:quanto|mais rapido) (?:antes|possivel)|cuanto antes|lo antes posible"
            r"|as soon as possible)\b"
        ),
        1.0,
    ),
    (
        re.compile(
            r"\b(?:agora mesmo|ja ja|para (?:ja|agora|ontem)|imediat\w+|correndo|right now"
            r"|immediately|ahora mismo|ainda hoje|hoje ainda|ate hoje)\b"
        ),
        0.7,
    ),
    (re.compile(r"\b(?:rapido|rapidinho|pressa|logo|quickly|soon|pronto)\b"), 0.3),
)
_PRIORITY: Final = {"low": 0.0, "medium": 0.2, "high": 0.6, "urgent": 1.0}


def sentiment(text: str, annoyed: str = "") -> float:
    """-1 (angry) to 1 (delighted). ``annoyed``: what :func:`.frustration.frustration` found."""
    if annoyed in _ANNOYED:
        return _ANNOYED[annoyed]
    read = plain(text)
    read, refused = _NOT_LIKED.subn(" ", read)
    bad = len(_BAD.findall(read)) + refused
    good = len(_GOOD.findall(read))
    thankful = bool(_THANKFUL.search(read))
    return round(max(-1.0, min(1.0, 0.5 * good + 0.2 * thankful - 0.4 * bad)), 2)


def urgency(text: str, priority: str | None = None) -> float:
    """0 to 1, from the words and from the conversation's priority in Chatwoot."""
    read = plain(text)
    said = max((sure for pattern, sure in _URGENT if pattern.search(read)), default=0.0)
    return max(said, _PRIORITY[priority] if priority else 0.0)
