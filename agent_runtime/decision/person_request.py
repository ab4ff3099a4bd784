"""How customers ask for a person, as patterns over ``text.plain``, and how for none."""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = (
    r"(?:pessoa|atendente|humano|humana|alguem|gerente|vendedor|vendedora|responsavel|consultor"
    r"|dono|dona|recepcao|recepcionista|gerencia|chefe|chefia|supervisora?|diretoria"
    r"|person|human|agent|someone|representative|manager"
    r"|persona|agente|asesor)"
)
_ROBOT: Final = r"(?:robo|bot|chatbot|maquina|ia)"
_NO_DETAIL: Final = (
    r"(?! (?:(?:o|a|os|as|qual (?:e )?o|me) )?(?:cpf|rg|cnpj|nome|documentos?|salario|idade|senha"
    r"|foto|endereco|conta|dados|aniversario) d[aeo]s?\b)"
)
"""Who wants to be told something of a person does not want the person."""

SOURCES: Final[list[tuple[str, float]]] = [
    (
        r"\b(?:falar|conversar|conversa|contato|atendimento|atendido|transfer\w+|passar?"
        rf"|chamar?|chama|chame|talk|speak|hablar)\b{_NO_DETAIL}[^.?!\n]{{0,25}}\b{_WORDS}\b",
        1.0,
    ),
    (rf"\b(?:quero|preciso|gostaria|queria) (?:de )?(?:um |uma )?{_WORDS}\b", 1.0),
    (
        r"\batendimento humano\b|\b(?:pessoa|gente) (?:real|humana|de verdade|de carne)\b"
        r"|\breal person\b|\b(?:falar|conversar) com gente\b|\batendid[oa] por gente\b",
        1.0,
    ),
    (rf"^(?:um |uma )?{_WORDS}[,.!? ]*(?:por favor|please)?[.!? ]*$", 1.0),
    (r"\b(?:quero|preciso|gostaria|queria) (?:de )?atendimento(?= *(?:[.,!?]|$|por favor))", 1.0),
    (r"\b(?:tem|ha) alguem (?:ai|online|disponivel)\b|\balguem ai\b", 1.0),
    (r"(?<!nao )\bme (?:liga|ligar|ligue|liguem|telefon\w+)\b|\bcall me\b", 1.0),
    (rf"\bnao quero (?:falar|conversar|ser atendid[oa])\b[^.?!,]{{0,15}}\b{_ROBOT}\b", 1.0),
]
"""Each with how sure it makes us, 0 to 1, as in :mod:`.vocabulary`."""

REFUSES: Final = re.compile(
    r"\b(?:nao|sem|don'?t|no) (?:quero|queria|preciso|precisa|precisar|want|need|quiero)\b"
    rf"(?:(?!\b{_ROBOT}\b)[^.?!,\n]){{0,30}}\b(?:{_WORDS}|com gente)\b"
)
"""Somebody who says that no person is needed is not asking for one."""
