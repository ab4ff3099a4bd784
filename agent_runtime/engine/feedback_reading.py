"""What a customer's words after the rating request are: a mark, an opinion, a refusal. Pure."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ..decision import vocabulary as v
from ..decision.intents import intents
from ..decision.own_case import is_own_case
from ..decision.text import plain

_NUMBERS: Final = {
    name: value
    for value, names in enumerate(
        (
            "zero",
            "um uma one",
            "dois duas two",
            "tres três three",
            "quatro four",
            "cinco five",
            "seis six",
            "sete seven",
            "oito eight",
            "nove nine",
            "dez ten",
        )
    )
    for name in names.split()
} | {"cem": 100, "mil": 1000}
_STARS: Final = re.compile(r"^\s*((?:[⭐★🌟]\s*)+)$")
_MARK: Final = re.compile(
    r"^[^\w-]*(?:(?:minha |a )?nota(?: é| e)?\W+|(?:eu )?(?:dou|daria) (?:a )?(?:nota )?|i give )?"
    rf"(?P<mark>-?\d{{1,4}}(?:[.,]\d{{1,2}}(?!\d))?|{'|'.join(_NUMBERS)})\b(?!-\d)"
    r"(?:\s*(?:/|de|out of)\s*(?:5|10)\b)?"
    r"(?:\s*(?:estrelas?|pontos?|stars?|points?)\b)?(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_GOES_ON: Final = re.compile(r"^\s*(?:[,.;:!)\n–-]+|\b(?:porque|pois|because)\b)", re.IGNORECASE)
_DECLINES: Final = re.compile(
    r"^\W*(?:agora nao|nao|no|nada|nenhuma?|prefiro nao|sem (?:sugest\w+|comentarios?))"
    r"(?:\W+(?:tenho|precisa|quero|dizer|obrigad[oa]|thanks|nenhuma?|nada|por enquanto"
    r"|so isso|avaliar|opinar|responder|dar|uma|nota|agora|i|want|to|rate))*\W*$"
)
_OPINION: Final = re.compile(
    r"^\W*(?:(?:foi|achei|muito|super|bem|tudo|um|o|atendimento|servico|it was|very"
    r"|the service was)"
    r"\W+)*(?:excelente|otim[oa]|maravilhos[oa]|perfeit[oa]|bom|boa|bem|legal|regular|razoavel"
    r"|mais ou menos|ruim|pessim[oa]|horrivel|terrivel|frac[oa]|lent[oa]|adorei|amei|gostei"
    r"|excellent|great|good|bad|poor|terrible|awful)(?:\W+(?:demais|muito|atendimento|servico))*\W*$"
)
"""How it was in a word, instead of a number."""
_WISH: Final = re.compile(r"\b(?:quero|exijo|preciso|i want|i need)\b")
_REFUND: Final = re.compile(
    r"\bdinheiro de volta\b|\b(?:reembols|estorn|refund)\w*|\bprocon\b|\bmoney back\b"
)
_QUESTION: Final = re.compile(
    r"\?|^\W*(?:e |mas )?(?:quanto|quantos|qual|quais|que horas|onde|quando|tem|posso|preciso"
    r"|how|what|where|when|which|can you)\b"
    r"|^\W*voces (?:tem|entregam|fazem|abrem|aceitam|vendem|atendem)\b"
)


def score(text: str) -> tuple[int, str] | None:
    """The mark that ``text`` gives and what is said beside it; ``None`` when it gives none.

    ``5``, ``nota 9``, ``⭐⭐⭐⭐``, ``dou 8/10``, ``5, muito bom``; but not ``5 pacotes``. A half
    is rounded up.
    """
    text = text.replace("\ufe0f", "").replace("\u20e3", "")  # a digit on a key is a digit
    if stars := _STARS.match(text):
        return len(re.findall("[⭐★🌟]", stars[1])), ""
    if not (found := _MARK.match(text)):
        return None
    mark, rest = found["mark"].casefold(), found["rest"]
    beside = _GOES_ON.sub("", rest).strip(" .,;:!)–-\n")
    pleasant = bool(beside) and set(intents(beside)) <= {v.THANKS, v.GREETING}
    told = is_statement(beside) or is_claim(beside)
    if beside and not pleasant and not (_GOES_ON.match(rest) and told):
        return None
    number = Decimal(_NUMBERS[mark] if mark in _NUMBERS else mark.replace(",", "."))
    return int(number.quantize(Decimal(1), ROUND_HALF_UP)), "" if pleasant else beside


def declines(text: str) -> bool:
    """Whether the customer does not want to answer, or has nothing to say."""
    return bool(_DECLINES.match(plain(text)))


def is_opinion(text: str) -> bool:
    """Whether a text says in a word how the service was."""
    return bool(_OPINION.match(plain(text)))


def is_wish(text: str) -> bool:
    """Whether a text beside a mark wants something of the company."""
    return bool(_WISH.search(plain(text))) or is_claim(text)


def is_claim(text: str) -> bool:
    """Whether a text is about this customer's own order or wants money back."""
    return is_own_case(text) or bool(_REFUND.search(plain(text)))


def is_statement(text: str) -> bool:
    """Whether a text tells something instead of asking for it."""
    if _QUESTION.search(plain(text)) or is_own_case(text):
        return False
    found = set(intents(text))
    return v.PERSON not in found and not found <= {v.GREETING, v.THANKS}
