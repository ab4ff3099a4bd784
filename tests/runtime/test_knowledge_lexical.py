from __future__ import annotations

from agent_runtime.knowledge.lexical import coverage, document_vector, query_vector


def overlap(question: str, text: str) -> float:
    document = dict(zip(document_vector(text).indices, document_vector(text).values, strict=True))
    query = query_vector(question)
    return sum(
        weight * document.get(index, 0.0)
        for index, weight in zip(query.indices, query.values, strict=True)
    )


def test_indices_are_ascending_and_unique() -> None:
    vector = document_vector("Entregas aos sábados, entrega grátis, entregamos em Campinas")
    assert vector.indices == sorted(set(vector.indices))
    assert len(vector.indices) == len(vector.values)
    assert all(0 <= index < 2**32 for index in vector.indices)


def test_a_word_counts_less_each_time_and_less_in_a_long_text() -> None:
    once, thrice = overlap("frete", "frete"), overlap("frete", "frete frete frete")
    assert once < thrice < 3 * once
    assert overlap("frete", "frete " + "palavra diferente " * 60) < once


def test_no_words_no_vector() -> None:
    assert query_vector("?!").indices == []
    assert document_vector("").indices == []


def test_coverage_is_the_share_of_the_subject() -> None:
    text = "Política de devoluções: aceitamos trocas em até 30 dias."
    assert coverage("qual o prazo de troca?", text) == 0.5
    assert 0.6 < coverage("posso devolver?", text) < 0.8
    assert coverage("passagem aérea", text) == 0.0
    assert coverage("oi, tudo bem?", text) == 0.0


def test_coverage_knows_short_verbs_and_what_policies_are_filed_under() -> None:
    assert coverage("vocês abrem domingo?", "A loja abre aos domingos.") == 1.0
    assert coverage("vcs parcelam?", "Cartão em até 6 vezes.") > 0.6
    assert coverage("comprei e me arrependi", "Trocas e devoluções") > 0.3


def test_a_thing_named_by_eira_is_not_what_its_name_begins_with() -> None:
    assert coverage("vocês vendem geladeira?", "Mantém a bebida gelada.") == 0.0
    assert coverage("posso devolver?", "Política de devoluções") > 0.6
