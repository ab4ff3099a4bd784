"""How any addon gets a client for the agent runtime, whether embedded or external."""

from __future__ import annotations

from odoo.exceptions import UserError
from odoo.tools.translate import _lt

from agent_runtime.client import RuntimeClient

from .messages import translated
from .settings import setting

REQUEST_TIMEOUT_SECONDS = 10
_NOT_CONFIGURED = _lt(
    "The agent runtime is not available in this process. Either load the addon "
    "chatwoot_ai_connector server-wide (server_wide_modules in odoo.conf) so that Odoo starts "
    "the runtime itself, or set url and token in section [agent_runtime] of odoo.conf."
)
_NO_TOKEN = _lt(
    "The agent runtime's address is configured, but not its token. Set token in section "
    "[agent_runtime] of odoo.conf, or the environment variable AGENT_RUNTIME_TOKEN, to the same "
    "value as the runtime's."
)

_embedded: tuple[str, str] | None = None


class RuntimeNotConfigured(UserError):
    """Neither an address nor an embedded runtime is known; the message is the remedy."""


def set_embedded(url: str, token: str) -> None:
    """Make the embedded runtime known to this process and to those it forks later."""
    global _embedded
    _embedded = (url, token)


def endpoint() -> tuple[str, str]:
    """Address and token of the runtime: the configured one, else the embedded one."""
    url = setting("url")
    if url:
        token = setting("token")
        if not token:
            raise RuntimeNotConfigured(translated(_NO_TOKEN))
        return url, token
    if _embedded is None:
        raise RuntimeNotConfigured(translated(_NOT_CONFIGURED))
    return _embedded


def token() -> str:
    """The token shared with the runtime; also the key of the signature on its results."""
    return endpoint()[1]


def client(timeout: float = REQUEST_TIMEOUT_SECONDS) -> RuntimeClient:
    """A client for the runtime; calls time out after ``timeout`` seconds."""
    url, token = endpoint()
    return RuntimeClient(url, token, timeout=timeout)
