"""The model of a turn: the built-in one, an OpenAI-compatible endpoint, or a CrewAI provider."""

from __future__ import annotations

import math
import os
from collections.abc import Callable

import httpx
from crewai import LLM
from crewai.llms.base_llm import BaseLLM
from crewai.llms.providers.openai.completion import OpenAICompletion
from pydantic import SecretStr

from .. import prices
from ..contracts import ModelAccess
from ..providers import ADDRESSES, NATIVE, provider_of
from ..settings import GROUNDED, Settings
from .endpoint import Bounded
from .grounded import GroundedLLM
from .metered import ModelDown

RETRIES = 0
"""Of the provider's own client, which would sleep as long as the provider likes; see
:class:`.metered.MeteredLLM`."""

NO_KEY = "none"
"""Sent where there is no key: clients insist on some text, or take the environment's."""


class Endpoint(OpenAICompletion):
    """An endpoint that speaks as OpenAI does."""

    def _build_async_client(self) -> None:
        """None: nobody calls it, and making one costs as much as a turn's decision."""


def installation(settings: Settings) -> ModelAccess:
    """The model of turns that bring none of their own, with what the environment has for it."""
    address, key = settings.model_base_url, settings.model_api_key
    provider = provider_of(settings.model)
    if not address and (provider in ADDRESSES or provider in NATIVE):
        address = os.environ.get("OPENAI_BASE_URL") if provider == "openai" else None
        known = os.environ.get(f"{provider.upper()}_API_KEY")
        key = key or (SecretStr(known) if known else None)
    return ModelAccess(
        model=settings.model,
        base_url=address,
        api_key=key,
        vision=settings.model_vision,
        transcription=settings.model_transcription,
    )


def open_model(
    access: ModelAccess, seconds: float, ends: float = math.inf, *, ours: bool = False
) -> BaseLLM:
    """A fresh model, whose calls give up after ``seconds``, and at the moment ``ends`` at last.

    With a base URL any OpenAI-compatible endpoint is spoken to, under the name after an
    ``openai/`` prefix; without one, the provider's own, by ``provider/model``. Only with
    ``ours``, the installation's, may it be one that takes the machine's credentials, hears
    what else clients take from its environment, or runs on it. Raises
    :class:`.metered.ModelDown` when the provider's library is not installed, or refuses its
    settings: its words may hold the key, so only the class of its error is told.
    """
    if access.model == GROUNDED:
        return GroundedLLM()
    provider = provider_of(access.model)
    address = access.base_url or ADDRESSES.get(provider)
    key, given = reveal(access.api_key) or NO_KEY, access.model.partition("/")[2]
    options = {"temperature": 0.0, "timeout": seconds, "max_retries": RETRIES}
    try:
        if address:
            told = None if ours else {"Authorization": f"Bearer {key}"}
            return Endpoint(
                # A broker's model may be called openai/… itself.
                model=access.model.removeprefix("openai/") if access.base_url else given,
                custom_openai=True,
                base_url=address,
                api_key=key,
                client_params={"http_client": _client(seconds, ends, told)},
                **options,
            )
        if provider in NATIVE:
            told = None if ours else {_KEY_HEADERS[provider]: key}
            # Of ours, the provider's client looks in the environment for another address.
            place = None if ours else NATIVE[provider]
            client = _client(seconds, ends, told)
            return _native(provider)(given, place, key, client, **options)
        if not ours:
            raise ModelDown("it needs an address")
        return LLM(model=access.model, api_key=reveal(access.api_key), **options)
    except ImportError as error:
        raise ModelDown("its provider is not installed with the runtime") from error
    except ModelDown:
        raise
    except Exception as error:
        raise ModelDown(type(error).__name__) from error


_KEY_HEADERS = {"anthropic": "x-api-key", "gemini": "x-goog-api-key"}


def _client(seconds: float, ends: float, told: dict[str, str] | None) -> httpx.Client:
    return httpx.Client(transport=Bounded(seconds, ends, told), trust_env=False)


def _native(provider: str) -> Callable[..., BaseLLM]:
    """What opens the provider's models. Their libraries are imported here, by the first turn that
    needs them: Google's takes 40 MB and a second."""
    if provider == "anthropic":
        from . import claude

        return claude.open_claude
    from . import gemini

    return gemini.open_gemini


def trouble(settings: Settings) -> str | None:
    """What is wrong with the installation's model or prices, ``None``: nothing. Calls nobody."""
    try:
        open_model(installation(settings), seconds=1, ours=True)
    except ModelDown as error:
        return f"{settings.model} cannot be used: {error}"
    if strange := prices.read(settings.model_prices)[1]:
        return f"AGENT_RUNTIME_MODEL_PRICES is not understood at “{strange[0]}”"
    return None


def reveal(key: SecretStr | None) -> str | None:
    """A key in clear, for the one header it is sent in."""
    return key.get_secret_value() if key else None
