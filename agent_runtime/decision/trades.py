"""Words of the trades that take appointments, by what they are done to. Pure.

A salon's "Cabelo e unhas" is where a "corte" belongs, and a "mão" too, though no word is shared.
Only what a company books is ever compared by them: a butcher's "corte" stays one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from .concepts import concept, concepts

_FIELDS: Final = {
    "hair": "cabelo cabeleireiro corte cortar escova progressiva luzes mechas coloração tintura"
    " pintura penteado hidratação alisamento selagem reconstrução cachos hair haircut",
    "nails": "unhas mão mãos pé pés manicure pedicure esmaltação esmalte francesinha"
    " cutícula nails",
    "skin": "pele facial rosto estética peeling acne skin",
    "body": "massagem drenagem corpo corporal modeladora relaxante massage",
    "brows": "sobrancelha cílios henna micropigmentação",
    "waxing": "depilação depilar virilha axila buço cera",
    "beard": "barba bigode barbear barbearia",
    "teeth": "dente dentista canal aparelho clareamento obturação restauração cárie siso",
    "grooming": "banho tosa tosar",
    "animals": "veterinário vacina castração cachorro gato",
    "table": "mesa reserva jantar jantarmos almoço almoçar table dinner lunch",
    "car": "revisão óleo pneu alinhamento balanceamento freio oficina",
}
_FIELD_OF: Final = {word: field for field, words in _FIELDS.items() for word in concepts(words)} | {
    concept(word): field for field, words in _FIELDS.items() for word in words.split()
}


def fields(words: Iterable[str]) -> frozenset[str]:
    """The trades' fields that concepts belong to."""
    return frozenset(_FIELD_OF[word] for word in words if word in _FIELD_OF)
