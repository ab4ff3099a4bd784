"""A message that only announces a question. Pure."""

from __future__ import annotations

import re
from typing import Final

_HELLO: Final = (
    r"(?:oi+e?|ola|opa|e ai|bom dia|boa (?:tarde|noite)|tudo (?:bem|bom)|gente|pessoal|moc[oa]"
    r"|hello|hi|hey|good (?:morning|afternoon|evening)|hola|buen[oa]s (?:dias|tardes|noches))"
)
_WISH: Final = (
    r"(?:(?:eu )?(?:quero|queria|gostaria de|preciso(?: de)?|posso|podia|poderia"
    r"|(?:voces?|alguem) (?:pode|poderia|consegue|podem|conseguem)|pode(?:m|ria)?|consegue"
    r"|da para|tenho|estou com|sera que)) "
)
_HELP: Final = (
    rf"(?:(?:{_WISH})?(?:(?:voces? )?me (?:ajud(?:a|ar|e|em)|da(?:r)? uma (?:ajuda|ajudinha|forca))"
    r"|(?:de )?(?:uma )?ajud(?:a|inha)"
    r"|(?:me )?(?:tirar |fazer |dar |de )?(?:umas? )?(?:duvidas?|perguntas?|informac(?:ao|oes)))"
    r"|socorro|(?:(?:can|could) (?:you|u|someone|anyone) )?(?:please )?help(?: me)?(?: out)?"
    r"|i (?:need|want) (?:some )?help|(?:i have|can i ask) a question"
    r"|(?:me puedes? ayudar|necesito ayuda|ayuda|tengo una (?:duda|pregunta)))"
)
_AFTER: Final = (
    r"(?:por favor|por gentileza|please|ai|aqui|entao|rapid(?:o|inho)|urgente|moc[oa]|gente|agora"
    r"|com (?:uma|umas|algumas) (?:coisas?|duvidas?|perguntas?)|with something)"
)
_ONLY: Final = re.compile(rf"[^\w]*(?:{_HELLO}[^\w]+)*{_HELP}(?:[^\w]+{_AFTER})*[^\w]*")


def is_all(read: str) -> bool:
    """Whether a text, as ``text.plain`` gives it, asks for help and does not say with what."""
    return bool(_ONLY.fullmatch(read))
