"""What every model on the wire is made of, and how it is written to the wire."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

CONTRACT_VERSION = 1
"""Raised when a change is not backward compatible; both sides refuse another number."""

CollectionType = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
"""Kind of knowledge, the second half of a collection's name ``{account_id}_{collection_type}``."""

AccountId = Annotated[int, Field(gt=0)]


class Contract(BaseModel):
    """Base of every model on the wire."""

    # Validation errors are logged; the input they would quote is customers' text.
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def dump_json(contract: Contract) -> str:
    """Serialise for the wire, secrets in clear. The only place that reveals them."""

    def reveal(value: Any) -> Any:
        match value:
            case SecretStr():
                return value.get_secret_value()
            case dict():
                return {key: reveal(item) for key, item in value.items()}
            case list() | tuple():
                return [reveal(item) for item in value]
            case set() | frozenset():
                return sorted(reveal(item) for item in value)
            case datetime() | date():
                return value.isoformat()
            case Decimal():
                return str(value)
            case _:
                return value

    return json.dumps(reveal(contract.model_dump()), ensure_ascii=False)
