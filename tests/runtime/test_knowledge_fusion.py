from __future__ import annotations

from agent_runtime.knowledge.fusion import Candidate, focus, fuse
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


def test_passages_far_behind_the_best_are_ranked_but_not_told_to_a_turn() -> None:
    ranked = fuse(
        [
            Candidate("best", lexical=9.0, cosine=0.8, coverage=1.0),
            Candidate("weak", lexical=3.0, cosine=0.45, coverage=0.4),
        ],
        WORDS_LEAD,
    )
    assert [key for key, _ in ranked] == ["best", "weak"]
    assert [key for key, _ in focus(ranked, WORDS_LEAD)] == ["best"]
    assert focus([], WORDS_LEAD) == []


def test_once_something_is_found_the_rest_is_ranked_by_whatever_is_known_of_it() -> None:
    ranked = fuse(
        [
            Candidate("found", lexical=9.0, cosine=0.5, coverage=1.0),
            Candidate("unrelated", cosine=0.1),
            Candidate("nearer", cosine=0.3),
            Candidate("framing", lexical=0.5, cosine=0.2),
            Candidate("nothing"),
        ],
        WORDS_LEAD,
    )
    assert [key for key, _ in ranked] == ["found", "framing", "nearer", "unrelated"]


def test_scores_are_shares_and_ties_repeatable() -> None:
    twins = [Candidate(key, lexical=5.0, cosine=0.9, coverage=1.0) for key in ("b", "a")]
    ranked = fuse(twins, WORDS_LEAD)
    assert [key for key, _ in ranked] == ["a", "b"]
    assert all(0.0 <= score <= 1.0 for _, score in ranked)


def test_models_are_recognised() -> None:
    assert profile_of("intfloat/multilingual-e5-small").query_prefix == "query: "
    assert profile_of("sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2") == Profile()
    assert profile_of(PACKAGED).dense_weight < 0.5
