from __future__ import annotations

import random

import pytest

from agent_runtime.knowledge.chunking import chunks


def test_a_short_text_is_one_chunk() -> None:
    assert chunks("  Aceitamos Pix.\n\nE dinheiro. ") == ["Aceitamos Pix.\n\nE dinheiro."]


@pytest.mark.parametrize("text", ["", "  \n\n \t "])
def test_no_text_no_chunk(text: str) -> None:
    assert chunks(text) == []


def test_paragraphs_stay_whole_where_they_fit() -> None:
    paragraphs = [f"Parágrafo {n}. " + "palavra " * 40 for n in range(6)]
    found = chunks("\n\n".join(paragraphs))
    for paragraph in paragraphs:
        assert any(paragraph.strip() in chunk for chunk in found)


def test_long_paragraphs_are_cut_between_sentences_with_overlap() -> None:
    text = " ".join(f"Esta é a frase de número {n}." for n in range(100))
    found = chunks(text, target=300, overlap=60)
    assert len(found) > 3
    assert all(chunk.endswith(".") for chunk in found)
    for before, after in zip(found, found[1:], strict=False):
        assert after.split(". ")[0] + "." in before


def test_a_tables_rows_are_never_cut() -> None:
    rows = [f"Serviço: Banho {n}; Preço: R$ {n},00; Duração: {n} min" for n in range(60)]
    found = chunks("\n".join(rows))
    assert len(found) > 3
    assert {line for chunk in found for line in chunk.split("\n")} == set(rows)


def test_nothing_is_lost_and_nothing_too_long() -> None:
    generator = random.Random(7)
    for _ in range(100):
        words = ["x" * generator.randint(1, 40) + str(n) for n in range(generator.randint(1, 200))]
        ends = [generator.choice([" ", " ", " ", ". ", "\n", "\n\n"]) for _ in words]
        text = "".join(word + end for word, end in zip(words, ends, strict=True))
        found = chunks(text, target=200, overlap=40)
        joined = " ".join(found)
        assert all(word in joined for word in words)
        assert all(0 < len(chunk) <= 200 for chunk in found)


def test_a_word_without_end_is_cut() -> None:
    found = chunks("a" * 2000, target=300)
    assert "".join(found).count("a") >= 2000
    assert max(map(len, found)) <= 300


def test_five_million_characters_without_a_full_stop_are_cut_like_any_other_text() -> None:
    found = chunks("palavra " * 625_000)
    assert sum(chunk.count("palavra") for chunk in found) >= 625_000
    assert max(map(len, found)) <= 800
    assert chunks("a") == ["a"]
