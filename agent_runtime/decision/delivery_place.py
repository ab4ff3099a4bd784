"""Where to: the postal code or the city that a customer's text names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from ..delivery import STATE, city_and_state, normalise_postal_code
from .city_names import may_be_another, served_as
from .concepts import DECIDING, concept
from .delivery_question import is_asked
from .text import fold, plain

POSTAL_CODE: Final = re.compile(r"(?<![\d-])\d{2}\.?\d{3}-\d{3}(?![\d-])")
_BARE_CODE: Final = re.compile(r"\bcep\b\D{0,12}(\d{5} ?\d{3})(?!\d)")
_LONE_CODE: Final = re.compile(r"^\s*(\d{8})\s*$", re.MULTILINE)
_EIGHT_DIGITS: Final = re.compile(r"(?<![\d-])\d{8}(?![\d-])")
_PHONE: Final = re.compile(
    r"\b(?:tel\w*|fone|celular|cel|whats\w*|zap|numero|contato|phone|ligar?|call)\b\D{0,20}\d{8}"
)
_TO: Final = re.compile(
    r"\b(?:em|para|ate|in|to|(?:envios|envian|entregan) a) (?=(?:a cidade de |cidade de )?"
    rf"(?P<city>[a-z'][a-z' -]*[a-z](?:\s*[,/(]\s*(?:{STATE})(?=\W*$|[^\w\s]))?))"
)
_DISTRICT: Final = re.compile(r"\b(?:no|na|nos|nas) (?:bairro )?(?P<name>[a-z]{4,})")
_PART: Final = re.compile(
    r"(?:\b(?:interior|estado|litoral|regiao|zona|norte|sul|leste|oeste|perto|proximo|grande) "
    r"(?:d[eoa] )?|\b(?:rua|r|av|avenida|praca|travessa|alameda|rodovia|estrada|bairro|jardim"
    r"|vila|parque|shopping|nov[ao]|port[oa]|santa|santo|sao|rio|grande) (?:d[eoa]s? )?)$"
)
"""Before a city's name: what is meant is a part of it, a street or another town."""
_REGIONS: Final = frozenset(("interior", "litoral", "estado", "regiao", "zona"))
_LEAD: Final = re.compile(
    r"^(?:e |mas )?(?:e |sou |moro |fica |estou |seria |and )?"
    r"(?:em |para |de |do |da |in |to |from )?(?:a cidade de )?"
)
_VERB: Final = re.compile(r"[a-z]{3,}(?:ar|er|ir)")
"""An infinitive, as in "para receber"."""
_ENDS: Final = re.compile(
    r"\b(?:e|ou|com|se|quanto|qual|que|hoje|amanha|ainda|tambem|por favor|fica|custa|sai|and|or"
    r"|no|na|nos|nas|em|ate|por|pel[oa]s?|para|de (?:manha|tarde|noite|graca))\b"
)
_LINKS: Final = frozenset(("de", "do", "da", "dos", "das"))
_NO_CITY = """
    casa domicilio quanto quantos quantas qual quais todo todos toda todas que sabado sabados
    domingo domingos segunda terca quarta quinta sexta hoje amanha apartamento predio condominio
    mim meu minha nossa nosso feriado feriados horario dia dias menos fim outra outras outro outros
    cidade cidades estado estados interior fora qualquer local lugar residencia endereco bairro
    bairros regiao cada um uma o a os as la aqui ai voce voces eu nos comprar quem loja alguns
    algum alguma mais mesmo proximo proxima natal pix cartao compra pedido sim nao ok certo obrigado
    obrigada oi ola bom boa isso cep
    taxa taxas valor valores preco precos prazo prazos compras pedidos produto produtos item itens
    maos dinheiro media presente presentes empresa empresas promocao promocoes gratis motoboy
    correio correios
    home my the which all any
"""
_NO_CITIES: Final = frozenset(_NO_CITY.split())
_NO_REPLY = """
    vou depois deixa deixe espera talvez acho sei quero preciso pode posso esta beleza valeu entendi
    legal perfeito otimo show nada nenhum nenhuma esquece esqueca tanto faz agora momento minuto ja
    estou tchau tudo bem esquecer caro cara demais entao tenho tem prefiro desisto melhor
    maybe later thanks think will wait
"""
_NO_REPLIES: Final = frozenset(_NO_REPLY.split())
_SMALL: Final = frozenset(("de", "do", "da", "dos", "das", "e"))
FEW_WORDS: Final = 4
"""A bare answer to "which city?" has no more."""


