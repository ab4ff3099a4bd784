from odoo import api, models

AGENT_GROUP = "company_services.group_ai_agent"
RECORD_FIELDS = frozenset({"id", "display_name", "active", "create_date", "write_date"})


class AiAgentReadable(models.AbstractModel):
    """A model whose fields the agent's technical user reads by an explicit list.

    A field that is not on the list can neither be read nor be used in a search domain or an
    order by that user, so nothing can be guessed by asking for it. Fields that other addons add
    later (costs, suppliers, internal notes) stay closed until somebody lists them.
    """

    _name = "ai.agent.readable.mixin"
    _description = "Fields the AI Agent Reads"

    @api.model
    def _agent_fields(self):
        """Names of the fields the agent may read, besides :data:`RECORD_FIELDS`."""
        raise NotImplementedError

    @api.model
    def _has_field_access(self, field, operation):
        if not super()._has_field_access(field, operation):
            return False
        if self.env.su or not self.env.user.has_group(AGENT_GROUP):
            return True
        return operation == "read" and field.name in RECORD_FIELDS | self._agent_fields()
