"""Whether a customer wants changed or called off what was agreed with them. Pure.

"Quero cancelar meu horário de amanhã" is answered by the policy, and is done by nobody but a
person; "até quando posso cancelar?" only asks for the policy.
"""

from __future__ import annotations

import re
from typing import Final

from .text import plain

_DAY: Final = (
    r"(?:hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado|domingo|dia \d|(?:as|das) \d"
    r"|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|miercoles|jueves"
    r"|viernes|hoy|manana)"
)
_APPOINTMENT: Final = (
    r"(?:horario|hora|consulta|agendamento|reserva|sessao|avaliacao|retorno|visita|atendimento"
    r"|mesa|appointment|booking|reservation|cita|turno)s?"
)
_CALL_OFF: Final = (
    r"(?:cancel(?:ar?|e|em|o)|desmar(?:car?|que|quem|co)|remar(?:car?|que|quem|co)"
    r"|reagend(?:ar?|e|em|o)|cancel|reschedule)"
)
_MOVE: Final = (
    r"(?:mud(?:ar|e|em)|troc(?:ar|a)|adi(?:ar|e|em)|antecip(?:ar|e|em)|alter(?:ar|e|em)|passar"
    r"|transferir|move|change|cambiar)"
)
_MINE: Final = r"(?:d?[oa] )?(?:meu|minha|nosso|nossa|my|our|mi|nuestra)"
_WANTS: Final = re.compile(
    rf"\b{_CALL_OFF} {_MINE} \w"
    rf"|\b{_MOVE} (?:de |{_MINE} |d?[oa] |the ){{1,2}}{_APPOINTMENT}\b(?! de (?:func|atend|abert))"
    rf"|\b{_CALL_OFF} (?:d?[oa]|the|la|el) [^.?!,]{{2,40}}\b{_DAY}\b"
)
_WILL_NOT_COME: Final = re.compile(
    r"\bnao (?:vou|vamos) (?:mais )?(?:conseguir|poder) (?:mais )?(?:ir|comparecer)\b"
)
_ONLY_ASKS: Final = re.compile(
    r"\b(?:ate quando|ate que|com quant[oa]s?|quanto|quantas|prazo|como"
    r"|antecedencia|em cima da hora|se eu|caso eu|se (?:precisar|quiser)|o que acontece"
    r"|how (?:do|can)|until when|if i)\b"
)


def wants_change(text: str) -> bool:
    """Whether ``text`` calls off or moves an agreement, instead of asking how that is done."""
    read = plain(text)
    wants = _WANTS.search(read) and not _ONLY_ASKS.search(read)
    return bool(wants or _WILL_NOT_COME.search(read))
