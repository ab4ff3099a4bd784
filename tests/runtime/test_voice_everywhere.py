"""Every setting of the voice, every value of it, on every crew: the text changes, the prompt too.

Where a setting changes nothing on a crew, the table says so with the reason, and the test fails
when that is no longer true.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from agent_runtime.contracts import (
    CREWS,
    CompanyProfile,
    ContactPoint,
    RatingRequest,
    TenantConfig,
    Voice,
)
from agent_runtime.crews import kickoff
from agent_runtime.crews.definition import in_form_of
from agent_runtime.llm.grounded import GroundedLLM
from tests.doubles import turns
from tests.doubles.speaking import briefed, request, said

LETTER_NAME = "a letter is addressed in its salutation, whatever the frequency"
LETTER_EMOJI = "a letter gets no emoji of ours; the company's own words keep theirs"
COLLEAGUES = "the company's own people are not asked to rate it"


class Setting(NamedTuple):
    """A setting with all its values, or some where it is free text."""

    configured: Callable[[Any], TenantConfig]
    values: tuple[Any, ...]
    alike: dict[str, str] = {}
    """Crews on which all values sound alike, with the reason."""


def voice(name: str) -> Callable[[Any], TenantConfig]:
    return lambda value: turns.config(voice=Voice(**{name: value}))


def company(**changes: Any) -> TenantConfig:
    return turns.config(company=CompanyProfile(name="Bicho Bom", **changes))


def rating(name: str, **more: Any) -> Callable[[Any], TenantConfig]:
    return lambda value: turns.config(rating=RatingRequest(**{"scale": 5} | more | {name: value}))


def contact(in_farewell: bool) -> TenantConfig:
    point = ContactPoint(kind="instagram", value="https://ig.example/bb", in_farewell=in_farewell)
    return company(contacts=(point,))


SETTINGS = {
    "greeting": Setting(voice("greeting"), (None, "Bem-vindo à Bicho Bom!", "Olá! Au au!")),
    "use_customer_name": Setting(voice("use_customer_name"), (True, False)),
    "name_frequency": Setting(
        voice("name_frequency"), ("minimal", "moderate", "frequent"), {"email": LETTER_NAME}
    ),
    "tone": Setting(voice("tone"), ("friendly", "polite", "professional", "technical")),
    "manner": Setting(voice("manner"), ("welcoming", "energetic", "calm", "objective")),
    "formality": Setting(voice("formality"), ("informal", "moderate", "formal")),
    "emoji": Setting(voice("emoji"), ("none", "minimal", "moderate"), {"email": LETTER_EMOJI}),
    "farewell": Setting(voice("farewell"), (None, "Lambeijos!", "Até a próxima!")),
    "sign_off": Setting(voice("sign_off"), (None, "Equipe Patas")),
    "contact in_farewell": Setting(contact, (False, True)),
    "website_in_farewell": Setting(
        lambda value: company(website="https://bb.example", website_in_farewell=value),
        (False, True),
    ),
    "rating": Setting(
        lambda scale: turns.config(rating=scale and RatingRequest(scale=scale)),
        (None, 5, 10),
        {"internal": COLLEAGUES},
    ),
    "rating message": Setting(
        rating("message"), (None, "Que nota a gente merece?"), {"internal": COLLEAGUES}
    ),
    "rating ask_reason": Setting(rating("ask_reason"), (False, True), {"internal": COLLEAGUES}),
    "rating reason_message": Setting(
        rating("reason_message", ask_reason=True), (None, "Por quê?"), {"internal": COLLEAGUES}
    ),
    "rating ask_suggestions": Setting(
        rating("ask_suggestions"), (False, True), {"internal": COLLEAGUES}
    ),
    "rating suggestions_message": Setting(
        rating("suggestions_message", ask_suggestions=True),
        (None, "Que mudaria aqui?"),
        {"internal": COLLEAGUES},
    ),
}


def transcript(config: TenantConfig, crew: str) -> str:
    return "\n---\n".join(said(config, crew))


def prompt(config: TenantConfig, crew: str) -> str:
    """What a model reads when a customer says hello."""
    asked = request(crew, "oi")
    definition = in_form_of(crew, asked.channel.value)
    built = kickoff.build(definition, briefed(config, asked), GroundedLLM(), [])
    agent, task = built.agents[0], built.tasks[0]
    return "\n".join((agent.role, agent.goal, agent.backstory, task.description))


@pytest.mark.parametrize("crew", CREWS)
@pytest.mark.parametrize("name", SETTINGS)
def test_each_value_is_heard(name: str, crew: str) -> None:
    setting = SETTINGS[name]
    heard = {transcript(setting.configured(value), crew) for value in setting.values}
    assert len(heard) == (1 if crew in setting.alike else len(setting.values)), setting.alike


@pytest.mark.parametrize("name", SETTINGS)
def test_each_value_reaches_a_models_prompt(name: str) -> None:
    setting = SETTINGS[name]
    for crew in CREWS:
        told = {prompt(setting.configured(value), crew) for value in setting.values}
        assert len(told) == len(setting.values), crew


def test_the_table_knows_every_setting_there_is() -> None:
    known = {name.removeprefix("rating ").removeprefix("contact ") for name in SETTINGS}
    there = {*Voice.model_fields, *RatingRequest.model_fields} - {"scale"}
    assert there <= known


@pytest.mark.parametrize("crew", CREWS)
@pytest.mark.parametrize(
    ("tone", "opening"),
    [
        ("friendly", None),
        ("polite", "É um prazer ajudar você."),
        ("professional", "Segue a informação solicitada."),
        ("technical", "De acordo com os dados da empresa:"),
    ],
)
def test_the_tone_opens_the_first_answer_and_no_other(
    crew: str, tone: str, opening: str | None
) -> None:
    config = turns.config(voice=Voice(tone=tone, emoji="none"))
    first, second = said(config, crew, ("qual o horário de vocês?", "e o endereço?"))
    _greeting, *blocks = first.split("\n\n")
    assert (blocks[0] == opening) is (opening is not None)
    assert "Nosso horário:" in first
    assert opening is None or opening not in second


def test_a_letter_of_an_objective_company_ends_with_its_name() -> None:
    def end(**settings: Any) -> str:
        config = turns.config(voice=Voice(manner="objective", **settings))
        return said(config, "email", ("qual o endereço?",))[0].rpartition("\n\n")[2]

    assert end() == "Bicho Bom"
    assert end(sign_off="Equipe Patas") == "Equipe Patas"
    assert end(farewell="Um abraço!") == "Um abraço!\nBicho Bom"
