"""The tenant's published configuration, read through MCP-MongoDB and kept by version."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict

from pydantic import ValidationError

from ..contracts import TenantConfig
from ..mcp.mongodb import MongoMcp

_log = logging.getLogger(__name__)


class ConfigMissing(Exception):
    """Nothing usable is published for the account. The message says what to do."""


class CompanyReader:
    """Configurations of all accounts, each remembered until another version is asked for."""

    def __init__(self, mongo: MongoMcp) -> None:
        self._mongo = mongo
        self._known: dict[int, TenantConfig] = {}
        self._reading: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def read(self, account_id: int, version: int) -> TenantConfig:
        """The account's configuration, read anew unless the copy here is ``version``.

        The store may be behind Odoo for a moment (publication is a job): what it holds is then
        used. Raises :class:`ConfigMissing`.
        """
        async with self._reading[account_id]:
            known = self._known.get(account_id)
            if known is not None and known.version == version:
                return known
            return await self._read(account_id, version)

    async def latest(self, account_id: int) -> TenantConfig:
        """The account's configuration as it is stored now. Raises :class:`ConfigMissing`."""
        async with self._reading[account_id]:
            return await self._read(account_id, None)

    async def _read(self, account_id: int, version: int | None) -> TenantConfig:
        document = await self._mongo.configuration(account_id)
        if document is None:
            self._known.pop(account_id, None)
            raise ConfigMissing(
                f"no configuration is published for account {account_id}; "
                "publish it from the tenant's form in Odoo"
            )
        config = _parse(account_id, document)
        if version not in (None, config.version):
            _log.info(
                "account %d: configuration %d asked for, %d is stored",
                account_id,
                version,
                config.version,
            )
        self._known[account_id] = config
        return config


def _parse(account_id: int, document: dict) -> TenantConfig:
    values = {name: value for name, value in document.items() if name != "_id"}
    try:
        config = TenantConfig.model_validate(values)
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise ConfigMissing(
            f"the configuration published for account {account_id} does not fit ({fields}); "
            "publish it again from an Odoo of the same release"
        ) from None
    if config.account_id != account_id:
        raise ConfigMissing(f"the document of account {account_id} names another account")
    return config
