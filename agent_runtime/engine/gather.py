"""Reading what a turn needs before the crew starts, all at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from ..contracts import EnabledServices
from ..decision import vocabulary as v
from ..decision.engine import Verdict
from ..decision.queries import document_queries, product_query
from ..evidence import Evidence
from .ledger import Ledger
from .toolbox import Toolbox

DOCUMENTS = "search_documents"
PRODUCTS = "find_products"

_log = logging.getLogger(__name__)


def offered(
    toolbox: Toolbox, services: EnabledServices
) -> dict[str, Callable[[str], Awaitable[list[Evidence]]]]:
    """The searches of the services that the tenant has switched on, by tool name."""
    searches = {}
    if services.support:
        searches[DOCUMENTS] = toolbox.search_documents
    if services.sales:
        searches[PRODUCTS] = toolbox.find_products
    return searches


async def gather(
    verdict: Verdict,
    latest: str,
    searches: dict[str, Callable[[str], Awaitable[list[Evidence]]]],
    ledger: Ledger,
) -> None:
    """Make the searches that the intents call for, side by side, into the ledger.

    A search that fails is noted there and does not stop the others: hours need no product server.
    """
    question, wanted = verdict.question, set(verdict.decision.intents)
    queries: list[tuple[str, str]] = []
    if wanted & {v.POLICY, v.OTHER, v.PROMOTION}:
        queries += [(DOCUMENTS, query) for query in document_queries(question)]
    if wanted & {v.PRODUCT, v.PROMOTION, v.OTHER}:
        queries.append((PRODUCTS, product_query(question, latest)))
    async with asyncio.TaskGroup() as group:
        for tool, query in queries:
            if query and tool in searches:
                group.create_task(_search(tool, searches[tool], query, ledger))


async def _search(
    tool: str, search: Callable[[str], Awaitable[list[Evidence]]], query: str, ledger: Ledger
) -> None:
    try:
        found = await search(query)
    except Exception as error:
        ledger.failed(tool, error)
        _log.warning("search failed", extra={"tool": tool}, exc_info=True)
    else:
        ledger.searched(tool, query, found)
