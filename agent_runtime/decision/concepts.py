"""Words that mean the same to a customer and to a company's documents.

``concept`` maps a word to what it stands for: a group of synonyms, in capitals so that it is like
no word, or its own stem. Two texts speak of the same when their concepts meet. A word of a group
is known misspelt, too: written as it sounds, "limpesa", or with a vowel left out, "entrga".
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import Final

import snowballstemmer

from ..spelling import sound
from .terms import content

DECIDING: Final = {
    "EXCHANGE": ("troca", "troqu", "devol", "reembols", "estorn", "arrepend", "return", "refund")
    + ("exchang",),
    "DELIVERY": ("entreg", "frete", "envi", "deliver", "shipping"),
    "PICKUP": ("retirad", "retirar", "pickup"),
    "PAYMENT": ("pagar", "pagamento", "paga", "pix", "cartao", "cartoes", "bolet", "parcel", "pay")
    + ("sodexo", "pluxee", "alelo", "picpay", "hipercard"),
    "CANCEL": ("cancel", "desmarc", "remarc", "reagend"),
    "WARRANTY": ("garantia", "warrant", "defeit"),
}
"""Groups by which a policy is filed: meeting in one of them is enough."""

_SAME: Final = {
    "INSURANCE": ("convenio", "plano", "seguro", "insurance"),
    "DOG": ("cachorr", "cao", "caes", "canin", "cadela", "dog"),
    "CAT": ("gato", "gata", "felin", "cat", "cats"),
    "TOOTH": ("dente", "dental", "dentari", "odonto"),
    "CHILD": ("crianca", "infantil", "filho", "filha", "filhos", "child", "bebe", "nenem", "baby")
    + ("kids",),
    "VACCINE": ("vacin", "vaccin"),
    "BOOKLET": ("carteir",),
    "FOOD": ("racao", "racoes", "aliment", "comida"),
    "CLEANING": ("limpez", "limpiez", "cleaning"),
    "APPOINTMENT": ("agend", "marcar", "marcacao", "appointment"),
    "PARTY": ("festa", "evento", "confraterniz", "comemora", "event", "party", "parties"),
    "BIRTHDAY": ("aniversari", "niver", "birthday"),
    "PREGNANT": ("gravid", "gestant", "gestac", "pregnan"),
    "DYEING": ("pintar", "pintur", "tingir", "tintur", "tinta", "colorac", "dye"),
    "HOME": ("domicili",),
    "KEEPING": ("guardad", "guardam", "guardar", "seguram", "segurar"),
    "INCH": ("polegad",),
    "SWIMMING": ("nadar", "mergulh", "natac", "swim"),
    "WATER": ("agua", "dagua", "respingo", "water"),
    "WATCH": ("relogi", "smartwatch"),
    "REPAIR": ("consert", "arrumam", "arrumar", "reparo", "reparar", "repair"),
    "DAMAGED": ("danific", "destruid", "detonad", "estragad", "quebrad", "damag"),
    "CHEMISTRY": ("quimic", "progressiv", "alisament"),
}

_WHOLE: Final = (
    {"casa": "HOME", "casas": "HOME", "home": "HOME", "lar": "HOME"}
    | {word: word for word in ("trocador", "trocadores", "seguranca", "mesa")}
    | dict.fromkeys(("pago", "pague", "pagando", "vr", "debito", "credito"), "PAYMENT")
    | {"mesas": "mesa"}
    | dict.fromkeys(("inch", "inches"), "INCH")
    | dict.fromkeys(("visa", "mastercard", "amex", "cash", "card", "cards"), "PAYMENT")
)
"""Words that begin like others of another meaning: "casa" is no "casamento", "mesas" no "mês"."""

_PREFIXES: Final = {
    prefix: group
    for table in (DECIDING, _SAME)
    for group, items in table.items()
    for prefix in items
}
_LONG = 6
"""Letters of a beginning that may be misspelt; shorter ones are too easily another word's."""
_HEARD: Final = {sound(p): g for p, g in _PREFIXES.items() if len(p) >= _LONG}
_CLIPPED: Final = {
    prefix[:place] + prefix[place + 1 :]: group
    for prefix, group in _PREFIXES.items()
    if len(prefix) >= _LONG
    for place in range(1, len(prefix) - 1)
    if [letter in "aeiou" for letter in prefix[place - 1 : place + 2]] == [False, True, False]
}
"""Only a vowel between consonants is left out: "carto" begins "cartolina", and is no "cartao"."""
_stemmer = snowballstemmer.stemmer("portuguese")
_stemming = threading.Lock()  # a stemmer keeps the word it works on in itself


def _misspelt(word: str) -> str | None:
    """The group that a word begins like when it is spoken, or when its vowels are put back."""
    for length in range(len(word), _LONG - 2, -1):
        if group := _CLIPPED.get(word[:length]) or _HEARD.get(sound(word[:length])):
            return group
    return None


@lru_cache(maxsize=16384)
def concept(word: str) -> str:
    """What a folded word stands for."""
    if group := _WHOLE.get(word):
        return group
    for length in range(len(word), 2, -1):
        if group := _PREFIXES.get(word[:length]):
            return group
    if group := _misspelt(word):
        return group
    with _stemming:
        return _stemmer.stemWord(word)


@lru_cache(maxsize=8192)
def concepts(text: str) -> frozenset[str]:
    """The concepts of a text's content words."""
    return frozenset(concept(word) for word in content(text))
