"""Cities by the names people use for them: "BH", "Sampa", "Belorizonte". Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ..delivery import STATES
from ..spelling import written

_NICKNAMES: Final = {
    "bh": "belo horizonte",
    "beaga": "belo horizonte",
    "sp": "sao paulo",
    "sampa": "sao paulo",
    "rj": "rio de janeiro",
    "rio": "rio de janeiro",
    "poa": "porto alegre",
    "cwb": "curitiba",
    "ctba": "curitiba",
    "floripa": "florianopolis",
    "bsb": "brasilia",
    "df": "brasilia",
    "jampa": "joao pessoa",
    "gyn": "goiania",
    "bc": "balneario camboriu",
    "jf": "juiz de fora",
    "jp": "joao pessoa",
    "cg": "campo grande",
    "slz": "sao luis",
    "sjc": "sao jose dos campos",
    "sbc": "sao bernardo do campo",
    "sjp": "sao jose dos pinhais",
    "nh": "novo hamburgo",
}


def served_as(name: str, served: Collection[str]) -> str | None:
    """The one of the ``served`` cities that a folded ``name`` means, misspelt or by nickname."""
    if name in served:
        return name
    if (known := _NICKNAMES.get(name)) in served:
        return known
    joined = {city.replace(" ", ""): city for city in served}
    return next((joined[one] for one in joined if written([name.replace(" ", "")], {one})), None)


def may_be_another(name: str) -> bool:
    """Whether a name that is no served city's may be some other city's: a state is none, and an
    abbreviation of two or three letters says too little."""
    return name not in STATES and (len(name) > 3 or name in _NICKNAMES)
