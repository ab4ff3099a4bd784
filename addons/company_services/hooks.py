"""What must not outlive the addon."""

import logging

from odoo import api
from odoo.exceptions import UserError

from agent_runtime.client import RuntimeClientError

from .stores.mongodb import StoreError
from .tools import runtime

_logger = logging.getLogger(__name__)


def uninstall_hook(env: api.Environment) -> None:
    """Revoke the agents' keys, then withdraw documents and knowledge as far as stores answer.

    An uninstallation cannot wait for a store that is down, so what could not be withdrawn is
    named in the log with what to do about it. The keys are revoked in any case.
    """
    tenants = env["ai.tenant"].with_context(active_test=False).search([])
    tenants._revoke_agent_keys()
    tenants.agent_user_id.active = False
    _withdraw_documents(tenants.filtered("config_version"))
    sent = ["|", ("points", ">", 0), ("state", "=", "indexing")]
    _withdraw_knowledge(env["ai.knowledge.binding"].search(sent))


def _withdraw_documents(tenants) -> None:
    trouble = None
    for tenant in tenants:
        try:
            # One time-out is enough to know that the store is down.
            if trouble is None:
                tenant._tenant_store().withdraw(tenant.account_id, tenant._database_origin())
        except (StoreError, UserError) as error:
            trouble = error
        if trouble is not None:
            _logger.warning(
                "The configuration of account %s stays in MongoDB (%s): delete database acct_%s",
                tenant.account_id,
                trouble,
                tenant.account_id,
            )


def _withdraw_knowledge(bindings) -> None:
    trouble = None
    for (tenant, collection), mine in bindings.grouped(
        lambda b: (b.tenant_id, b.collection)
    ).items():
        try:
            for start in range(0, len(mine) if trouble is None else 0, 100):
                batch = mine[start : start + 100]
                runtime.client().delete(batch._keys_request(tenant, collection))
        except (RuntimeClientError, UserError) as error:
            trouble = error
        if trouble is not None:
            _logger.warning(
                "Knowledge of account %s stays in the store (%s): delete collection %s_%s",
                tenant.account_id,
                trouble,
                tenant.account_id,
                collection,
            )
