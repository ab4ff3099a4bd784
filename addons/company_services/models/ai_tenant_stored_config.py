"""Looking at the document that the store holds for the tenant now."""

from odoo import models
from odoo.exceptions import UserError

from ..stores import mongodb


class AiTenant(models.Model):
    """What is stored, beside what would be published."""

    _inherit = "ai.tenant"

    def _stored_document(self) -> dict | None:
        """The stored document or ``None``, whoever owns it; calls out for at most 5 seconds.

        Raises ``UserError`` with a remedy when the store cannot be read.
        """
        self.ensure_one()
        try:
            return self._tenant_store().stored(self.account_id)
        except mongodb.StoreError as error:
            raise UserError(self._unreadable_message(error)) from error

    def _unreadable_message(self, error: mongodb.StoreError) -> str:
        if isinstance(error, mongodb.StoreUnavailable):
            return self.env._(
                "MongoDB does not answer (%s). Check that it runs and that this server "
                "reaches it; the address is the server setting mongodb_url.",
                error,
            )
        return self.env._(
            "MongoDB refuses to be read (%s). Check the address, the user and its "
            "rights in the server setting mongodb_url.",
            error,
        )

    def action_view_stored_config(self):
        """Show what the store holds now and how it differs from what would be published."""
        self.ensure_one()
        self.check_access("read")
        viewer = self.env["ai.config.viewer"]._look(self.sudo())
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Published Configuration"),
            "res_model": viewer._name,
            "res_id": viewer.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }
