"""Reading requests and writing answers: bearer, size, contract."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..contracts import Contract, dump_json

MAX_BODY = 5 * 1024 * 1024

Body = TypeVar("Body", bound=Contract)

_log = logging.getLogger(__name__)


def authorise(request: Request, callers: Mapping[str, str]) -> str:
    """The caller's name. Raises 401 unless the request carries a caller's token.

    ``callers`` are tokens by name. Whoever posts is named in the log.
    """
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    # All are compared, whichever it is: the time taken tells nothing.
    right = [
        name
        for name, token in callers.items()
        if hmac.compare_digest(given.encode(), token.encode())
    ]
    if scheme.lower() != "bearer" or not right:
        raise HTTPException(401, "wrong or missing token")
    if request.method == "POST":
        _log.info("called", extra={"caller": right[0], "path": request.url.path})
    return right[0]


async def read(request: Request, contract: type[Body]) -> Body:
    """The body as a contract. Raises 413, 400 for what is no JSON, 422 for another contract."""
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > MAX_BODY:
        raise HTTPException(413, f"the body may have {MAX_BODY} bytes")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise HTTPException(413, f"the body may have {MAX_BODY} bytes")
    try:
        return contract.model_validate_json(bytes(body))
    except ValidationError as error:
        raise _refusal(error, contract) from None


def answer(contract: Contract, status: int = 200) -> Response:
    """A contract as the response."""
    return Response(dump_json(contract), status, media_type="application/json")


async def on_error(_request: Request, error: Exception) -> Response:
    """Refusals as ``{"error": …}``."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else "internal error"
    headers = error.headers if isinstance(error, HTTPException) else None
    return JSONResponse({"error": detail}, status, headers=headers)


def _refusal(error: ValidationError, contract: type[Contract]) -> HTTPException:
    """Names the fields and never their values, which may be anybody's words."""
    items = error.errors(include_input=False, include_url=False, include_context=False)
    if any(item["type"] == "json_invalid" for item in items):
        return HTTPException(400, "the body is no JSON")
    fields = "; ".join(f"{'.'.join(map(str, i['loc']))}: {i['msg']}" for i in items[:10])
    return HTTPException(422, f"not a {contract.__name__}: {fields}")
