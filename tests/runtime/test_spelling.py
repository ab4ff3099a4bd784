"""Misspelt words as Brazilians misspell them, and words that are others."""

from __future__ import annotations

import pytest

from agent_runtime.decision.concepts import concept
from agent_runtime.decision.text import fold
from agent_runtime.spelling import common, near


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("lazanha", "lasanha"),
        ("massagen", "massagem"),
        ("masagem", "massagem"),
        ("noteboock", "notebook"),
        ("carregdor", "carregador"),
        ("escova", "escvoa"),
        ("xuveiro", "chuveiro"),
        ("credto", "credito"),
        ("carregadr", "carreg"),
        ("caixinha", "caixa"),
        ("piz", "pizz"),
    ],
)
def test_one_word(written: str, meant: str) -> None:
    assert near(written, ["outra", meant]) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("banho", "ganho"),
        ("feminino", "masculino"),
        ("manicure", "pedicure"),
        ("cabelo", "cabeca"),
        ("canta", "conta"),
        ("gato", "gata"),
        ("preto", "prego"),
        ("caro", "carro"),
        ("masa", "massa"),
    ],
)
def test_two_words(one: str, other: str) -> None:
    assert near(one, [other]) is None


def test_common_keeps_what_was_asked() -> None:
    assert common(["lazanha", "vinho"], frozenset({"lasanha", "vinho"})) == {"lazanha", "vinho"}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("limpesa", "limpeza"),
        ("limpza", "limpeza"),
        ("caxorro", "cachorro"),
        ("cachoro", "cachorro"),
        ("entrga", "entrega"),
        ("garntia", "garantia"),
        ("aniverssario", "aniversário"),
        ("grvida", "gestante"),
    ],
)
def test_a_word_of_a_group_is_known_misspelt(written: str, meant: str) -> None:
    assert concept(written) == concept(fold(meant))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("canela", "cancelar"),
        ("gestao", "gestante"),
        ("segunda", "seguro"),
        ("entrada", "entrega"),
        ("parcial", "parcela"),
        ("carta", "cartao"),
        ("cartaz", "cartao"),
        ("cartolina", "cartao"),
        ("cartorio", "cartao"),
        ("cartola", "cartao"),
        ("carter", "carteira"),
        ("seguranca", "guardar"),
    ],
)
def test_a_word_is_not_drawn_into_a_group(one: str, other: str) -> None:
    assert not common([concept(one)], frozenset({concept(other)}))
