"""Who makes language models, and where they are called when a tenant names no address. Pure."""

from __future__ import annotations

from typing import Final

ADDRESSES: Final = {
    "openai": "https://api.openai.com/v1",
    "openrouter": "https://openrouter.ai/api/v1",
    "deepseek": "https://api.deepseek.com/v1",
    "cerebras": "https://api.cerebras.ai/v1",
    "dashscope": "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    "deepinfra": "https://api.deepinfra.com/v1/openai",
}
"""Of providers that speak as OpenAI does."""

NATIVE: Final = {
    "anthropic": "https://api.anthropic.com",
    "gemini": "https://generativelanguage.googleapis.com",
}
"""Of providers with a language of their own that are called with a key alone. Others take the
machine's own credentials, or run on it: those are the installation's, never a tenant's."""


def provider_of(model: str) -> str:
    """``openai`` of ``openai/gpt-4o-mini``."""
    return model.partition("/")[0].lower()


def place_of(model: str, base_url: str | None) -> str | None:
    """Address that is sent a tenant's key and words; ``None``: the model needs one."""
    provider = provider_of(model)
    return base_url or ADDRESSES.get(provider) or NATIVE.get(provider)
