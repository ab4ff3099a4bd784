"""Real MCP servers and stores for the accounts 7 and 8, as a turn meets them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agent_runtime.contracts import KnowledgeItem, KnowledgeUpsert, TenantConfig
from agent_runtime.knowledge.service import KnowledgeService
from agent_runtime.settings import Settings
from agent_runtime.tools.toolbox import ToolboxFactory

from .word_embedder import WordEmbedder


def settings(folder: Path, mongodb_url: str | None = None) -> Settings:
    """Settings of a runtime whose state lives in ``folder``."""
    return Settings.from_environ(
        {
            "AGENT_RUNTIME_TOKEN": "t" * 32,
            "AGENT_RUNTIME_STATE_DIR": str(folder),
            "MONGODB_URL": mongodb_url or "",
            "AGENT_RUNTIME_MONGODB_MCP": shutil.which("mongodb-mcp-server") or "",
            "AGENT_RUNTIME_ODOO_MCP": str(Path(sys.executable).parent / "odoo-mcp"),
        }
    )


@asynccontextmanager
async def toolboxes(
    folder: Path, mongodb_url: str | None = None
) -> AsyncIterator[tuple[ToolboxFactory, KnowledgeService]]:
    """A started factory on the embedded store, closed in the end."""
    knowledge = KnowledgeService(settings(folder, mongodb_url), WordEmbedder())
    factory = ToolboxFactory(settings(folder, mongodb_url), knowledge)
    await factory.start()
    await factory.warm()
    try:
        yield factory, knowledge
    finally:
        await factory.close()
        await knowledge.close()


def configuration(account_id: int, version: int = 1, **more: Any) -> dict[str, Any]:
    """A published document of an account, without its ``_id``."""
    config = TenantConfig(
        account_id=account_id,
        owner=f"db-{account_id}",
        version=version,
        published_at=datetime(2026, 1, 5, tzinfo=UTC),
        content_hash="h",
        language="pt_BR",
        currency="BRL",
        company={"name": f"Empresa {account_id}"},
        voice={},
        hours={"timezone": "America/Sao_Paulo"},
        services={"sales": True, "support": True},
    )
    return config.model_dump(mode="json") | more


async def learn(
    knowledge: KnowledgeService, account_id: int, collection: str, model: str, texts: dict
) -> None:
    """Index ``{record id: (title, text)}`` for an account."""
    items = tuple(
        KnowledgeItem(model=model, record_id=key, title=title, text=text, content_hash=text)
        for key, (title, text) in texts.items()
    )
    await knowledge.upsert(
        KnowledgeUpsert(
            account_id=account_id, collection=collection, origin=f"db-{account_id}", items=items
        )
    )
