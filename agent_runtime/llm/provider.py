"""The model of a turn: the built-in one, an OpenAI-compatible endpoint, or a CrewAI provider."""

from __future__ import annotations

from crewai import LLM
from crewai.llms.base_llm import BaseLLM
from pydantic import SecretStr

from ..contracts import ModelAccess
from ..settings import GROUNDED, Settings
from .grounded import GroundedLLM
from .metered import Budget, MeteredLLM

RETRIES = 0
"""Of the provider's own client, which would sleep as long as the provider likes; see
:class:`.metered.MeteredLLM`."""

SHARE = 0.45
"""Of a turn's time that one try of a call may take, so that two tries fit in."""

NO_KEY = "none"
"""Sent to endpoints that ask for no key; their clients insist on some text."""


def access(requested: ModelAccess | None, settings: Settings) -> ModelAccess:
    """The tenant's model, else the installation's."""
    return requested or ModelAccess(
        model=settings.model, base_url=settings.model_base_url, api_key=settings.model_api_key
    )


def for_turn(model: ModelAccess, settings: Settings, deadline: float) -> BaseLLM:
    """A fresh model for a turn of ``deadline`` seconds, within the installation's limits.

    Raises as :func:`open_model`."""
    opened = open_model(model, min(settings.model_timeout, SHARE * deadline))
    if isinstance(opened, GroundedLLM):
        return opened
    return MeteredLLM(opened, Budget(settings.max_model_calls, settings.max_model_tokens))


def open_model(model: ModelAccess, seconds: float) -> BaseLLM:
    """A fresh model, whose calls give up after ``seconds``.

    With a base URL any OpenAI-compatible endpoint is spoken to, under the name after an
    ``openai/`` prefix; without one, CrewAI's own providers by ``provider/model``. Raises
    ``ImportError`` for a provider that is not installed.
    """
    if model.model == GROUNDED:
        return GroundedLLM()
    options = {"temperature": 0.0, "timeout": seconds, "max_retries": RETRIES}
    if model.base_url:
        return LLM(
            model=model.model.removeprefix("openai/"),
            custom_openai=True,
            base_url=model.base_url,
            api_key=_reveal(model.api_key) or NO_KEY,
            **options,
        )
    return LLM(model=model.model, api_key=_reveal(model.api_key), **options)


def trouble(settings: Settings) -> str | None:
    """Why the installation's model cannot be opened, ``None`` when it can. Calls nobody.

    The words of a provider's error may hold the key, so only its class is told.
    """
    try:
        open_model(access(None, settings), seconds=1)
    except Exception as error:
        return f"{settings.model} cannot be used: {type(error).__name__}"
    return None


def _reveal(key: SecretStr | None) -> str | None:
    return key.get_secret_value() if key else None
