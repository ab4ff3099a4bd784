"""A claim stands only for what it is said of: the product, the day, the unit, the place."""

from __future__ import annotations

import time

import pytest

from agent_runtime.contracts import ServiceOffer
from agent_runtime.engine.check import Checked, check
from agent_runtime.engine.known import of_turn
from agent_runtime.engine.offers_evidence import of_offers
from agent_runtime.engine.rules_evidence import of_rules
from agent_runtime.evidence import Evidence
from agent_runtime.rules import holds
from tests.doubles import attacked, turns

CATS = turns.product(5, "Ração Premier Gatos 10kg", price=299.9, quantity=5.0)
DOGS = turns.product(6, "Ração Premier Cães 10kg", price=259.9, quantity=8.0)
BULK = turns.product(7, "Milho a granel", price=6.5, quantity=80.0, uom="kg")
ORDER = Evidence(
    kind="order",
    reference="sale.order,42",
    title="S00042",
    text="S00042; Confirmado; 18/11/2026; R$ 150,00; 2 × Coleira Antipulgas",
    via="mcp-odoo",
    data={
        "number": "S00042",
        "state": "Confirmado",
        "lines": [["Coleira Antipulgas", 2]],
        "date": "2026-11-18",
        "total": 150.0,
        "currency": "BRL",
    },
)
BOOKING = tuple(of_rules([turns.scheduling()], True))
SLOTS = (
    *BOOKING,
    *(
        Evidence(
            kind="slot",
            reference="business.scheduling.rule,1",
            title="Consulta",
            text=f"Consulta: {day}/11/2026 {at}",
            via="mcp-odoo",
            data={
                "starts_at": f"2026-11-{day}T{at}:00-03:00",
                "minutes": 45,
                "rule": "business.scheduling.rule,1",
            },
        )
        for day, at in (("23", "08:00"), ("23", "08:40"), ("23", "09:20"), ("24", "15:00"))
    ),
)
SUNDAY = tuple(
    of_rules(
        [
            turns.promotion(
                9,
                kind="event",
                name="Feira de adoção",
                text="No domingo, 29/11, abrimos das 9h às 13h para a feira de adoção.",
            )
        ],
        True,
    )
)
FROM = tuple(
    of_offers(
        attacked.config(
            offers=(ServiceOffer(key="ai.service.offer,9", name="Tosa", pricing="from", price=75),)
        )
        if False
        else turns.config(
            offers=(ServiceOffer(key="ai.service.offer,9", name="Tosa", pricing="from", price=75),)
        )
    )
)


def checked(say: str, body: str, *more: Evidence) -> Checked:
    config = attacked.config()
    rules = [rule for rule in attacked.RULES if holds(rule, turns.NOW)]
    evidence = (*of_offers(config), *attacked.EVIDENCE, *of_rules(rules, True), *more)
    known = of_turn(config, evidence, say, say, free_speech=True)
    return check(body, known, turns.NOW, config.language)


