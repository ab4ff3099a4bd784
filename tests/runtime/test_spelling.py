"""Misspelt words as Brazilians misspell them, and words that are others."""

from __future__ import annotations

import pytest

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
    ],
)
def test_two_words(one: str, other: str) -> None:
    assert near(one, [other]) is None


def test_common_keeps_what_was_asked() -> None:
    assert common(["lazanha", "vinho"], frozenset({"lasanha", "vinho"})) == {"lazanha", "vinho"}
