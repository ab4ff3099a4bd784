"""The one way from a record's :class:`~..fields.Secret` field to its plain text."""

from __future__ import annotations

from odoo.models import BaseModel

from . import crypto


def reveal(record: BaseModel, name: str) -> str | None:
    """Plain text of field ``name`` of one record, ``None`` when empty.

    The column is read past the record cache and access rules, because the caller is server
    code that acts for the tenant (a job, a signature check), never a user's request for the
    value: no method reachable by RPC may return what this returns.
    """
    record.ensure_one()
    field = record._fields[name]
    if not getattr(field, "is_secret", False):
        raise TypeError(f"{record._name}.{name} is not a Secret field")
    sealed = field.sealed_value(record)
    return crypto.decrypt(sealed) if sealed else None
