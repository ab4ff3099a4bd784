"""``POST /v1/decide``: the configuration to decide by, then the decision."""

from __future__ import annotations

import asyncio

from starlette.exceptions import HTTPException

from ..contracts import Decided, DecideRequest
from ..engine.dry_run import dry_run
from ..mcp.errors import McpError
from ..tools.company import CompanyReader, ConfigMissing


async def decide(request: DecideRequest, companies: CompanyReader | None) -> Decided:
    """Decide by the request's configuration or by the account's published one.

    Raises ``HTTPException``: 422 for another account's configuration, 404 when none is published,
    503 when it cannot be read.
    """
    if request.config is not None:
        if request.config.account_id != request.account_id:
            raise HTTPException(422, "the configuration is another account's")
        return await asyncio.to_thread(dry_run, request, request.config)
    if companies is None:
        raise HTTPException(503, "MONGODB_URL is not set, so no configuration can be read")
    try:
        config = await companies.latest(request.account_id)
    except ConfigMissing as error:
        raise HTTPException(404, str(error)) from None
    except McpError as error:
        raise HTTPException(503, str(error)) from error
    return await asyncio.to_thread(dry_run, request, config)
