"""How the assistant would speak, while the settings are still being edited."""

import logging
from datetime import UTC, datetime

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from pydantic import ValidationError as ContractError

from agent_runtime.client import RuntimeBusy, RuntimeRefused, RuntimeUnavailable
from agent_runtime.contracts import PreviewRequest, TenantConfig

from ..tools import runtime
from .ai_tenant_profile import INHERITED

_logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 4
PLACEHOLDER_ACCOUNT = 1
"""For a company without number yet; a preview reads and writes no store."""


class AiTenant(models.Model):
    """Live preview of the tenant's voice."""

    _inherit = "ai.tenant"

    @api.model
    def preview_voice(self, tenant_id, values, question=None, customer_name=None):
        """What a customer would read with these settings. Writes nothing, locks nothing.

        :param tenant_id: id of the tenant that is edited, ``False`` for one not yet created
        :param dict values: unsaved values of the form, as for ``write`` or ``create``
        :param question: a customer's sample question, or ours
        :param customer_name: name of the sample customer, or ours
        :return: what the customer says (``hello``, ``question``, ``thanks``, ``customer_name``)
            and is answered (``greeting``, ``answer``, ``farewell``; ``closed`` while the company
            is closed, where it does not answer then), or else ``problem``: what stands in the way
            and what to do about it
        """
        tenant = self.browse(tenant_id or ())
        tenant.check_access("read")
        draft = self._preview_draft(tenant, values)
        customer = self._preview_customer(draft.lang, question, customer_name)
        try:
            request = PreviewRequest(
                config=self._preview_config(draft),
                question=customer["question"],
                customer_name=customer["customer_name"],
                rules=tuple(draft._runtime_rules(datetime.now(UTC), customer_tags=())),
            )
            heard = runtime.client(timeout=TIMEOUT_SECONDS).preview(request)
            return {**customer, **heard.model_dump()}
        except UserError as error:
            return {"problem": str(error)}
        except ContractError as error:
            return {"problem": self._preview_unfit_message(error)}
        except RuntimeBusy:
            return {"problem": self.env._("The assistant is busy. Try again in a moment.")}
        except RuntimeUnavailable as error:
            _logger.info("No preview: %s", error)
            return {
                "problem": self.env._(
                    "The assistant does not answer at the moment, so there is no preview. You "
                    "can go on editing and save. If this lasts, ask whoever runs the server to "
                    "check that the agent runtime is running."
                )
            }
        except RuntimeRefused as error:
            _logger.warning("The agent runtime refuses a preview: %s", error)
            return {
                "problem": self.env._(
                    "The assistant refused the preview (%s). Whoever runs the server should "
                    "check that Odoo and the agent runtime have the same version and token.",
                    error,
                )
            }

    def _runtime_rules(self, moment, channel=None, customer_tags=None, include_upcoming=False):
        """The rules that hold for this tenant; whoever keeps rules says them here.

        :rtype: list[agent_runtime.contracts.Rule]
        """
        return []

    def _preview_customer(self, lang, question, customer_name) -> dict[str, str]:
        """What a customer in the tenant's language says to the assistant."""
        env = self.with_context(lang=lang).env
        return {
            "customer_name": (customer_name or "").strip() or env._("Mary"),
            "hello": env._("Hello!"),
            "question": (question or "").strip() or env._("Are you open on Saturday?"),
            "thanks": env._("Thank you, bye!"),
        }

    def _preview_draft(self, tenant, values):
        """A record that only lives in memory, with the form's values over the saved ones."""
        known = self._publish_relevant_fields() | {*INHERITED, "contact_ids", "company_id"}
        # An emptied field of the profile shows again what it inherits.
        kept = {
            name: value
            for name, value in values.items()
            if name in known and (value or name not in INHERITED)
        }
        kept["profile_overrides"] = {
            name: value
            for name, value in (tenant.profile_overrides or {}).items()
            if values.get(name, True)
        }
        if tenant:
            kept.pop("company_id", None)
        else:
            kept = {**self.default_get([*known]), **kept}
        draft = self.new(kept, origin=tenant or None)
        # The browser names these records; nobody may hear of a company that is not theirs.
        draft.company_id.check_access("read")
        draft.contact_ids._origin.check_access("read")
        calendar_company = draft.resource_calendar_id.company_id
        if calendar_company and calendar_company != draft.company_id:
            raise AccessError(self.env._("These opening hours belong to another company."))
        return draft

    def _preview_config(self, draft) -> TenantConfig:
        draft.account_id = max(draft.account_id, PLACEHOLDER_ACCOUNT)
        # A line that is still empty is left out of the document; a wrong one is named.
        draft.contact_ids.filtered("value")._check_value()
        return draft._published_config(1, datetime.now(UTC))

    def _preview_unfit_message(self, error: ContractError) -> str:
        names = ", ".join(sorted({str(detail["loc"][-1]) for detail in error.errors()}))
        return self.env._("These settings are not complete yet (%s).", names)
