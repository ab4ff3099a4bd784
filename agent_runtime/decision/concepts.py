"""Words that mean the same to a customer and to a company's documents.

``concept`` maps a word to what it stands for: a group of synonyms, or its own stem. Two texts
speak of the same when their concepts meet.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Final

import snowballstemmer

from .terms import content

DECIDING: Final = {
    "exchange": ("troc", "devol", "reembols", "estorn", "arrepend", "return", "refund", "exchang"),
    "delivery": ("entreg", "frete", "envi", "deliver", "shipping"),
    "pickup": ("retirad", "retirar", "pickup"),
    "payment": ("pagar", "pagamento", "paga", "pix", "carta", "cartoes", "bolet", "parcel", "pay"),
    "cancel": ("cancel", "desmarc", "remarc", "reagend"),
    "insurance": ("convenio", "plano", "seguro", "insurance"),
    "warranty": ("garantia", "warrant", "defeit"),
}
"""Groups by which a policy is filed: meeting in one of them is enough."""

_SAME: Final = {
    "dog": ("cachorr", "cao", "caes", "canin", "cadela", "dog"),
    "cat": ("gato", "gata", "felin", "cat", "cats"),
    "tooth": ("dente", "dental", "dentari", "odonto"),
    "child": ("crianca", "infantil", "filho", "filha", "filhos", "child", "bebe", "nenem", "baby"),
    "vaccine": ("vacin", "vaccin"),
    "booklet": ("carteir",),
    "food": ("racao", "racoes", "aliment", "comida"),
    "cleaning": ("limpez", "limpiez", "cleaning"),
    "appointment": ("agend", "marcar", "marcacao", "appointment"),
    "party": ("festa", "evento", "confraterniz", "comemora", "event", "party", "parties"),
    "birthday": ("aniversari", "niver", "birthday"),
    "pregnant": ("gravid", "gestant", "gestac", "pregnan"),
    "dyeing": ("pintar", "pintur", "tingir", "tintur", "tinta", "colorac", "dye"),
    "home": ("domicili",),
    "keeping": ("guardad", "guardam", "guardar", "seguram", "segurar"),
    "swimming": ("nadar", "mergulh", "natac", "swim"),
}

_WHOLE: Final = {"casa": "home", "casas": "home", "home": "home", "lar": "home"}
"""Words that begin like others of another meaning: "casa" is no "casamento"."""

_PREFIXES: Final = {
    prefix: group
    for table in (DECIDING, _SAME)
    for group, items in table.items()
    for prefix in items
}
_stemmer = snowballstemmer.stemmer("portuguese")
_stemming = threading.Lock()  # a stemmer keeps the word it works on in itself


@lru_cache(maxsize=16384)
def concept(word: str) -> str:
    """What a folded word stands for."""
    if group := _WHOLE.get(word):
        return group
    for length in range(len(word), 2, -1):
        if group := _PREFIXES.get(word[:length]):
            return group
    with _stemming:
        return _stemmer.stemWord(word)


def concepts(text: str) -> frozenset[str]:
    """The concepts of a text's content words."""
    return frozenset(concept(word) for word in content(text))
