"""What customers tell of themselves, which is no question for the company's own. Pure."""

from __future__ import annotations

import re
from typing import Final

_NAMES: Final = (
    r"(?:tele)?fones?|celular(?:es)?|whatsapp|e-?mails?|sites?|cnpj|razao social|enderecos?"
    r"|contatos?|numeros?|(?:phone )?numbers?|phones?|website|address|telefonos?|correo|direccion"
)
_VALUE: Final = (
    r"(?:[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}"
    r"|\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2}(?!\d)"
    r"|(?:\+?\d{1,3}[\s.-]?)?\(?\d{2}\)?[\s.-]?9?\d{4}[\s.-]?\d{4}(?!\d))"
)
"""An e-mail, a company's tax number or a phone."""
_ASKED: Final = r"(?!\s*\?|\s*,?\s*(?:e|sao) d[aeo]s?\b)"
"""Who asks whether a number is the company's wants to be told."""

_OWN: Final = re.compile(
    rf"\b(?:meus?|minhas?|nossos?|nossas?|my|our|mi|mis) (?:novo )?(?:{_NAMES})\b"
    rf"(?:[^\w?.!\n]*(?:(?:e|is|es|sao)\b[^\w?.!\n]*)?{_VALUE})?"
    rf"|\b(?:{_NAMES})(?: d[aeo]s? (?:minha|meu|nossa|nosso)(?: \w+)?| (?:para|de) contato)?"
    rf"(?: (?:e|is|es)\b)?[\s:=-]*{_VALUE}{_ASKED}"
    rf"|(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{2,63}}){{1,4}}"
)


def without_own(read: str) -> str:
    """A text as ``text.plain`` gives it, without its writer's own phone, e-mail, tax number or
    address: "my phone is …", "tel. 11 …", and e-mails, whose names may say anything."""
    return _OWN.sub(" ", read)
