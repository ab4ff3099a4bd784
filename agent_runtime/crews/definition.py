"""A crew as its YAML files define it: CrewAI's agents and tasks, and the channel's form."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any

import yaml

from ..contracts import CREWS, Contract
from ..engine.briefing import Form


class CrewDefinition(Contract):
    """One crew: the base with the channel's own words laid over it."""

    name: str
    role: str
    goal: str
    backstory: str
    description: str
    """Task text with the places ``{form}`` and ``{briefing}``."""
    expected_output: str
    guidance: str
    """How an answer looks on this channel, for the model."""
    form: Form


@lru_cache
def crew(name: str) -> CrewDefinition:
    """The definition of a crew of the contracts; a broken file fails at the first use, loudly."""
    if name not in CREWS:
        raise ValueError(f"there is no crew named {name!r}")
    agent = _read("base", "agents")["attendant"] | _read(name, "agents")["attendant"]
    task = _read("base", "tasks")["answer"]
    form = _read(name, "form")
    return CrewDefinition(
        name=name,
        role=agent["role"].strip(),
        goal=agent["goal"].strip(),
        backstory=agent["backstory"].strip(),
        description=task["description"],
        expected_output=task["expected_output"].strip(),
        guidance=form.pop("guidance").strip(),
        form=Form.model_validate(form),
    )


def in_form_of(name: str, channel_crew: str) -> CrewDefinition:
    """The crew ``name`` answering on the channel of another: its own words, the channel's form."""
    form = crew(channel_crew)
    return crew(name).model_copy(update={"form": form.form, "guidance": form.guidance})


def _read(folder: str, file: str) -> dict[str, Any]:
    path = resources.files(__package__) / "definitions" / folder / f"{file}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))
