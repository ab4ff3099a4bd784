"""Content words: what is left of a text when grammar and pleasantries are taken away."""

from __future__ import annotations

import re

from .text import plain, words

_GRAMMAR = """
    a ao aos as o os um uma uns umas de do da dos das em no na nos nas por pelo pela pelos pelas
    para com sem sob sobre entre ate apos e ou mas que se como quando onde qual quais quem cujo
    eu tu ele ela nos vos eles elas voce voces me te lhe lhes meu minha meus minhas seu sua seus
    suas nosso nossa isso isto aquilo esse essa esses essas este esta estes estas aquele aquela
    ser sou era foi sao eram fosse seja sendo estar estou estao estava ter tem tenho temos tinha
    tive teria tiver haver ha houve vai vao vou ir posso pode podem poder quero queria gostaria
    preciso precisa saber dizer favor oi ola bom boa dia tarde noite tudo bem obrigado obrigada
    nao sim ja ainda tambem muito mais menos so ai la aqui hoje agora algum alguma alguns algumas
    outro outra outros outras nenhum todo toda todos todas mesmo porque entao pois tao assim cada
    mano mana amg amiga amigo cara velho mermao parca menina moca moco querida querido bah tche uai
    afim tou oxe eita poxa opa eae ae viu ne
    the an of to in on at for and or is are was does did you your my i we it this that with can
    could would have has what which how much when where please hello hi there any some
    our us they them their he she his her its be been am not don doesn isn aren if but by from about
    these those will should may must just also too very really get got need want like know tell many
    one ones anything something anyone thanks guys right rn now today
    el los las un una y es son del al con usted su hola
    ustedes cuando donde cual cuales tengo tienen hay hacen para gracias quiero
"""

_QUESTION = """
    preco precos quanto quantos custa custam custo valor vale sai fica ficam cobra comprar compro
    vende vendem vender venda estoque disponivel disponiveis disponibilidade tem price stock
    available sell buy cost produto produtos item itens unidade unidades promocao promocoes
    promocional desconto descontos oferta ofertas cupom off promotion promotions discount discounts
    offer offers deal deals sale sales special specials going running fazem faz oferecem oferece
    cuanto cuantos cuanta cuantas cuesta cuestan precio precios venden prices costs much
    total ve manda mandar traz separa querer pedir mim urgente urgencia
"""

_I_EXCHANGE = re.compile(
    r"(?:(?<=\bcomo )|(?<=\beu )|(?<=\bonde )|(?<=\bquando ))troco\b(?! (?:para|de) (?:r\$ ?)?\d)"
    r"|\btroco(?= (?:[oa]s?|uma?|ess[ea]s?|est[ea]s?|isso|isto|meus?|minhas?|por|aqui)\b)"
)
"""The verb; by itself "troco" is money: "tem troco para 100?"."""

_TOGETHER = (
    (re.compile(r"\bwi-fi\b"), "wifi"),
    (
        re.compile(
            r"\b(?:parar|deixar|guardar|estacionar|por|colocar) (?:(?:o|meu|um) )?(?:carro|moto)\b"
        ),
        "estacionamento",
    ),
    (re.compile(r"\b(?:a )?prova (?:d'|de )?agua\b|\b(?:a )?prova dagua\b"), "agua"),
)
"""What several words say of which texts have one."""

_STOP = frozenset(_GRAMMAR.split())
_ASKING = frozenset(_QUESTION.split())


def content(text: str) -> list[str]:
    """Words that carry meaning, without accents, in order, each once."""
    return _kept(text, _STOP)


def named(text: str) -> list[str]:
    """As :func:`content`, also without the words of asking: what the customer names."""
    return _kept(text, _STOP | _ASKING)


def _kept(text: str, dropped: frozenset[str]) -> list[str]:
    said = plain(text)
    for several, one in _TOGETHER:
        said = several.sub(one, said)
    read = words(_I_EXCHANGE.sub("trocar", said) if "troco" in said else said)
    return list(dict.fromkeys(w for w in read if w not in dropped and (len(w) > 1 or w.isdigit())))
