"""Reading what a turn needs before the crew starts, all at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from ..contracts import EnabledServices, TenantConfig
from ..decision import quotation
from ..decision import vocabulary as v
from ..decision.door_hours import is_about_the_door
from ..decision.engine import Verdict
from ..decision.queries import document_queries, document_query, product_query, things
from ..evidence import Evidence
from .companions import find_products
from .ledger import Ledger
from .offers_evidence import priced_by_products
from .toolbox import Toolbox

DOCUMENTS = "search_documents"
PRODUCTS = "find_products"
THINGS = 4
"""Searched one by one."""
RULES = "search_rules"
OFFERED_PRODUCTS = "products_by_id"
_RULE_COLLECTIONS = {
    "business_rules": lambda services: True,
    "scheduling_rules": lambda services: services.scheduling,
    "delivery_rules": lambda services: services.delivery,
}

_log = logging.getLogger(__name__)


def offered(
    toolbox: Toolbox, allowed: frozenset[str], cross_sell: bool = False
) -> dict[str, Callable[[str], Awaitable[list[Evidence]]]]:
    """The searches among the tools that the turn's crew is allowed, by name."""
    searches = {
        DOCUMENTS: toolbox.search_documents,
        PRODUCTS: find_products(toolbox, cross_sell),
    }
    return {name: search for name, search in searches.items() if name in allowed}


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
    elsewhere = v.OPENING_HOURS in wanted and not is_about_the_door(question)
    if elsewhere or wanted & {v.POLICY, v.OTHER, v.PROMOTION, v.BOOKING, v.PRODUCT, v.SERVICE}:
        queries += [(DOCUMENTS, query) for query in document_queries(question)]
    if wanted & {v.PRODUCT, v.PROMOTION, v.OTHER} or quotation.is_wanted(latest):
        queries += [(PRODUCTS, query) for query in _product_queries(question, latest)]
    async with asyncio.TaskGroup() as group:
        for tool, query in queries:
            if query and tool in searches:
                group.create_task(_search(tool, searches[tool], query, ledger))


async def rule_scores(
    verdict: Verdict, toolbox: Toolbox, services: EnabledServices, ledger: Ledger
) -> dict[str, float]:
    """How well rules fit the question, by their keys; empty when the question is of other things.

    A failure costs the ranking and not the rules: they came with the request.
    """
    query = document_query(verdict.question)
    if not {v.POLICY, v.OTHER, v.PROMOTION, v.SERVICE, v.BOOKING} & set(verdict.decision.intents):
        return {}
    collections = [name for name, holds in _RULE_COLLECTIONS.items() if holds(services)]
    try:
        found = await toolbox.search_rules(query, collections)
    except Exception as error:
        ledger.failed(RULES, error)
        _log.warning("search failed", extra={"tool": RULES}, exc_info=True)
        return {}
    ledger.searched(RULES, query, ())
    return found


async def offered_products(
    verdict: Verdict, toolbox: Toolbox, config: TenantConfig, ledger: Ledger
) -> list[Evidence]:
    """The products that services of the catalogue take their price from, where one is asked."""
    ids = priced_by_products(config)
    asked = {v.PRODUCT, v.SERVICE, v.PROMOTION, v.ABOUT, v.OTHER}
    if not ids or not asked & set(verdict.decision.intents):
        return []
    try:
        return await toolbox.products_by_id(ids)
    except Exception as error:
        ledger.failed(OFFERED_PRODUCTS, error)
        _log.warning("search failed", extra={"tool": OFFERED_PRODUCTS}, exc_info=True)
        return []


def _product_queries(question: str, latest: str) -> list[str]:
    """What is named, and each thing by itself: together they crowd each other out of the
    results."""
    asked = things(question) if question == latest else []
    alone = [product_query(thing.text) for thing in asked[:THINGS]]
    return list(dict.fromkeys([product_query(question, latest), *alone]))


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
