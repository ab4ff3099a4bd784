"""Using the customer's name: in a greeting, in a farewell, before an answer. Pure."""

from __future__ import annotations

import re
from typing import Final

from ..contracts import Customer
from ..decision.text import fold
from .plain_text import EMOJI

SALUTATION: Final = re.compile(
    r"^(?P<word>ol[áa]|oi+|bom dia|boa tarde|boa noite|hello|hi)(?P<rest>[!,. ].*|)$",
    re.IGNORECASE | re.DOTALL,
)
_FIRST_SENTENCE: Final = re.compile(
    r"^(?P<said>[^.!?\n]*\w)(?P<rest>[^\w\n]*(?:[\n ].*)?)$", re.DOTALL
)
_OPENERS = """
    agora nosso nossa hoje no na nao temos a o sim para em entregamos fazemos encontrei estes estas
    promocao promocoes domingo segunda terca quarta quinta sexta sabado amanha sobre voltamos
    agradecemos pode we our it there today tomorrow no yes the thank you
"""
_STARTS: Final = frozenset(_OPENERS.split())
"""First words that are no names, so that they may lose their capital after the customer's."""


_PARTICLES: Final = frozenset({"de", "da", "do", "das", "dos", "e"})
_ROLES = """
    visitante cliente usuario usuaria contato convidado convidada teste anonimo desconhecido
    whatsapp instagram facebook messenger loja visitor guest customer client user unknown test
"""
_NO_NAMES: Final = frozenset(_ROLES.split())


def name_of(customer: Customer, *, whole: bool = False) -> str:
    """First name, or the whole one. What does not look like a name is none."""
    words = (customer.name or "").split()
    if not words or not all(word.replace("'", "").replace("-", "").isalpha() for word in words):
        return ""
    if fold(words[0]) in _NO_NAMES:
        return ""
    words = [_spelt(word) for word in words]
    return " ".join(words) if whole else words[0]


def _spelt(word: str) -> str:
    """A word of a name, in the usual capitals when it was typed in one case only."""
    if word not in (word.lower(), word.upper()):
        return word
    if word.lower() in _PARTICLES:
        return word.lower()
    return "-".join(
        "'".join(bit.capitalize() for bit in part.split("'")) for part in word.split("-")
    )


def greeted(greeting: str, name: str, portuguese: bool) -> str:
    """A company's own greeting with the name in it."""
    if not name:
        return greeting
    if found := SALUTATION.match(greeting):
        rest = found["rest"] or "!"
        return f"{found['word']}, {name}{rest if rest[0] in '!,.' else ',' + rest}"
    return f"{'Olá' if portuguese else 'Hello'}, {name}! {greeting}"


def parted(farewell: str, name: str) -> str:
    """A farewell with the name at the end of its first sentence."""
    found = _FIRST_SENTENCE.match(farewell)
    if not name or not found or name in farewell:
        return farewell
    return f"{found['said']}, {name}{found['rest'] or '!'}"


def addressed(body: str, name: str) -> str:
    """An answer that begins with the customer's name."""
    first, _blank, rest = body.partition(" ")
    if EMOJI.fullmatch(first) and rest:
        return f"{first} {addressed(rest, name)}"
    if first == "I":
        return f"{name}, {body}"
    if fold(first).strip(",.") in _STARTS:
        return f"{name}, {body[0].lower()}{body[1:]}"
    return f"{name},\n{body}"
