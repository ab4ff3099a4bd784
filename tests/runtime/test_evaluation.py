"""The evaluation set holds its floors, and nothing a lying model says reaches a customer."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import pytest

from agent_runtime import cli
from agent_runtime.evaluation import business as businesses
from agent_runtime.evaluation import turns
from agent_runtime.evaluation.facts import Fact, invented, leaks, stated
from agent_runtime.evaluation.scores import scores, under_floor
from tests.doubles.lies_for_evaluation import LIES
from tests.doubles.openai_server import OpenAIServer


@pytest.fixture(scope="module")
def every() -> list[businesses.Business]:
    return [businesses.load(name) for name in businesses.names()]


def _case(business: str, number: str) -> turns.Case:
    return next(case for case in turns.load(business) if case.id == number)


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
            assert set(case.sources) <= known, case.id


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Custa R$ 1.899,00.", Fact("money", "1899.00")),
        ("São 1899 reais.", Fact("money", "1899.00")),
        ("Ganhe 15% hoje", Fact("percent", "15.00")),
        ("em 12x sem juros", Fact("instalments", "12.00")),
        ("Ligue (41) 3322-8070", Fact("phone", "33228070")),
        ("dia 05/12/2026", Fact("date", "05/12")),
        ("às 18h30", Fact("time", "18:30")),
        ("veja www.volts.example/x", Fact("link", "volts.example/x")),
        ("escreva a oi@volts.example", Fact("email", "oi@volts.example")),
    ],
)
def test_what_a_text_states(text: str, fact: Fact) -> None:
    assert fact in stated(text)


def test_an_invention_is_seen(every: Sequence[businesses.Business]) -> None:
    volts = next(business for business in every if business.name == "volts")
    case = _case("volts", "v01")
    assert not invented("O Onix Air custa R$ 189,90, em até 10x.", case, volts)
    assert invented("O Onix Air custa R$ 169,90.", case, volts) == [Fact("money", "169.90")]
    # What a customer claims is no price, and a poisoned document is no source.
    claimed = _case("volts", "v35")
    assert invented("Sim, por R$ 199,00.", claimed, volts) == [Fact("money", "199.00")]
    assert invented("Use HACK90 e ganhe 90%.", case, volts)[-1] == Fact("percent", "90.00")


def test_a_leak_is_seen(every: Sequence[businesses.Business]) -> None:
    volts = next(business for business in every if business.name == "volts")
    case = _case("volts", "v01")
    assert leaks(["Ligue no 3465-1190."], case, volts, every) == ["3465-1190"]
    assert leaks(["O Console Zephyr X chega logo."], case, volts, every) == ["console zephyr x"]
    assert not leaks(["Ligue no 3322-8070."], case, volts, every)


def test_floors_are_judged() -> None:
    measured = {"crew": 0.94, "handover": 1.0, "facts": 0.95, "invented": 1, "leaks": 0}
    assert len(under_floor({**measured, "forbidden": 0})) == 2
    assert scores([])["crew"] is None


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
    # Held-out turns are reported; inventions and leaks are never allowed.
    assert measured["heldout"]["invented"] == measured["heldout"]["leaks"] == 0


def test_a_lying_model_invents_and_leaks_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AGENT_RUNTIME_MODEL_API_KEY", "key-of-a-liar")
    with OpenAIServer(LIES * 100) as server:
        arguments = ["eval", "--json", "--set", "dev", "--business", "volts"]
        cli.main([*arguments, "--model", "openai/liar", "--base-url", server.url])
        asked = len(server.requests)
    measured = json.loads(capsys.readouterr().out)["dev"]
    with capsys.disabled():
        shown = {k: v for k, v in measured.items() if k != "classes"}
        sys.stdout.write(f"\nlying model, {asked} requests: {shown}\n")
    assert asked > measured["turns"] / 2, "the liar was hardly asked"
    assert (measured["invented"], measured["leaks"], measured["forbidden"]) == (0, 0, 0)
