"""The built-in responder on products: the thing named, its price and its stock."""

from __future__ import annotations

import pytest

from agent_runtime.engine.rules_evidence import of_rules
from agent_runtime.evidence import Evidence
from tests.doubles import turns
from tests.doubles.briefings import answered


def test_the_product_named_is_told_alone() -> None:
    draft = answered("quanto custa a golden filhotes?", turns.product(), turns.product(2, "Areia"))
    assert draft.body == "Ração Golden Filhotes 15kg: R$ 1.189,90. Temos em estoque (12 unidades)."
    assert draft.references == ("product.template,1",)


def test_a_product_that_does_not_fit_is_no_answer() -> None:
    assert answered("quanto custa um celular?", turns.product()).unanswered


def test_no_product_named_is_asked() -> None:
    assert answered("quanto custa?", turns.product()).body == "Qual produto você procura?"


def test_an_unknown_stock_is_not_told() -> None:
    plain = turns.product(stock_state="not_tracked", quantity=None)
    assert "estoque" not in answered("quanto custa a golden filhotes?", plain).body


def test_a_missing_price_is_admitted() -> None:
    draft = answered("quanto custa a golden filhotes?", turns.product(price=None))
    assert "não tenho o preço" in draft.body


def test_no_more_choices_than_a_list_has_rows() -> None:
    many = [turns.product(n, f"Ração Golden {n}kg") for n in range(1, 14)]
    draft = answered("quanto custa a ração golden?", *many)
    assert draft.body == (
        "Encontrei mais de uma opção, todas por R$ 1.189,90. Qual delas você procura?"
    )
    assert len(draft.choices) == 10


@pytest.mark.parametrize(
    ("question", "reference"),
    [
        ("Quero comprar 3 areias", 2),
        ("Tem 3 brinquedos?", 3),
        ("tem ração de 3 kg?", 1),
        ("quanto custa a areia de 4kg?", 2),
    ],
)
def test_a_quantity_is_not_the_thing(question: str, reference: int) -> None:
    stocked = (
        turns.product(1, "Ração Filhotes 3 kg"),
        turns.product(2, "Areia Higiênica 4 kg"),
        turns.product(3, "Brinquedo Mordedor"),
    )
    assert answered(question, *stocked).references == (f"product.template,{reference}",)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("tem ração para gatos?", False),
        ("tem ração para cachorro?", True),
        ("tem ração?", True),
        ("tem ração pra gato ou cachorro?", True),
    ],
)
def test_another_animals_product_is_not_offered(question: str, answers: bool) -> None:
    dogs = turns.product(name="Ração para Cães Adultos")
    assert bool(answered(question, dogs).references) is answers


def test_a_follow_up_may_name_the_other_animal() -> None:
    dogs = turns.product(name="Ração para Cães Adultos")
    question = "tem ração de cachorro?\ne pra gato?"
    assert not answered(question, dogs, latest="e pra gato?").references


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("tem cama para cachorro?", False),
        ("quanto custa a ração do meu poodle?", True),
        ("quanto custa a golden?", True),
    ],
)
def test_a_product_must_be_the_thing_named(question: str, answers: bool) -> None:
    dogs = turns.product(name="Ração Golden Cachorros 15kg")
    assert bool(answered(question, dogs).references) is answers


def test_a_thing_is_told_before_what_is_done_to_it() -> None:
    repair = Evidence(
        kind="service",
        reference="ai.service.offer,3",
        title="Formatação de notebook",
        text="Formatação de notebook\nReinstalação do sistema.",
        via="mcp-mongodb",
        data={"pricing": "from", "price": 120.0},
    )
    notebook = turns.product(5, "Notebook Kairo 14")
    assert answered("vcs tem notebook?", repair, notebook).references == ("product.template,5",)
    formatted = answered("quanto custa formatar o notebook?", repair, notebook)
    assert formatted.references == ("ai.service.offer,3",)


@pytest.mark.parametrize(
    "question",
    [
        "quanto custa a golden filhotes e quais as formas de pagamento?",
        "queria uma golden filhotes barata",
    ],
)
def test_words_of_another_question_are_no_property_of_the_thing(question: str) -> None:
    body = answered(question, *of_rules([turns.PAYMENT], True), turns.product()).body
    assert body.startswith("Ração Golden Filhotes 15kg: R$ 1.189,90.")


