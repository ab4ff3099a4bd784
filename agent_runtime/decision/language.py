"""Which of the languages we read a text is written in. Pure."""

from __future__ import annotations

import re
from typing import Final

from .text import fold

_WORD: Final = re.compile(r"[a-z']+")
_LETTERS: Final = {"pt": re.compile("[ãõç]|lh|nh"), "es": re.compile("[ñ¿¡]")}
"""Letters that only this language of the three has."""

_LISTS: Final = {
    "pt": """
        oi ola bom boa dia tarde noite voce voces vc vcs nao sim qual quais quanto quantos qto
        custa custam preco tem um uma uns umas o os as ao do da dos das no na nos nas em com sem
        para pra pro por ate que onde quando como fica ficam horas hoje amanha meu minha meus
        minhas quero queria gostaria preciso posso pode obrigado obrigada obg vlw valeu entrega
        entregam abre abrem fecha fecham aberto aberta tudo bem e ou mas isso esse essa ele ela foi
        esta estou tenho fazer falar atendente pessoa agendar marcar pedido racao hj tb tbm mto blz
        pfv cade ainda chegou aceita aceitam loja
        a de que e se me te lhe eu eles elas mais muito so to ta era sou sao vou vai vem veio veem
        deu faz fiz sei aqui la ai sobre depois antes agora porque pq quem cada outro outra nada
        algo alguem ninguem mesmo foram fui minuto minutos conta nota
    """,
    "es": """
        hola buenos buenas dias tardes noches usted ustedes cuanto cuantos cuesta cuestan precio
        tienen tiene hay el los las una unos unas del con sin y es en mi mis tu su por para hasta
        donde cuando como que quiero quisiera necesito puedo puede gracias abren abre cierran
        horario hoy manana lunes martes miercoles jueves viernes domingo esta estan hablar persona
        pedido envio envian venden tarjeta si pero muy le me lo la se hacen ya llego aun todavia
        tienda cita
    """,
    "en": """
        the a an is are am was do does did you your my i we it this that what how much many when
        where which who hello hi hey thanks thank please can could would have has open close price
        order want need to of for in on at with and or not no yes any buy sell talk person today
        tomorrow hours deliver delivery book
    """,
}
_COMMON: Final = {language: frozenset(words.split()) for language, words in _LISTS.items()}
_DECIDED_BY_LETTER: Final = 2


def language_of(text: str) -> str:
    """``pt``, ``en`` or ``es``; empty when the text says too little to tell.

    Where two are as likely, Portuguese goes first.
    """
    words = _WORD.findall(fold(text))
    points = {
        language: sum(word in common for word in words) for language, common in _COMMON.items()
    }
    written = text.casefold()
    for language, letters in _LETTERS.items():
        points[language] += _DECIDED_BY_LETTER * bool(letters.search(written))
    best = max(points, key=lambda language: points[language])
    return best if points[best] else ""
