"""The first system's configuration object: what it may hold. Plain, without a database."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from agent_runtime.contracts import CUSTOMER_CREWS, Channel, crew_named

from ..tools.web_address import parts_of

MASKED = "********"
"""Stands for a secret in every answer, whatever the secret; sent back, it changes nothing."""
MOST_CONTEXT = 100
MOST_RULES = 200
LONGEST = 500
"""Characters of a secret, an address or a name."""


def _crew(name: str) -> str:
    if crew_named(name) not in CUSTOMER_CREWS:
        crews = ", ".join(CUSTOMER_CREWS)
        raise ValueError(f"No crew of this name answers customers. Those that do are: {crews}.")
    return name


def _default_crew(name: str) -> str:
    return _crew(name) if name else name


def _address(url: str) -> str:
    if parts_of(url) is None:
        raise ValueError(
            "The address may consist of https:// or http://, host, port and path only."
        )
    return url


def _printable(secret: str) -> str:
    if not (secret.isascii() and secret.isprintable()) or " " in secret:
        raise ValueError("A token has no blanks and no letters beyond ASCII.")
    return secret


Crew = Annotated[str, Field(max_length=64), AfterValidator(_crew)]
DefaultCrew = Annotated[str, Field(max_length=64), AfterValidator(_default_crew)]
Address = Annotated[str, Field(max_length=LONGEST), AfterValidator(_address)]
Token = Annotated[str, Field(max_length=LONGEST), AfterValidator(_printable)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SeedRule(_Part):
    """The crew for a channel."""

    channel: Channel
    crew: Crew


class SeedRouting(_Part):
    """``default_crew`` empty: each channel's own crew."""

    default_crew: DefaultCrew = ""
    rules: Annotated[list[SeedRule], Field(max_length=MOST_RULES)] = []


class SeedConfig(_Part):
    """Any part of the object; ``model_fields_set`` tells which keys were given."""

    DEBUG: bool = False
    CHATWOOT_API_URL: Address = "https://chatwoot.invalid"
    CHATWOOT_API_ACCESS_TOKEN: Token = ""
    CHATWOOT_WEBHOOK_SECRET: Token = ""
    MCP_CREW_API_URL: Annotated[str, Field(max_length=LONGEST)] = ""
    MCP_CREW_API_KEY: Annotated[str, Field(max_length=LONGEST)] = ""
    MCP_CREW_DECISION_ENGINE_URL: Annotated[str, Field(max_length=LONGEST)] = ""
    MAX_CONTEXT_MESSAGES: Annotated[int, Field(ge=0, le=MOST_CONTEXT)] = 10
    ROUTING_RULES: SeedRouting = SeedRouting()


class Unfit(Exception):
    """The object cannot be taken over; ``errors`` as the caller reads them."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__(", ".join(error["field"] for error in errors))
        self.errors = errors


def parse(body: bytes) -> SeedConfig:
    """The object in a request's body.

    Raises :class:`Unfit` with one ``{"field", "message"}`` for each thing wrong; a message never
    repeats the value, which may be a secret.
    """
    try:
        return SeedConfig.model_validate_json(body)
    except ValidationError as error:
        raise Unfit([_told(each) for each in error.errors(include_url=False)]) from None


def _told(error) -> dict[str, str]:
    if error["type"] == "extra_forbidden":
        message = "Unknown key."
    elif error["type"] == "value_error":
        message = str(error["ctx"]["error"])
    elif error["type"] == "json_invalid":
        message = "The body is no valid JSON."
    else:
        message = f"{error['msg']}."
    return {"field": field_name(error["loc"]), "message": message}


def field_name(place: tuple[str | int, ...]) -> str:
    """``ROUTING_RULES.rules[1].crew`` for ``("ROUTING_RULES", "rules", 1, "crew")``."""
    name = ""
    for step in place:
        name += f"[{step}]" if isinstance(step, int) else f".{step}" if name else step
    return name
