"""The model of a turn: the built-in one, an OpenAI-compatible endpoint, or a CrewAI provider."""

from __future__ import annotations

from crewai import LLM
from crewai.llms.base_llm import BaseLLM
from pydantic import SecretStr

from ..contracts import ModelAccess
from ..settings import GROUNDED, Settings
from .grounded import GroundedLLM
from .metered import ModelDown

RETRIES = 0
"""Of the provider's own client, which would sleep as long as the provider likes; see
:class:`.metered.MeteredLLM`."""

NO_KEY = "none"
"""Sent to endpoints that ask for no key; their clients insist on some text."""


def installation(settings: Settings) -> ModelAccess:
    """The model of turns that bring none of their own."""
    return ModelAccess(
        model=settings.model,
        base_url=settings.model_base_url,
        api_key=settings.model_api_key,
        vision=settings.model_vision,
        transcription=settings.model_transcription,
    )


def open_model(model: ModelAccess, seconds: float) -> BaseLLM:
    """A fresh model, whose calls give up after ``seconds``.

    With a base URL any OpenAI-compatible endpoint is spoken to, under the name after an
    ``openai/`` prefix; without one, CrewAI's own providers by ``provider/model``. Raises
    :class:`.metered.ModelDown` when the provider's library is not installed, or refuses its
    settings: its words may hold the key, so only the class of its error is told.
    """
    if model.model == GROUNDED:
        return GroundedLLM()
    options = {"temperature": 0.0, "timeout": seconds, "max_retries": RETRIES}
    try:
        if model.base_url:
            return LLM(
                model=model.model.removeprefix("openai/"),
                custom_openai=True,
                base_url=model.base_url,
                api_key=reveal(model.api_key) or NO_KEY,
                **options,
            )
        return LLM(model=model.model, api_key=reveal(model.api_key), **options)
    except ImportError as error:
        raise ModelDown("its provider is not installed with the runtime") from error
    except Exception as error:
        raise ModelDown(type(error).__name__) from error


def trouble(settings: Settings) -> str | None:
    """Why the installation's model cannot be opened, ``None`` when it can. Calls nobody."""
    try:
        open_model(installation(settings), seconds=1)
    except ModelDown as error:
        return f"{settings.model} cannot be used: {error}"
    return None


def reveal(key: SecretStr | None) -> str | None:
    """A key in clear, for the one header it is sent in."""
    return key.get_secret_value() if key else None
