"""What an answer tells as done: noted, booked, confirmed, cancelled, refunded. Pure.

A wish that was noted in this turn is evidence that it was noted, and of nothing more. That an
appointment stands is known only of a request that Odoo has carried out; what became of an order
is judged in :mod:`.order_states`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from ..evidence import Evidence
from .claims import Claim
from .noted import named

_NOTED: Final = frozenset(("anot", "registr", "solicit", "encaminh", "not", "request", "forward"))
_BOOKED: Final = frozenset(
    ("agend", "marc", "marqu", "reserv", "confirm", "garant", "book", "te espero", "nos vemos")
    + ("agendamento", "reserva", "consulta", "horario", "booking", "appointment", "see you")
)

_STEMS: Final = (
    r"reserv|agend|marc|marqu|cancel|desmarc|remarc|remarqu|aprov|liber|confirm|estorn|reembols"
    r"|separ|autoriz|garant"
)
_SAID: Final = (
    r"(?P<mine>reserv|agend|marqu|cancel|desmarqu|remarqu|aprov|liber|apliqu|solicit|registr|anot"
    r"|confirm|estorn|reembols|envi|separ|autoriz|garant|promet|encaminh)(?:ei|o|i)",
    r"(?:vou|vamos|iremos|vai) (?:te |lhe |ser )?(?P<will>reembols|devolv|estorn|cancel|aprov"
    r"|liber|autoriz|compens|indeniz|ressarc)\w*",
    r"(?:vou|vamos|irei|iremos) (?:te |lhe |ja )?(?P<send>mand|envi)\w* [^,;]{0,40}\b(?:nota|boleto"
    r"|link|fotos?|comprovante|contrato|catalogo|codigo|segunda via|e-?mail)",
    r"(?:i|we)(?:'ve|'ll| have| will)? (?P<en>book|reserv|cancel|refund|approv|confirm|promis"
    r"|guarante|compensat)\w*",
    r"(?P<noun>agendamento|reserva|consulta|horario|cancelamento|estorno|reembolso|troca|pagamento"
    r"|booking|refund|appointment|payment)\b[^,;]{0,30}\b(?:feit[oa]|realizad[oa]|efetuad[oa]"
    r"|concluid[oa]|processad[oa]|com sucesso|na agenda|made|done|successful\w*)",
    r"(?P<got>receb)(?:emos|i) (?:o |a )?(?:seu |sua )?(?:pagamento|pix|comprovante|transferencia)",
    r"(?P<meet>te espero|nos vemos|(?:espera|aguarda)mos (?:por )?voce|see you)"
    r"[^,;]* (?:as|at) \d\w*(?! a\b)",
)
_DONE: Final = re.compile(rf"\b(?:{'|'.join(_SAID)})\b")
_STATE: Final = re.compile(
    r"\b(?:(?:foi|esta|fica|ficou|foram|estao|ja|tudo|deix\w+) (?:ja |tudo )?"
    rf"(?P<done>{_STEMS})[ai]d[oa]s?"
    r"|(?:ha(?:s|ve) been|is|are) (?:now )?(?P<been>book|refund|cancel|approv|confirm)l?ed)\b"
)
_ARRANGED: Final = re.compile(
    r"\b(?P<arranged>agend|marc|reserv|confirm|garant|remarc|desmarc|cancel|book|confirm)"
    r"(?:[ai]d[oa]s?|amos(?! das \d)|ed)\b"
)
"""A deed without a verb, "marcado para as 9h"; told of somebody's own or of a moment."""
_CERTAIN: Final = re.compile(r"\b(?:seus?|suas?|teus?|tuas?|your|pronto|prontinho|feito|done)\b")
_MOMENT: Final = re.compile(
    r"\d{1,2}(?:/|:|h)\d|\d{1,2} ?h\b|\b(?:hoje|amanha|segunda|terca|quarta|quinta|sexta|sabado"
    r"|domingo|today|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b"
)
_TERMS: Final = re.compile(r"\b(?:antecedencia|vespera|antes|sempre|before|always|advance)\b")
"""Tells how it is done, and of nothing done."""
_POSSIBLE: Final = re.compile(
    r"\b(?:assim que|quando|se|caso|depois|apos|ate|enquanto|antes|pode\w*|deve\w*|precisa\w*|sera"
    r"|serao|seja|sejam|for|forem|ser|como|nao|nem|sem|ainda|once|when|if|until|after|be|not|horas?"
    r"|prefer\w+|gostaria|quer\w*|deseja)\b[^,;]*$"
    r"|^\W*(?:se|caso|quando|assim que|if|when|once)\b[^,;]*,(?: eu| nos| a gente| i| we)?$"
    r"|\b(?:e|sao)$"
)
"""Before a deed: it is asked for, still to come, denied, or told how it is done."""


class Deeds:
    """What the evidence tells as done."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        requests = [piece.data for piece in evidence if "request" in piece.data]
        self._noted = {data["request"] for data in requests}
        done = any(data.get("request_state") == "done" for data in requests)
        self._told = _BOOKED if done else frozenset[str]()

    def untold(self, part: str, sentence: str, *, of_order: bool = False) -> list[Claim]:
        """The deeds of a clause that nobody has told of; it and its sentence are folded.

        ``of_order``: what state something is in is an order's, and not judged here.
        """
        found = [*_DONE.finditer(part)]
        found += [] if of_order else _STATE.finditer(part)
        certain = _CERTAIN.search(sentence) or _MOMENT.search(sentence)
        if certain and not of_order and not _TERMS.search(sentence):
            found += _ARRANGED.finditer(part)
        told = self._told | (_NOTED if self._is_noted(sentence) else set())
        deeds = {
            match.end(): Claim("deed", match[0])
            for match in found
            if next(filter(None, match.groups())) not in told
            and not _POSSIBLE.search(part[: match.end()].rpartition(" ")[0])
        }
        return list(deeds.values())

    def _is_noted(self, sentence: str) -> bool:
        """Whether a note may be told: none of another kind. A lead is interest in whatever."""
        names = named(sentence)
        return bool(self._noted) and (
            "lead" in self._noted or not names or bool(names & self._noted)
        )
