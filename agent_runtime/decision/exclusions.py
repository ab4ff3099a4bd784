"""What a thing shall not have or be: "sem glúten", "não como carne", "que não seja de uva". Pure.

The same words in a company's text say what a thing lacks: a "mouse sem fio" has no wire.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from .concepts import concept
from .terms import content
from .text import plain

_FILLER: Final = r"(?:(?:de|d[oa]s?|aos?|[ao]s?|uma?|com|nenhuma?|nada|qualquer|muito|mais|the) )*"
_EATEN: Final = (
    r"(?:acucar(?:es)?|lactose|gluten|alcool|gorduras?|sodio|sal|calorias?|carboidratos?|cafeina"
    r"|leite|trigo|carnes?|ovos?|sugar|lactose|alcohol|fat|carbs|caffeine)"
)
"""What people keep from eating."""
_LACKING: Final = (
    rf"(?:sem(?! ser)(?: (?:poder )?comer)?|zero(?= {_FILLER}{_EATEN}\b)|livres? de"
    r"|nao (?:(?:posso|pode|podem|podemos) )?(?:com[eo]|comer)"
    r"|nao (?:levam?|leve|contem|contenha)|que nao (?:tem|tenha|possa ter|usam?|use)"
    rf"|alergias?(?= (?:(?:aos?|as?|d[aeo]s?) (?!pele\b|contato\b)|{_EATEN}\b))"
    r"|alergic[oa]s?|intoleran\w+"
    r"|without|allergic to|(?:free (?:of|from)))"
)
"""Not "não tem": "vocês não têm ração?" asks for it. "Zero" is a name, too: "Coca Zero lata"; and a
shampoo "para alergia de pele" has something to do with skin."""
_OTHER: Final = (
    r"(?:sem ser|nao (?:quero|queria|gosto|gostamos)|(?:que )?nao (?:seja|sejam)|exceto|tirando"
    r"|other than|except)"
)
_WORD: Final = r"[a-z]+"
_LIST: Final = rf"{_WORD}(?: (?:nem|ou|or) (?:sem )?{_WORD})*(?: e {_WORD}(?=\W*$|[.,?!;]))?"
_NAME: Final = rf"{_WORD}(?: (?!d[eoa]s?\b){_WORD})?"
"""As far as a name goes: "não quero quatro queijos, que outra tem?"."""
_SAID: Final = re.compile(
    rf"\b(?:{_LACKING} {_FILLER}(?P<lacking>{_LIST})|{_OTHER} {_FILLER}(?P<other>{_NAME}))"
    rf"|\b(?P<free>{_WORD})[- ]free\b"
)
_INFINITIVE: Final = re.compile(r"[a-z]{2,}[aei]r$")
_NOUNS: Final = frozenset(["acucar"])
"""Things that end as infinitives do."""
_SALE: Final = """
    desconto descontos promocao promocoes cupom caixa embalagem carro juro juros taxa taxas custo
    custos frete entrada compromisso hora agendamento cadastro nota
    problema problemas falta duvida fila fim fins parar burocracia minimo querer saber
"""
_OF_THE_CUSTOMER: Final = re.compile(
    r"\b(?:estou|to|tou|estamos|fiquei|fico|ficamos|ando|moro|vou|vim"
    r"|(?:meus?|minhas?) (?:\w+ ){1,2}(?:esta|estao|ficou|ficaram|veio|vieram)"
    rf"|(?:ele|ela) (?:esta|ficou|veio)) sem (?!{_FILLER}(?:comer\b|{_EATEN}\b))"
)
"""Who or what is without the thing that is wanted: "estou sem carregador, quanto custa um?"."""
_OF_A_SALE: Final = frozenset(_SALE.split())
"""What an offer may be without, and no thing."""


class Exclusions(NamedTuple):
    """Concepts of what is not wanted."""

    lacking: frozenset[str]
    """It must not be in the thing, and somebody may fall ill of it."""
    other: frozenset[str]
    """Something else is wanted."""

    @property
    def all(self) -> frozenset[str]:
        """Of either sort."""
        return self.lacking | self.other


def exclusions(text: str) -> Exclusions:
    """What ``text`` does not want of the thing it asks for; of a text of the company: what the
    thing has not."""
    lacking, other = set[str](), set[str]()
    for said in _SAID.finditer(_OF_THE_CUSTOMER.sub(" ", plain(text))):
        into = other if said["other"] else lacking
        named = said["lacking"] or said["other"] or said["free"]
        into.update(concept(word) for word in content(named) if _is_thing(word))
    return Exclusions(frozenset(lacking), frozenset(other - lacking))


def without_exclusions(text: str) -> str:
    """``plain(text)`` without what it says no to: what a thing has."""
    return _SAID.sub(" ", plain(text))


def _is_thing(word: str) -> bool:
    verb = _INFINITIVE.match(word) and word not in _NOUNS
    return len(word) > 1 and not verb and word not in _OF_A_SALE
