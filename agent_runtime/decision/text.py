"""Reading a customer's Portuguese: accents folded, informal spelling written out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_MARKS = re.compile("[\u0300-\u036f]+")
_UNIT = re.compile(r"(?<=\d)(?=(?:kg|g|gr|mg|ml|l|lts?|cm|mm)\b)")
"""Where a number meets its unit: "15kg" is "15 kg"."""

_WHATS = re.compile(r"\bwhats (?=(?:the|your|ur|my)\b)")
"""English without its apostrophe; else "whats" is the Brazilian's WhatsApp."""

_INFORMAL = {
    "vc": "voce",
    "vcs": "voces",
    "ce": "voce",
    "ces": "voces",
    "oq": "o que",
    "q": "que",
    "qto": "quanto",
    "qnto": "quanto",
    "qnt": "quanto",
    "niver": "aniversario",
    "presso": "preco",
    "qtos": "quantos",
    "qdo": "quando",
    "qnd": "quando",
    "ql": "qual",
    "kd": "cade",
    "qro": "quero",
    "kero": "quero",
    "agr": "agora",
    "nd": "nada",
    "tmb": "tambem",
    "flw": "valeu",
    "pq": "porque",
    "tb": "tambem",
    "tbm": "tambem",
    "hj": "hoje",
    "amanh": "amanha",
    "hrs": "horas",
    "hr": "hora",
    "fds": "fim de semana",
    "sab": "sabado",
    "dom": "domingo",
    "seg": "segunda",
    "obg": "obrigado",
    "obgd": "obrigado",
    "vlw": "valeu",
    "blz": "beleza",
    "pfv": "por favor",
    "pra": "para",
    "pro": "para o",
    "ta": "esta",
    "eh": "e",
    "n": "nao",
    "mto": "muito",
    "mt": "muito",
    "td": "tudo",
    "tds": "todos",
    "ngm": "ninguem",
    "cmg": "comigo",
    "msm": "mesmo",
    "dps": "depois",
    "tel": "telefone",
    "zap": "whatsapp",
    "wpp": "whatsapp",
    "whats": "whatsapp",
    "promo": "promocao",
    "promos": "promocoes",
    "xmas": "christmas",
    "tmrw": "tomorrow",
    "tmr": "tomorrow",
    "ur": "your",
    "pls": "please",
    "plz": "please",
    "thx": "thanks",
}


def fold(text: str) -> str:
    """Lower case without accents; every run of white space one blank."""
    bare = text.casefold()
    if not bare.isascii():
        bare = _MARKS.sub("", unicodedata.normalize("NFKD", bare))
    return " ".join(bare.split())


@lru_cache(maxsize=256)
def plain(text: str) -> str:
    """``fold`` with informal spelling written out: ``qto custa`` becomes ``quanto custa``.

    Punctuation is kept, because clauses are cut at it.
    """
    read = _WHATS.sub("what is ", fold(text))
    return _WORD.sub(lambda match: _INFORMAL.get(match[0], match[0]), read)


def words(text: str) -> list[str]:
    """The words of ``plain(text)`` in order; a number and its unit are two."""
    return _WORD.findall(_UNIT.sub(" ", plain(text)))