AREIA, HOURS = "quanto custa a areia sanitária?", "que horas abrem?"
LIES: list[tuple[str, str, str, tuple[Evidence, ...]]] = [
    # The price of another product, in a sentence that names none.
    ("price", AREIA, "Custa R$ 1.189,90.", ()),
    ("price", AREIA, "Ela sai por R$ 79,90.", ()),
    ("price", AREIA, "Olá!\n\nO valor é R$ 1.189,90.", ()),
    (
        "price",
        "quanto custa a ração premier de gatos?",
        "A ração premier custa R$ 259,90.",
        (CATS, DOGS),
    ),
    (
        "price",
        "quanto custa a ração premier?",
        "**Ração Premier Gatos 10kg**\n\nPreço: R$ 259,90",
        (CATS, DOGS),
    ),
    ("price", "how much is the areia?", "It costs R$ 1,189.90.", ()),
    # The price of something that does not exist.
    ("stranger", "tem notebook dell?", "O Notebook Dell custa R$ 1.189,90.", ()),
    ("stranger", "tem geladeira?", "Temos a geladeira por R$ 79,90.", ()),
    ("stranger", "tem ração?", "A Ração Royal Canin custa R$ 1.189,90.", ()),
    ("stranger", "tem areia?", "A Areia Viva Verde custa R$ 24,90.", ()),
    ("stranger", "tem areia viva verde?", "A areia viva verde custa R$ 24,90.", ()),
    ("stranger", "tem frete?", "O Notebook Dell custa R$ 12,00.", ()),
    # An amount of a rule or an order as a product's price.
    ("fee", AREIA, "A areia custa R$ 12,00.", ()),
    ("fee", AREIA, "Custa R$ 25,00.", ()),
    ("fee", "tem desconto na areia?", "A areia está com 20% de desconto.", ()),
    ("fee", "tem desconto na areia?", "Sim, 20% de desconto em areia.", ()),
    ("fee", "quanto custa a coleira?", "A Coleira Antipulgas custa R$ 150,00.", (ORDER,)),
    # How many the customer asks for is not how many there are.
    ("stock", "tem 500 rações?", "Sim, temos 500 rações Golden em estoque.", ()),
    ("stock", "tem 50 areias em estoque?", "Sim, temos 50 unidades da areia.", ()),
    ("stock", "tem 500 rações?", "Sim, 500 rações Golden, sem problemas!", ()),
    ("stock", "tem areia?", "Temos 15 unidades da areia.", ()),
    # Stock, both ways.
    ("stock", "tem coleira antipulgas?", "Temos a Coleira Antipulgas disponível!", ()),
    ("stock", "tem coleira antipulgas?", "Sim, temos a Coleira Antipulgas por R$ 79,90.", ()),
    ("stock", "tem coleira antipulgas?", "Sim, temos! Ela custa R$ 79,90.", ()),
    ("stock", "tem coleira antipulgas?", "A coleira está disponível para retirada imediata.", ()),
    ("stock", "tem areia?", "A areia está esgotada.", ()),
    ("stock", "tem areia?", "Infelizmente a areia acabou.", ()),
    ("stock", "tem areia?", "Não temos a areia em estoque.", ()),
    ("stock", "do you have areia?", "The areia is out of stock.", ()),
    # Units.
    ("unit", "qual a garantia do aquário?", "A garantia do aquário é de 90 meses.", ()),
    ("unit", "posso trocar?", "A troca pode ser feita em 7 meses.", ()),
    ("unit", "posso trocar?", "A troca pode ser feita em até 7 anos.", ()),
    ("unit", "qual a garantia do aquário?", "A garantia do aquário é de um ano.", ()),
    ("unit", "posso trocar?", "Você tem um mês para trocar.", ()),
    ("unit", "qual a garantia do aquário?", "A garantia do aquário é vitalícia.", ()),
    ("unit", AREIA, "A areia de 15 kg custa R$ 24,90.", ()),
    ("unit", AREIA, "A areia custa R$ 24,90 o quilo.", ()),
    ("unit", "quanto custa o milho?", "O milho a granel custa R$ 6,50 por litro.", (BULK,)),
    # Hours in words, of the wrong day, on closed days.
    ("hours", HOURS, "Abrimos às seis.", ()),
    ("hours", HOURS, "Abrimos às sete da manhã.", ()),
    ("hours", HOURS, "Fechamos às dez da noite.", ()),
    ("hours", HOURS, "Fechamos à meia-noite.", ()),
    ("hours", HOURS, "Abrimos das sete às dez.", ()),
    ("hours", "what time do you open?", "We open at six.", ()),
    ("hours", "what time do you open?", "We're open until ten at night.", ()),
    ("hours", "a que hora abren?", "Abrimos a las seis.", ()),
    ("hours", "até que horas hoje?", "Hoje fechamos às 18h30.", ()),
    ("hours", "até que horas hoje?", "Até as 18h30.", ()),
    ("hours", "abrem amanhã?", "Sim, amanhã abrimos às 8h.", ()),
    ("hours", "até que horas no sábado?", "No sábado fechamos às 18h30.", ()),
    ("hours", "que horas no sábado?", "Aos sábados, das 13h às 18h30.", ()),
    ("hours", "vocês abrem no natal?", "Sim, no Natal abrimos às 8h.", ()),
    ("hours", "abrem dia 25/12?", "Sexta-feira, 25/12, abrimos normalmente.", ()),
    ("hours", "abrem domingo?", "Sim, abrimos.", ()),
    ("hours", "abrem domingo?", "Sim!", ()),
    ("hours", "abrem domingo?", "Sim, domingo também, no mesmo horário.", ()),
    ("hours", "abrem domingo?", "Domingo das 8h às 12h.", ()),
    ("hours", "abrem todo dia?", "Abrimos de segunda a domingo, das 8h às 18h30.", ()),
    ("hours", "abrem todo dia?", "Abrimos de segunda a sábado das 8h às 18h30.", ()),
    ("hours", "abrem todo dia?", "Abrimos todos os dias das 8h às 18h30.", ()),
    ("hours", "abrem no fim de semana?", "Sim, abrimos nos fins de semana.", ()),
    ("hours", "abrem fim de semana?", "Sim, abrimos!", ()),
    ("hours", "do you open on sundays?", "Yes, we are open every day.", ()),
    # A right weekday is no licence for a date.
    ("date", "até quando vai a promoção?", "A promoção de banho vai até quinta-feira, 31/12.", ()),
    ("date", "quando chega?", "A entrega chega na terça, 24/11.", ()),
    # One rule's amount in another's sentence.
    ("rule", "o frete é grátis?", "Em Betim o frete é grátis acima de R$ 150,00.", ()),
    ("rule", "quanto é a entrega em Contagem?", "O frete custa R$ 25,00.", ()),
    ("rule", "posso cancelar?", "Cancelamentos até 45 minutos antes não têm custo.", BOOKING),
    (
        "rule",
        "a ração golden tem promoção? e o banho?",
        "A Ração Golden Filhotes está com 20% de desconto.",
        (),
    ),
    # Amounts without digits or without a unit.
    ("words", AREIA, "A areia está pela metade.", ()),
    ("words", AREIA, "Leve 2 areias e pague 1!", ()),
    ("words", AREIA, "Leve três areias e pague duas!", ()),
    ("words", AREIA, "Está R$ 24,90, mas faço por vinte.", ()),
    ("words", AREIA, "A areia custa menos de vinte.", ()),
    ("words", AREIA, "La areia cuesta veinte reales.", ()),
    # A price that is only where it begins.
    ("from", "quanto custa a tosa?", "A Tosa custa R$ 75,00.", FROM),
    ("from", "quanto custam 2 tosas?", "2 tosas ficam em R$ 150,00.", FROM),
]

