"""What must not outlive the addon."""

import logging

from odoo import api
from odoo.exceptions import UserError

from agent_runtime.client import RuntimeClientError

from .stores.mongodb import StoreError

_logger = logging.getLogger(__name__)


def uninstall_hook(env: api.Environment) -> None:
    """Revoke the agents' keys, then withdraw documents and knowledge as far as stores answer.

    An uninstallation cannot wait for a store that is down, so what could not be withdrawn is
    named in the log with what to do about it. The keys are revoked in any case.
    """
    tenants = env["ai.tenant"].with_context(active_test=False).search([])
    tenants._revoke_agent_keys()
    tenants.agent_user_id.active = False
    # Under both numbers while a move is under way.
    accounts = [
        (tenant, number)
        for tenant in tenants
        for number in (tenant.account_id, tenant.leaving_account_id, tenant.moving_to)
        if number
    ]
    _withdraw_documents([(t, number) for t, number in accounts if t.config_version])
    _withdraw_knowledge([(t, number) for t, number in accounts if t.knowledge_ids])


def _withdraw_documents(accounts) -> None:
    trouble = None
    for tenant, number in accounts:
        try:
            # One time-out is enough to know that the store is down.
            if trouble is None:
                tenant._tenant_store().withdraw(number, tenant._database_origin())
        except (StoreError, UserError) as error:
            trouble = error
        if trouble is not None:
            _logger.warning(
                "The configuration of account %s stays in MongoDB (%s): delete database acct_%s",
                number,
                trouble,
                number,
            )


def _withdraw_knowledge(accounts) -> None:
    trouble = None
    for tenant, number in accounts:
        left = tenant.knowledge_ids.grouped("collection")
        try:
            if trouble is None:
                left = tenant._purge(tenant._account_request(number))
        except (RuntimeClientError, UserError) as error:
            trouble = error
        for collection in left:
            _logger.warning(
                "Knowledge of account %s stays in the store (%s): delete collection %s_%s",
                number,
                trouble or "it was not removed",
                number,
                collection,
            )
