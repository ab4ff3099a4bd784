"""What only the server writes: an attribute of the web form keeps nobody out."""

from odoo import api, models
from odoo.exceptions import AccessError


class AiTenant(models.Model):
    """States, receipts, a move under way, the agent's user: facts, and orders to jobs.

    ``readonly=True`` only concerns forms. Over RPC a manager could otherwise have a job empty
    the stores of another company's account, or make another user the company's agent. So
    guided actions and jobs write these fields with ``sudo()``, and nobody else does.
    """

    _inherit = "ai.tenant"

    @api.model
    def _server_fields(self) -> dict[str, object]:
        """The stored read-only fields by name, each with what a new tenant has in it."""
        return {
            name: field.default(self) if field.default else False
            for name, field in self._fields.items()
            if field.readonly and field.column_type and field.store
            if not field.compute and name not in models.MAGIC_COLUMNS
        }

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su:
            return super().create(vals_list)
        # Given explicitly, because a context or a user's own defaults would fill them as well.
        fresh = self._server_fields()
        for vals in vals_list:
            self._refuse_server_fields(fresh, vals)
        return super().create([{**vals, **fresh} for vals in vals_list])

    def write(self, vals):
        if not self.env.su:
            self._refuse_server_fields(self._server_fields(), vals)
        return super().write(vals)

    @api.model
    def _refuse_server_fields(self, names, vals):
        refused = sorted(names & vals.keys())
        if refused:
            raise AccessError(
                self.env._(
                    "Only the server itself writes %s. Use the buttons of the form.",
                    ", ".join(refused),
                )
            )
