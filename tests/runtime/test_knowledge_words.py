from __future__ import annotations

import pytest

from agent_runtime.knowledge.words import content_words, fold, prefix, stem, subject_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("promoção", "promocao"),
        ("promoções", "promocao"),
        ("horários", "horario"),
        ("animais", "animal"),
        ("pastéis", "pastel"),
        ("entregam", "entrega"),
        ("trocar", "troca"),
        ("Vacinação", "VACINACAO"),
        ("cães", "cao"),
        ("imagens", "imagem"),
    ],
)
def test_spellings_and_forms_meet(one: str, other: str) -> None:
    assert stem(fold(one)) == stem(fold(other))


def test_numbers_are_told_from_units() -> None:
    assert content_words("Ração 10kg") == content_words("racao 10 kg")
    assert stem("007") == "7"


def test_grammar_says_nothing() -> None:
    assert content_words("O que é isso, e para quem?") == []


def test_framing_is_no_subject() -> None:
    assert subject_words("Oi, bom dia! Quanto custa a ração Golden?") == ["racao", "golden"]
    assert subject_words("quanto custa?") == []


def test_long_words_have_a_beginning_in_common() -> None:
    assert prefix("devolver") == prefix("devolucao") == "devol"
    assert prefix("gato") is None
    assert prefix("123456") is None