class Place(NamedTuple):
    """Where to, as far as said; ``city`` folded, ``state`` its abbreviation, ``postal_code``
    eight digits, ``written`` the city as the customer spelt it."""

    postal_code: str | None = None
    city: str | None = None
    state: str | None = None
    written: str = ""

    def __bool__(self) -> bool:
        return bool(self.postal_code or self.city)

    @property
    def town(self) -> str | None:
        """The city with its state where that was said, as :func:`~..delivery.quote` takes it."""
        return f"{self.city}/{self.state}" if self.city and self.state else self.city


def known_place(text: str, cities: Iterable[str]) -> Place:
    """A postal code and one of ``cities``, wherever ``text`` has them."""
    return Place(_code(text), _anywhere(text, _names(cities)))


def place(text: str, cities: Iterable[str], *, bare: bool = False) -> Place:
    """The place that a text about delivery names, be it served or not.

    :param cities: those the company delivers to
    :param bare: the text answers the question for a place, so that a name alone is one
    """
    served, read = _names(cities), plain(text)
    code = _code(text) or _lone_code(text)
    named = [match["city"] for match in _TO.finditer(read)]
    if bare and not is_asked(text) and len(read.split()) <= FEW_WORDS:
        reply = _LEAD.sub("", read.strip(" .!?"))
        named += [] if _NO_REPLIES.intersection(reply.split()) else [reply]
    for phrase in named:
        city, state = _city(phrase, served)
        if meant := served_as(city, served):
            return Place(code, meant, state, _spelling(meant, text))
        if may_be_another(city) and may_be_place(city) and not code:
            return Place(code, city, state, _spelling(city, text))
    return Place(code, _anywhere(text, served))


def names_district(text: str) -> bool:
    """Whether ``text`` asks for a part of a town, "no centro", which no terms know by name."""
    found = _DISTRICT.finditer(plain(text)) if is_asked(text) else ()
    return any(match["name"] in _REGIONS or may_be_place(match["name"]) for match in found)


def _names(cities: Iterable[str]) -> list[str]:
    names = {city_and_state(city)[0] for city in cities}
    return sorted(filter(None, names), key=len, reverse=True)


def _city(phrase: str, served: Iterable[str]) -> tuple[str, str | None]:
    """The city that a phrase begins with and its state; a longer name is another city."""
    whole, comma, state = phrase.partition(",")
    cut = _ENDS.split(whole, maxsplit=1)[0]
    if cut == whole:
        cut += f"{comma}{state}"
    name, state = city_and_state(cut.strip(" -'"))
    for city in served:
        rest = name.removeprefix(f"{city} ").split()
        if name.startswith(f"{city} ") and rest[0] not in _LINKS:
            return city, state
    return name, state


def _anywhere(text: str, served: Iterable[str]) -> str | None:
    """A served city that ``text`` has, unless what it names is something else of that name."""
    read = " ".join(re.findall(r"\w+", plain(text)))
    return next(
        (
            city
            for city in served
            for found in re.finditer(rf"\b{re.escape(city)}\b(?! d[eoa]s? )", read)
            if not _PART.search(read[: found.start()])
        ),
        None,
    )


def _spelling(city: str, text: str) -> str:
    """The city as ``text`` writes it, with capitals where its writer used none."""
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    size = len(city.split())
    runs = (words[i : i + n] for n in range(1, size + 1) for i in range(len(words) - n + 1))
    found = next((run for run in runs if city_and_state(" ".join(run))[0] == city), city.split())
    spelt = " ".join(found)
    if spelt not in (spelt.lower(), spelt.upper()):
        return spelt
    return " ".join(w if w in _SMALL else w.title() for w in spelt.lower().split())


def _code(text: str) -> str | None:
    if found := POSTAL_CODE.search(text):
        return normalise_postal_code(found[0])
    read = fold(text)
    if found := _BARE_CODE.search(read):
        return normalise_postal_code(found[1])
    if is_asked(text) and not _PHONE.search(read) and (found := _EIGHT_DIGITS.search(text)):
        return found[0]
    return None


def _lone_code(text: str) -> str | None:
    found = _LONE_CODE.search(text)
    return found[1] if found else None


def may_be_place(name: str) -> bool:
    """Whether a folded name, found where a place's stands, may be one: "para entrega" is none."""
    words = name.split()
    if not words or any(char.isdigit() for char in name):
        return False
    ends = {words[0], words[-1]}
    if ends & _NO_CITIES or any(concept(word) in DECIDING for word in ends):
        return False
    return not _VERB.fullmatch(words[0])