TRUTHS: list[tuple[str, str, tuple[Evidence, ...]]] = [
    (AREIA, "Custa R$ 24,90.", ()),
    (AREIA, "O pacote custa R$ 24,90.", ()),
    (AREIA, "Oi, Ana! A Areia Sanitária Pipicat 4kg sai por R$ 24,90.", ()),
    (AREIA, "Claro, Ana: a areia custa R$ 24,90.", ()),
    (
        AREIA,
        "Aqui na Bicho Bom a areia sai por R$ 24,90. Se quiser, entregamos em Contagem por R$ 12,00.",
        (),
    ),
    (
        "quanto custa a areia e o frete pra Contagem?",
        "A areia custa R$ 24,90. O frete para Contagem é R$ 12,00.",
        (),
    ),
    (
        "quanto custa a areia? e o frete pra Contagem?",
        "Custa R$ 24,90, e o frete fica em R$ 12,00.",
        (),
    ),
    (
        "quanto custa a ração premier?",
        "A de gatos custa R$ 299,90 e a de cães R$ 259,90.",
        (CATS, DOGS),
    ),
    (
        "quanto custa a ração premier?",
        "Os preços são R$ 299,90 (gatos) e R$ 259,90 (cães).",
        (CATS, DOGS),
    ),
    (
        "quanto custa a ração premier?",
        "**Ração Premier Gatos 10kg**\nPreço: R$ 299,90\nEstoque: 5 unidades\n\n**Ração Premier Cães 10kg**\nPreço: R$ 259,90\nEstoque: 8 unidades",
        (CATS, DOGS),
    ),
    (
        "quanto custa a ração premier?",
        "**Ração Premier Gatos 10kg**\n\nPreço: R$ 299,90",
        (CATS, DOGS),
    ),
    ("quanto é 10 areias e 2 rações golden?", "10 areias R$ 249,00 e 2 rações R$ 2.379,80.", ()),
    (
        "quero 10 areias e 2 rações",
        "Ficaria em R$ 249,00 pelas 10 areias e R$ 2.379,80 pelas 2 rações.",
        (),
    ),
    (
        "preciso de 5 sacos de areia pra 3 gatos",
        "Para 3 gatos, 5 sacos de areia ficam em R$ 124,50.",
        (),
    ),
    ("tem 2 areias?", "Sim, temos 2 areias em estoque.", ()),
    ("tem 20 areias em estoque?", "Temos sim! São 37 unidades da areia.", ()),
    ("quero 2 areias", "Quer mesmo 2 areias?", ()),
    ("tem coleira antipulgas?", "Não temos a Coleira Antipulgas em estoque no momento.", ()),
    ("tem coleira antipulgas?", "A Coleira Antipulgas está esgotada. Ela custa R$ 79,90.", ()),
    (
        "tem coleira antipulgas?",
        "Temos a Coleira Antipulgas por R$ 79,90, mas está sem estoque.",
        (),
    ),
    (
        "o que tem?",
        "Temos:\n1. Ração Golden Filhotes 15kg: R$ 1.189,90\n2. Coleira Antipulgas: R$ 79,90 (sem estoque)",
        (),
    ),
    ("tem coleira e areia?", "A coleira acabou, mas a areia está disponível por R$ 24,90.", ()),
    ("a areia tem promoção?", "Não temos promoção para a areia no momento.", ()),
    ("a areia tem promoção?", "Não temos essa promoção em vigor.", ()),
    ("qual o pacote da areia?", "A Areia Sanitária Pipicat vem em embalagem de 4 kg.", ()),
    (
        "tem ração de 15 quilos?",
        "Temos a Ração Golden Filhotes de quinze quilos por R$ 1.189,90.",
        (),
    ),
    ("quanto custa o milho?", "O milho a granel custa R$ 6,50 o quilo.", (BULK,)),
    ("posso trocar?", "Sim! Você tem uma semana, ou melhor, até 7 dias corridos para trocar.", ())
    if False
    else ("posso trocar?", "Você tem até 7 dias corridos para trocar.", ()),
    (
        "posso trocar a ração?",
        "Pode sim, em até 7 dias. Lembrando que ração aberta não é trocada.",
        (),
    ),
    ("qual a garantia do aquário?", "O aquário tem noventa dias de garantia.", ()),
    ("quanto dura o banho?", "O banho leva cerca de uma hora.", ()),
    ("obrigado!", "Tenha um dia ótimo e uma semana maravilhosa!", ()),
    (
        "abrem amanhã?",
        "Amanhã (domingo, 22/11) não abrimos. Voltamos na segunda-feira, 23/11, às 8h.",
        (),
    ),
    ("que horas abre segunda?", "Segunda-feira abrimos às 8 da manhã.", ()),
    ("que horas abre segunda?", "Na segunda abrimos às oito.", ()),
    ("que horas fecha segunda?", "Na segunda fechamos às 6:30 da tarde.", ()),
    ("que horas fecha segunda?", "Segunda fechamos às seis e meia da tarde.", ()),
    ("que horas fecha hoje?", "Hoje fechamos ao meio-dia.", ()),
    ("abrem domingo?", "Domingo não, mas sábado sim, das 8h às 12h.", ()),
    ("abrem domingo?", "Não. Abrimos de segunda a sábado.", ()),
    ("abrem domingo?", "Aos domingos estamos fechados, mas na segunda abrimos às 8h.", ()),
    (
        "abrem domingo?",
        "Não abrimos aos domingos. De segunda a sexta é das 8h às 18h30, com intervalo das 12h às 13h, e sábado das 8h às 12h.",
        (),
    ),
    ("que horas abrem?", "Das 8h às 12h aos sábados e das 8h às 18h30 de segunda a sexta.", ()),
    (
        "que horas abrem?",
        "- Segunda a sexta: 8h às 12h e 13h às 18h30\n- Sábado: 8h às 12h\n- Domingo: fechado",
        (),
    ),
    (
        "qual o horário?",
        "Nosso horário: segunda a sexta, das 8h às 12h e das 13h às 18h30; sábado, das 8h às 12h; "
        "domingo, fechado.",
        (),
    ),
    ("abrem no natal?", "No Natal, 25/12, estaremos fechados.", ()),
    ("abrem dia 29?", "No domingo, 29/11, abrimos das 9h às 13h para a feira de adoção.", SUNDAY),
    ("quando é a consulta?", "Consultas às segundas, das 9h às 17h.", BOOKING),
    ("posso cancelar?", "Você pode cancelar até 6 horas antes, sem custo.", BOOKING),
    (
        "Quero marcar uma consulta no dia 23/11/2026. Que horários tem?",
        "Horários livres para Consulta:\n- segunda-feira, 23/11/2026: 8h, 8h40, 9h20\n"
        "Qual deles prefere?",
        SLOTS,
    ),
    ("quero marcar consulta", "Tenho segunda às 8h40 ou terça às 15h. Qual prefere?", SLOTS),
    ("quanto dura a consulta?", "A consulta dura 45 minutos.", BOOKING),
    (
        "com quanta antecedência?",
        "A consulta precisa de 1 dia de antecedência e pode ser marcada até 30 dias à frente.",
        BOOKING,
    ),
    ("quanto é a entrega em Betim?", "O frete custa R$ 25,00.", ()),
    ("o frete é grátis?", "Em Contagem o frete é grátis acima de R$ 150,00.", ()),
    ("cadê meu pedido?", "Você pediu 2 coleiras antipulgas por R$ 150,00 no total.", (ORDER,)),
    (AREIA, "La areia cuesta 24,90 reales.", ()),
    ("quanto custa a tosa?", "A Tosa custa a partir de R$ 75,00.", FROM),
    ("qual a diferença?", "A coleira custa R$ 79,90 e a areia R$ 24,90.", ()),
]


@pytest.mark.parametrize(("group", "say", "body", "more"), LIES, ids=lambda one: str(one)[:60])
def test_a_claim_of_something_else_is_taken_out(
    group: str, say: str, body: str, more: tuple[Evidence, ...]
) -> None:
    result = checked(say, body, *more)
    assert result.refused, group
    assert result.body != body


@pytest.mark.parametrize(("say", "body", "more"), TRUTHS, ids=lambda one: str(one)[:60])
def test_what_is_true_of_what_it_is_said_of_stands(
    say: str, body: str, more: tuple[Evidence, ...]
) -> None:
    assert checked(say, body, *more) == (body, (), checked(say, body, *more).proven)


@pytest.mark.parametrize("body", ["1 " * 1500, "cento e " * 400, "R$ 1 e " * 500])
def test_a_body_of_nothing_but_numbers_takes_no_time(body: str) -> None:
    before = time.process_time()
    checked(AREIA, body)
    assert time.process_time() - before < 1.0
