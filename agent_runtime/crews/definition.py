"""A crew as its YAML files define it: CrewAI's agents and tasks, the channel's form, the roles."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any, Final

import yaml

from ..contracts import CREWS, ROLES, Contract
from ..engine.briefing import Form

INTERNAL: Final = "internal"
"""Made for readers, the company's own people, and not for a channel."""

_SERVICE: Final = ("service",)


class CrewDefinition(Contract):
    """One crew: the base, the crew's own words and the roles of the turn laid over it."""

    name: str
    role: str
    goal: str
    backstory: str
    description: str
    """Task text with the places ``{form}`` and ``{briefing}``."""
    expected_output: str
    guidance: str
    """How an answer looks on this channel, for the model."""
    focus: str
    """What the roles of the turn care for, for the model."""
    form: Form


@lru_cache
def crew(name: str, roles: tuple[str, ...] = _SERVICE) -> CrewDefinition:
    """The definition of a crew with these roles, of which the first leads.

    A broken file fails at the first use, loudly. Raises ``ValueError`` for a crew or role that
    the contracts do not have.
    """
    if name not in CREWS:
        raise ValueError(f"there is no crew named {name!r}")
    if not roles or not set(roles) <= set(ROLES):
        raise ValueError(f"these are no roles: {roles!r}")
    agent = _read("base", "agents")["attendant"] | _read(name, "agents")["attendant"]
    task = _read("base", "tasks")["answer"]
    form = dict(_read(name, "form"))
    overlays = [_read("roles", role) for role in roles]
    lead = overlays[0]
    return CrewDefinition(
        name=name,
        role=agent["role"].strip().replace("{role}", lead["role"].strip()),
        goal=f"{lead['goal'].strip()} {agent['goal'].strip()}",
        backstory=agent["backstory"].strip(),
        description=task["description"],
        expected_output=task["expected_output"].strip(),
        guidance=form.pop("guidance").strip(),
        focus="\n".join(overlay["guidance"].strip() for overlay in overlays),
        form=Form.model_validate(form),
    )


def in_form_of(name: str, channel_crew: str, roles: tuple[str, ...] = _SERVICE) -> CrewDefinition:
    """The crew ``name`` answering on the channel of another: its own words, the channel's form."""
    own, channel = crew(name, roles), crew(channel_crew)
    if name != INTERNAL:
        return own.model_copy(update={"form": channel.form, "guidance": channel.guidance})
    most = min(own.form.max_characters, channel.form.carries or own.form.max_characters)
    return own.model_copy(update={"form": channel.form.model_copy(update={"max_characters": most})})


@lru_cache
def _read(folder: str, file: str) -> dict[str, Any]:
    path = resources.files(__package__) / "definitions" / folder / f"{file}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8"))