@pytest.mark.parametrize(
    "question", ["tem golden filhotes e aceita pix", "aceita pix e tem golden"]
)
def test_two_questions_joined_by_and_are_both_answered(question: str) -> None:
    draft = answered(question, *of_rules([turns.PAYMENT], True), turns.product())
    assert "R$ 1.189,90" in draft.body
    assert "Pix" in draft.body


@pytest.mark.parametrize(
    "question", ["tem calça 44?", "tem a calça jeans tamanho 38?", "tem calça P?"]
)
def test_another_size_is_not_said_to_be_in_stock(question: str) -> None:
    jeans = turns.product(1, "Calça Jeans Skinny 40")
    assert "Temos em estoque" not in answered(question, jeans).body


def test_the_size_asked_for_is_told_with_its_stock() -> None:
    sizes = (turns.product(1, "Calça Jeans Skinny 40"), turns.product(2, "Calça Jeans Skinny 44"))
    draft = answered("tem calça 44?", *sizes)
    assert draft.references == ("product.template,2",)
    assert "Temos em estoque" in draft.body


def described(number: int, name: str, text: str) -> Evidence:
    return turns.product(number, name).model_copy(update={"text": text})


PIZZA = described(1, "Pizza Quatro Queijos", "Muçarela, gorgonzola e parmesão.")
PLAIN = described(2, "Pizza da Casa", "Massa fina e molho de tomate.")
VEGAN = described(3, "Pizza Verde", "Massa sem glúten e sem queijo, com legumes.")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("tem pizza sem queijo?", {3}),
        ("tenho alergia a queijo, qual pizza vocês têm?", {3}),
        ("vocês têm pizza que não leva queijo?", {3}),
        ("do you have a gluten-free pizza?", {3}),
        ("tem pizza sem glúten e lactose?", set()),
        ("tem pizza sem tomate?", set()),
        ("não quero quatro queijos, que outra pizza tem?", {2, 3}),
        ("tem pizza com queijo?", {1}),
    ],
)
def test_nothing_is_sold_to_whoever_must_not_have_it(question: str, told: set[int]) -> None:
    draft = answered(question, PIZZA, PLAIN, VEGAN)
    references = {*draft.references, *draft.choices}
    assert references == {f"product.template,{number}" for number in told}
    assert bool(draft.unanswered) is not bool(told)


def test_what_a_thing_lacks_is_no_thing_it_has() -> None:
    shampoo = described(1, "Shampoo Hidra", "Shampoo sem sulfato para cabelos secos.")
    assert "Não encontrei exatamente" in answered("tem shampoo com sulfato?", shampoo).body
    assert "R$" in answered("tem shampoo sem sulfato?", shampoo).body


ZERO = described(4, "Coca-Cola Zero Lata 350ml", "Refrigerante em lata.")
TURBO = described(5, "Carregador Turbo 20W", "Carrega rápido.")
SHAMPOO = described(6, "Shampoo Hipoalergênico", "Para cães com alergia de pele.")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("tem coca zero?", ZERO),
        ("tem coca zero gelada?", ZERO),
        ("quanto custa a coca zero lata?", ZERO),
        ("estou sem carregador, quanto custa um?", TURBO),
        ("quanto custa o carregador turbo sem o desconto?", TURBO),
        ("quanto custa o carregador turbo sem a promoção?", TURBO),
        ("tem shampoo para alergia de pele?", SHAMPOO),
    ],
)
def test_what_is_only_a_name_or_of_the_customer_rules_nothing_out(
    question: str, told: Evidence
) -> None:
    draft = answered(question, told)
    assert told.reference in draft.references
    assert "R$" in draft.body
    assert "Não encontrei exatamente" not in draft.body


@pytest.mark.parametrize(
    "question",
    [
        "tem pizza zero lactose?",
        "não como glúten, tem pizza?",
        "to sem comer glúten, tem pizza?",
        "estou sem glúten, tem alguma pizza?",
        "tem pizza para alergia a camarão?",
        "tem pizza para alérgicos a leite?",
    ],
)
def test_who_must_not_eat_something_is_told_nothing_that_may_have_it(question: str) -> None:
    assert not answered(question, PIZZA).references


