"""What a message names, and that what identifies a person is never shown whole."""

from __future__ import annotations

import pytest

from agent_runtime.decision.entities import LONGEST, MOST, entities
from agent_runtime.decision.language import language_of
from agent_runtime.decision.masks import is_cnpj, is_cpf


def named(text: str, *, product: bool = False) -> set[tuple[str, str]]:
    return {(entity.kind, entity.text) for entity in entities(text, names_product=product)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("meu pedido 10234 saiu?", {("order", "10234")}),
        ("pedido nº SO0045", {("order", "SO0045")}),
        ("order #4512 please", {("order", "4512")}),
        ("e o S00123?", {("order", "S00123")}),
        ("dia 15 de novembro às 14h30", {("date", "dia 15 de novembro"), ("time", "14h30")}),
        ("pode ser 22/11/2026, 9:00?", {("date", "22/11/2026"), ("time", "9:00")}),
        ("amanhã ou sábado", {("date", "amanhã"), ("date", "sábado")}),
        ("pode ser às 10?", {("time", "10")}),
        ("tomorrow at 3pm", {("date", "tomorrow"), ("time", "3pm")}),
        ("mañana o el viernes", {("date", "mañana"), ("date", "viernes")}),
        ("tenho só R$ 1.250,90", {("money", "R$ 1.250,90")}),
        ("uns 80 reais, $20", {("money", "80 reais"), ("money", "$20")}),
        ("quero 3 pacotes e 15kg", {("quantity", "3 pacotes"), ("quantity", "15kg")}),
        ("entrega no 13083-970?", {("postal_code", "13083-970")}),
        ("cep 13083970", {("postal_code", "13083970")}),
        ("cpf 529.982.247-25", {("cpf", "***.***.***-25")}),
        ("52998224725", {("cpf", "*********25")}),
        ("cnpj 11.222.333/0001-81", {("cnpj", "**.***.***/****-81")}),
        ("me liga (19) 99876-5432", {("phone", "(**) *****-**32")}),
        ("+55 19 99876-5432", {("phone", "+** ** *****-**32")}),
        ("escreve p ana.souza@casa.com.br", {("email", "a**@***.com.br")}),
        ("529.982.247-26", {("cpf", "***.***.***-26")}),
        ("111.111.111-11", {("cpf", "***.***.***-11")}),
        ("cnpj 11.222.333/0001-82", {("cnpj", "**.***.***/****-82")}),
        ("52998224726", {("phone", "*********26")}),
        ("protocolo 529.982.247-26", {("cpf", "***.***.***-26")}),
        ("pedido 11987654321", {("phone", "*********21")}),
        ("na compra 200 reais tem brinde?", {("money", "200 reais")}),
        ("o orçamento 2025 saiu?", set()),
        ("compras 100% online", set()),
        ("pedido 300 reais", {("money", "300 reais")}),
        ("compra nº 4321 e orçamento S00042", {("order", "4321"), ("order", "S00042")}),
        ("pedido nº 512: 100 reais", {("order", "512"), ("money", "100 reais")}),
        ("oi, tudo bem?", set()),
    ],
)  # fmt: skip
def test_what_is_named(text: str, expected: set[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_a_number_is_one_thing() -> None:
    kinds = [entity.kind for entity in entities("529.982.247-25 e 15/11 e R$ 15,00 e 15h")]
    assert kinds == ["cpf", "money", "date", "time"]


def test_products_are_named_in_the_customers_words_and_carry_no_document() -> None:
    found = named("qto custa a ração golden p/ o cpf 529.982.247-26 11 98765 4321?", product=True)
    products = [text for kind, text in found if kind == "product"]
    assert any("golden" in product for product in products)
    assert not any(char in product for product in products for char in "0123456789")
    assert not [kind for kind, _text in named("a ração golden") if kind == "product"]


def test_it_stays_short() -> None:
    many = entities(" ".join(f"R$ {number}" for number in range(1000, 1100)))
    assert len(many) == MOST
    orders = entities(" ".join(f"pedido {number}" for number in range(1000, 1100)))
    assert [e.text for e in orders] == ["1000", "1001", "1002"]
    assert all(len(e.text) <= LONGEST for e in entities("tem " + "x" * 3000, names_product=True))


@pytest.mark.parametrize(
    ("digits", "cpf", "cnpj"),
    [
        ("52998224725", True, False),
        ("52998224724", False, False),
        ("11222333000181", False, True),
        ("11222333000182", False, False),
        ("00000000000", False, False),
        ("", False, False),
    ],
)
def test_check_digits(digits: str, cpf: bool, cnpj: bool) -> None:
    assert (is_cpf(digits), is_cnpj(digits)) == (cpf, cnpj)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("qto custa a ração?", "pt"),
        ("oi", "pt"),
        ("blz vlw", "pt"),
        ("How much is it?", "en"),
        ("hello there", "en"),
        ("¿Cuánto cuesta el envío?", "es"),
        ("hola, buenas tardes", "es"),
        ("a conta veio errada", "pt"),
        ("to sem a nota, complica?", "pt"),
        ("cheguei 20 min atrasada perdi a hora?", "pt"),
        ("Do you have a menu?", "en"),
        ("I need to return it", "en"),
        ("¿A qué hora cierran?", "es"),
        ("👍", ""),
        ("15kg", ""),
        ("", ""),
    ],
)
def test_the_language_of_a_message(text: str, language: str) -> None:
    assert language_of(text) == language
