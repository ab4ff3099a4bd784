"""Words that say little about what a text is about. Folded: lower case, no accents."""

from __future__ import annotations

_GRAMMAR = """
    a o as os um uma uns umas ao aos de do da dos das em no na nos nas num numa por pelo pela
    pelos pelas para pra pro pras pros per com sem sob sobre entre ate apos ante desde contra
    e ou mas nem que se como quando onde porque porem pois entao tambem ja ainda so somente
    apenas mais menos muito muita muitos muitas pouco pouca bem mal nao sim talvez
    eu tu ele ela nos vos eles elas voce voces vc vcs me te lhe lhes meu minha meus minhas
    teu tua teus tuas seu sua seus suas nosso nossa nossos nossas dele dela deles delas
    este esta estes estas isto esse essa esses essas isso aquele aquela aqueles aquelas aquilo
    neste nesta nesse nessa deste desta desse dessa daquele daquela mesmo mesma
    quem qual quais cujo cuja todo toda todos todas tudo algum alguma alguns algumas nenhum
    nenhuma outro outra outros outras cada qualquer
    ser sou e es somos sao era eram foi foram seja sejam sera serao sendo sido seria
    estar estou esta estao estava estavam esteja estiver
    ter tenho tem temos tinha tinham tiver tenha teve haver ha houve havia
    ir vou vai vamos vao fui ia iria fazer faz fazem feito
    the of and is are was were be to in on at for with from by or an it this that
    what how do does you your have has can my we i
"""
GRAMMAR = frozenset(_GRAMMAR.split())
"""Left out of texts and questions alike."""

_FRAMING = """
    oi ola opa bom boa dia tarde noite obrigado obrigada favor gentileza please hello hi
    quero queria quer querem gostaria preciso precisa precisava posso pode podem poderia consigo
    consegue sabe saber dizer diz diga fala falar informar informa informacao informacoes duvida
    ajuda ajudar pergunta perguntar responder verificar ver
    quanto quanta quantos quantas qto qnto custa custam custando preco precos valor valores sai
    vende vendem vendendo venda comprar compro compra existe existem trabalham possui possuem
    disponivel disponiveis estoque conta conte contar tempo demora demoram funciona funcionam
    hoje agora ai la aqui la tipo coisa caso
"""
FRAMING = frozenset(_FRAMING.split())
"""How a question is asked, not what it asks about: ranks a little, proves nothing."""
