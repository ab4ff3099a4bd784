"""Whether a text asks what is still free, or for a place on a day: "tem vaga domingo?". Pure.

Only where appointments are taken is it one: elsewhere "tem horário hoje?" asks for the door's.
"""

from __future__ import annotations

import re
from typing import Final

from .any_of import AnyOf
from .negation import takes_back
from .text import plain

_DAY: Final = (
    r"(?:hoje|amanha|agora|(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)s?|fim de semana"
    r"|semana|dia \d|\d{1,2}/\d|today|tonight|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_TIME: Final = (
    r"(?:(?:as|at|umas) \d{1,2}|\d{1,2} ?h|\d{1,2}:\d\d|de manha|[ad]e? tarde|[ad]e? noite)"
)
_PEOPLE: Final = r"(?:\d+|uma?|dois|duas|tres|quatro|cinco|seis|sete|oito|nove|dez)"
_WHEN: Final = rf"(?:{_DAY}|{_TIME}|(?:para|p|com|somos) {_PEOPLE}\b)"
_PLACE: Final = (
    r"(?:horarios?|horas?|vagas?|encaixes?|agenda|brechas?|disponibilidade|mesas?|lugar(?:es)?"
    r"|slots?|tables?|appointments?|availability)"
)
_OTHER_PLACE: Final = (
    r"(?! (?:(?:de|do|da|dos|em|na|no) (?!dia\b|hoje\b|amanha\b|segunda|terca|quarta|quinta|sexta"
    r"|sabado|domingo)|(?:para|pro) (?:o |a )?(?:carro|moto|estacion|trabalh|entrega|retir)))"
)
"""Not of the car park, of work, of the door: "tem vaga de estágio?", "tem horário de almoço?"."""
_HAS: Final = (
    r"(?:tem|teria|tinha|ha|haveria|sobrou|sobra|rola|abriu|consegue\w*|arruma\w*|do you have"
    r"|preciso de|quero|queria|gostaria de|me ve"
    r"|is there|any|hay|tienen)"
)
_BETWEEN: Final = (
    r"(?:(?:algum|alguma|uma?|\d+|dois|duas|mais|ainda|outr[oa]|me|para mim|an?|any|free) )*"
)
_FREE: Final = AnyOf(
    [
        rf"\b{_HAS} {_BETWEEN}{_PLACE}\b{_OTHER_PLACE}[^.!\n]*\b{_WHEN}",
        rf"\b{_HAS} {_BETWEEN}{_PLACE} (?:livres?|vag[oa]s?|disponive(?:l|is)|free|available)\b",
        r"\b(?:quais|que|qual|what|which)\b[^.?!\n]{0,15}\b(?:horarios?|dias?|vagas?|times?|days?)\b"
        r"[^.?!\n]{0,15}\b(?:livres?|vag[oa]s?|disponive(?:l|is)|free|available)\b",
        rf"\b{_WHEN}[^.?!\n]* {_HAS} {_BETWEEN}{_PLACE}\b{_OTHER_PLACE}",
    ]
)
_ASKED_FOR: Final = re.compile(
    r"(?:^|[.,!?\n]) *(?:(?:uma?|a|por favor) )?(?:reservas?|mesas?|encaixe|table|reservation)"
    rf"(?: de mesa)? (?=[^.?!\n]*\b{_WHEN})(?:para|p|pra|com|no|na|as|for|{_DAY})\b"
)
"""Opens with what is wanted: "mesa pra 2 agora"."""
_PLACE_ASKED: Final = re.compile(rf"\b{_HAS} {_BETWEEN}{_PLACE}\b{_OTHER_PLACE}")
_WANTS: Final = re.compile(
    r"(?:^|[.,!?] ?)(?:me )?(?:marca|agenda|encaixa|reserva)\b"
    r"|\b(?:quero|queria|queremos|gostaria|preciso|precisava|da para|posso|consigo|consegue\w*"
    r"|tem como|i want|i need|can i)\b"
)
_SOON: Final = re.compile(rf"\b(?:{_DAY}|{_TIME})")
_ASKS_TOO: Final = re.compile(
    r"(?:e |mas )?(?:tem|teria|aceitam?|pode\w*|posso|da para|quanto|quanta|qual|quais|onde|como)\b"
)
_GREETING: Final = re.compile(
    r"^(?:(?:oi+e?|ola|opa|e ai|bom dia|boa (?:tarde|noite)|tudo (?:bem|bom)|hello|hi)\b[ ,.!?]*)+"
)


def asks_for_a_time(text: str) -> bool:
    """Whether a text wants to know what is free, or wants a place, and names when or for whom."""
    read = _GREETING.sub("", "\n".join(map(plain, text.splitlines())))
    if takes_back(text):
        return False
    return _FREE.search(read) or bool(_ASKED_FOR.search(read))


def asks_for_a_place(text: str) -> bool:
    """Whether a text asks whether there is a place, be it for whom and when it may."""
    return not takes_back(text) and bool(_PLACE_ASKED.search(plain(text)))


def asks_too(clause: str) -> bool:
    """Whether a clause beside such a wish asks for something: "tem cadeirão"."""
    return bool(_ASKS_TOO.match(plain(clause)))


def wants_then(text: str) -> bool:
    """Whether a text wants something at a time: "quero fazer a unha amanhã"."""
    read = plain(text)
    return bool(_WANTS.search(read) and _SOON.search(read)) and not takes_back(text)
