"""The evaluation set holds its floors, and nothing a lying model says reaches a customer."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import pytest

from agent_runtime import cli
from agent_runtime.evaluation import business as businesses
from agent_runtime.evaluation import turns
from agent_runtime.evaluation.run import run
from agent_runtime.evaluation.scores import NONE_OF, scores, under_floor
from tests.doubles.lies_for_evaluation import Liar
from tests.doubles.openai_server import OpenAIServer


@pytest.fixture(scope="module")
def every() -> list[businesses.Business]:
    return [businesses.load(name) for name in businesses.names()]


def test_the_set_is_large_and_a_third_is_held_out() -> None:
    cases = [case for name in businesses.names() for case in turns.load(name)]
    assert len(businesses.names()) == 3
    assert len({case.id for case in cases}) == len(cases) >= 180
    assert sum(case.heldout for case in cases) >= len(cases) / 3
    assert {case.kind for case in cases} == set(turns.CLASSES)


def test_expected_sources_exist(every: Sequence[businesses.Business]) -> None:
    for business in every:
        known = {rule.key for rule in business.rules}
        known |= {offer.key for offer in business.config.offers}
        known |= {f"product.template,{product.id}" for product in business.products}
        known |= {f"business.support.document,{d.id}" for d in business.documents}
        for case in turns.load(business.name):
            assert {*case.sources, *case.also} <= known, case.id


def test_floors_are_judged() -> None:
    nothing = scores([])
    assert nothing["crew"] is None
    assert under_floor(nothing) == []
    assert len(under_floor({**nothing, "crew": 0.94, "facts": 0.95, "invented": 1})) == 2


def test_the_built_in_responder_holds_the_floors(capsys: pytest.CaptureFixture[str]) -> None:
    status = cli.main(["eval", "--json"])
    measured = json.loads(capsys.readouterr().out)
    with capsys.disabled():
        for part in ("dev", "heldout"):
            shown = {k: v for k, v in measured[part].items() if k != "classes"}
            sys.stdout.write(f"\n{part}: {shown}\n")
    assert measured["under_floor"] == []
    assert status == 0
    assert measured["dev"]["turns"] >= 120
    # Held-out turns are reported; what is in NONE_OF is never allowed, and in ``under_floor``.
    assert measured["heldout"]["turns"] >= 70


def test_a_lying_model_invents_and_leaks_nothing(
    every: Sequence[businesses.Business], capsys: pytest.CaptureFixture[str]
) -> None:
    liar = Liar(every)
    with OpenAIServer(liar) as server:
        judged = run("all", model="openai/liar", base_url=server.url, api_key="key-of-a-liar")
    measured = scores(judged)
    lied_to = [one for one in judged if one.model == "openai/liar"]
    sent_back = sum(one.repairs for one in judged)
    with capsys.disabled():
        shown = {k: v for k, v in measured.items() if k != "classes"}
        told = f"{len(liar.told)} lies in {len(lied_to)} turns, {sent_back} sent back"
        sys.stdout.write(f"\n{told}: {shown}\n")
    assert len(lied_to) > len(judged) / 2, "the liar was hardly asked"
    assert sent_back > len(lied_to) / 2, "hardly a lie was read"
    assert {name: measured[name] for name in NONE_OF} == dict.fromkeys(NONE_OF, 0)
