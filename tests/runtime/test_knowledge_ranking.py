"""The fused ranking against each of its halves alone, on a clinic's texts and graded questions.

The packaged embedder, the embedded store and the whole way of a search, as
``agent-runtime search --limit 10`` goes it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from agent_runtime.contracts import KnowledgeItem, KnowledgeSearch, KnowledgeUpsert
from agent_runtime.knowledge import names
from agent_runtime.knowledge.lexical import query_vector
from agent_runtime.knowledge.retrieval import Found
from agent_runtime.knowledge.service import KnowledgeService
from tests.doubles.turn_tools import settings
from tests.runtime.ranking.measures import DEPTH, measured

CLINIC = yaml.safe_load((Path(__file__).parent / "ranking/clinic.yaml").read_text())
ASKED = [entry for entry in CLINIC["questions"] if entry["answers"]]
FOREIGN = [entry["ask"] for entry in CLINIC["questions"] if not entry["answers"]]

Rankings = dict[str, dict[str, list[str]]]


@pytest.fixture(scope="module")
def rankings(tmp_path_factory: pytest.TempPathFactory) -> Rankings:
    """For the fusion and each half: the ids found for each question, best first."""
    return asyncio.run(_ask(tmp_path_factory.mktemp("ranking")))


async def _ask(folder: Path) -> Rankings:
    knowledge = KnowledgeService(settings(folder))
    await knowledge.start()
    items = tuple(
        KnowledgeItem(
            model="text",
            record_id=number,
            title=text["title"],
            text=text["text"],
            content_hash="h",
            external_id=text["id"],
        )
        for number, text in enumerate(CLINIC["texts"])
    )
    await knowledge.upsert(
        KnowledgeUpsert(account_id=7, collection="docs", origin="o", items=items)
    )
    found: Rankings = {"fused": {}, "words": {}, "meaning": {}}
    for question in (entry["ask"] for entry in CLINIC["questions"]):
        search = KnowledgeSearch(account_id=7, collection="docs", query=question, per_record=1)
        hits = (await knowledge.search(search)).hits
        found["fused"][question] = [str(hit.external_id) for hit in hits]
        halves = await knowledge.retrieval.query(
            7,
            names.alias(7, "docs"),
            await knowledge.embedder.embed_query(question),
            query_vector(question),
            datetime.now(UTC),
            len(items),
        )
        found["words"][question] = _best(halves, lambda one: one.lexical)
        found["meaning"][question] = _best(halves, lambda one: one.cosine)
    await knowledge.close()
    return found


def _best(found: list[Found], score: Callable[[Found], float]) -> list[str]:
    ranked = sorted((one for one in found if score(one) > 0), key=score, reverse=True)
    return [one.point.payload["metadata"]["external_id"] for one in ranked]


def _of(rankings: Rankings, way: str) -> dict[str, float]:
    return measured([(entry["answers"], rankings[way][entry["ask"]]) for entry in ASKED])


@pytest.mark.parametrize("half", ["words", "meaning"])
def test_both_halves_together_are_never_worse_than_one_alone(rankings: Rankings, half: str) -> None:
    fused, alone = _of(rankings, "fused"), _of(rankings, half)
    assert {name: value for name, value in alone.items() if fused[name] < value} == {}


def test_the_ranking_keeps_its_floors(rankings: Rankings) -> None:
    fused = _of(rankings, "fused")
    floors = {"first": 0.65, "reciprocal_rank": 0.74, "ndcg": 0.7, "recall": 0.76}
    assert {name: fused[name] for name, least in floors.items() if fused[name] < least} == {}


def test_what_was_found_is_ranked_to_the_limit(rankings: Rankings) -> None:
    assert {len(found) for found in rankings["fused"].values()} == {0, DEPTH}


def test_foreign_questions_find_nothing(rankings: Rankings) -> None:
    found = [question for question in FOREIGN if rankings["fused"][question]]
    # "passagem" has its beginning in common with the "passam" of instruments.
    assert found == ["passagem pra Salvador"]
