from __future__ import annotations

from agent_runtime.knowledge.fusion import Candidate, fuse
from agent_runtime.knowledge.profiles import PACKAGED, Profile, profile_of

WORDS_LEAD = profile_of(PACKAGED)


def test_words_beat_meaning_with_a_weak_embedder() -> None:
    ranked = fuse(
        [
            Candidate("words", lexical=8.0, cosine=0.3, coverage=1.0),
            Candidate("meaning", lexical=0.0, cosine=0.7, coverage=0.0),
        ],
        WORDS_LEAD,
    )
    assert [key for key, _ in ranked][0] == "words"


def test_the_best_of_bad_passages_is_not_an_answer() -> None:
    assert fuse([Candidate("a", lexical=0.4, cosine=0.4, coverage=0.1)], WORDS_LEAD) == []
    assert fuse([], WORDS_LEAD) == []


def test_meaning_alone_is_enough_with_a_multilingual_embedder() -> None:
    candidate = Candidate("a", lexical=0.0, cosine=0.8, coverage=0.0)
    assert [key for key, _ in fuse([candidate], Profile())] == ["a"]


def test_passages_far_behind_the_best_are_dropped() -> None:
    ranked = fuse(
        [
            Candidate("best", lexical=9.0, cosine=0.8, coverage=1.0),
            Candidate("weak", lexical=3.0, cosine=0.45, coverage=0.4),
        ],
        WORDS_LEAD,
    )
    assert [key for key, _ in ranked] == ["best"]


def test_scores_are_shares_and_ties_repeatable() -> None:
    twins = [Candidate(key, lexical=5.0, cosine=0.9, coverage=1.0) for key in ("b", "a")]
    ranked = fuse(twins, WORDS_LEAD)
    assert [key for key, _ in ranked] == ["a", "b"]
    assert all(0.0 <= score <= 1.0 for _, score in ranked)


def test_models_are_recognised() -> None:
    assert profile_of("intfloat/multilingual-e5-small").query_prefix == "query: "
    assert profile_of("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2") == Profile()
    assert profile_of(PACKAGED).dense_weight < 0.5
