"""Whether an answer wants of a customer what nobody may ask for in a conversation. Pure."""

from __future__ import annotations

import re
from typing import Final

from ..decision.text import plain
from .asking_back import requests
from .claims import Claim

_SECRET: Final = re.compile(
    r"\b(?:(?:numero|dados|foto|codigo|validade) (?:d[aeo]s? )?(?:se[ur]s? |verso d[eo] )?"
    r"(?:cartao|cartoes)(?! de (?:visita|vacina|fidelidade|ponto))|cvv|cvc|codigo de seguranca"
    r"|senhas?|token do banco|(?:card|account) number|passwords?|security code)\b"
)
_WANTS: Final = re.compile(
    r"\b(?:pass|mand|envi|inform|dig|diga|cont|confirm|escrev|digit|send|tell|give|type)\w*\b"
)
_DENIED: Final = re.compile(r"\b(?:nao|nunca|jamais|nem|never|not|don'?t)\b")


def secrets_asked(sentence: str) -> list[Claim]:
    """The secrets that ``sentence`` asks the customer for."""
    bare = plain(sentence)
    secret = _SECRET.search(bare)
    if not secret or _DENIED.search(bare[: secret.start()]):
        return []
    wants = requests(sentence) or sentence.rstrip().endswith("?") or _WANTS.search(bare)
    return [Claim("secret", secret[0])] if wants else []