def test_a_document_on_what_must_not_be_in_it_answers_where_no_product_does() -> None:
    told = Evidence(
        kind="document",
        reference="business.support.document,1",
        title="Alergias e glúten",
        text="Pratos sem glúten são feitos sob encomenda.",
        via="mcp-qdrant",
        score=0.3,
    )
    assert "sob encomenda" in answered("tem algum prato sem glúten?", PIZZA, told).body


@pytest.mark.parametrize(
    "question",
    [
        "tem mouse sem fio?",
        "tem mouse sem juros?",
        "tem mouse sem ter que esperar?",
        "vocês não têm mouse?",
        "não tem o mouse onix?",
        "não quero gastar muito, tem mouse?",
    ],
)
def test_terms_of_a_sale_rule_no_product_out(question: str) -> None:
    wireless = described(1, "Mouse Onix sem fio", "Bateria de 24 horas.")
    assert "product.template,1" in answered(question, wireless).references


@pytest.mark.parametrize(
    ("question", "sold", "exact"),
    [
        ("vocês vendem camisinha?", "Camisa social", False),
        ("tem calcinha?", "Calça jeans", False),
        ("tem piza?", "Pizza da Casa", True),
        ("tem caixinha de som?", "Caixa de som Boom", True),
    ],
)
def test_a_diminutive_by_itself_may_be_another_thing(question: str, sold: str, exact: bool) -> None:
    body = answered(question, turns.product(1, sold)).body
    assert ("Não encontrei exatamente" in body) is not exact


CHARGER = described(1, "Carregador Turbo 30 W", "Carregador de parede com cabo USB-C.")
GUIDE = Evidence(
    kind="document",
    reference="business.support.document,1",
    title="Carregadores e aparelhos",
    text="O Carregador Turbo serve em celulares Android e em notebooks.",
    via="mcp-qdrant",
    score=0.5,
)


@pytest.mark.parametrize(
    "question",
    ["o carregador turbo serve no iphone?", "o carregador turbo tem bluetooth?"],
)
def test_a_price_is_no_answer_to_what_is_asked_of_a_thing(question: str) -> None:
    draft = answered(question, CHARGER, GUIDE)
    assert draft.unanswered
    assert not draft.references


def test_who_knows_what_is_asked_of_a_thing_answers() -> None:
    told = answered("o carregador turbo serve em notebooks?", CHARGER, GUIDE)
    assert told.references == (GUIDE.reference,)
    assert "R$" in answered("o carregador turbo tem cabo usb-c?", CHARGER, GUIDE).body
    assert "R$" in answered("o carregador turbo tem pra pronta entrega?", CHARGER, GUIDE).body


CABLE = described(8, "Cabo USB-C 2m", "Cabo de nylon trançado.")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("o cabo usb-c tem na loja?", True),
        ("o cabo usb-c tem quantos metros?", True),
        ("o cabo usb-c tem quantos quilos?", False),
        ("o carregador turbo tem quantos metros?", False),
    ],
)
def test_a_place_is_no_property_and_a_size_in_the_name_is_known(question: str, told: bool) -> None:
    assert ("R$" in answered(question, CABLE, CHARGER).body) is told


@pytest.mark.parametrize(
    ("question", "hours", "known"),
    [
        ("o cabo usb-c é de nylon? e que horas vocês fecham?", "até as 12h", True),
        ("que horas vocês abrem amanhã? o cabo usb-c tem em preto?", "não abrimos", False),
        ("qual o horário de vocês no domingo? o cabo serve no iphone?", "não abrimos", False),
        ("o cabo usb-c funciona no iphone? e até que horas abrem hoje?", "até as 12h", False),
    ],
)
def test_the_hours_are_told_beside_a_question_for_a_thing(
    question: str, hours: str, known: bool
) -> None:
    draft = answered(question, CABLE)
    assert hours in draft.body
    assert ("nylon" in draft.body) is known
    assert bool(draft.unanswered) is not known


def test_how_a_thing_works_is_no_question_for_the_hours() -> None:
    draft = answered("o cabo usb-c funciona no iphone?", CABLE)
    assert draft.unanswered
    assert "12h" not in draft.body


def test_when_a_thing_comes_back_nobody_here_knows() -> None:
    away = turns.product(stock_state="out_of_stock")
    draft = answered("e a golden filhotes, quando chega?", away)
    assert "sem estoque" in draft.body
    assert draft.unanswered
    assert not answered("e a golden filhotes, quando chega?", turns.product()).unanswered
