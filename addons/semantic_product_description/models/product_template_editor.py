from odoo import api, models
from odoo.exceptions import AccessError

EDITOR_GROUP = "company_services.group_ai_editor"
MANAGER_GROUP = "product.group_product_manager"


class ProductTemplate(models.Model):
    """What an editor of the AI's knowledge may change of a product: what the AI is told.

    The access right to write a product knows no fields. Without this, whoever may describe
    products might also price them.
    """

    _inherit = "product.template"

    @api.model
    def _ai_editor_fields(self):
        """Names of the fields an editor who is no product manager may write."""
        return frozenset(
            {
                "visible_in_ai",
                "semantic_description",
                "key_features",
                "use_cases",
                "semantic_description_verified",
            }
        )

    @api.model
    def _has_field_access(self, field, operation):
        return super()._has_field_access(field, operation) and not (
            operation == "write" and self._closed_to_ai_editor(field)
        )

    @api.model
    def _check_field_access(self, field, operation):
        if operation == "write" and self._closed_to_ai_editor(field):
            raise AccessError(
                self.env._(
                    "Of a product you may change what the AI is told. "
                    "To change “%(field)s”, ask a product manager.",
                    field=field.get_description(self.env, ["string"])["string"],
                )
            )
        return super()._check_field_access(field, operation)

    @api.model
    def _closed_to_ai_editor(self, field):
        user = self.env.user
        return (
            not self.env.su
            and field.name not in self._ai_editor_fields()
            and user.has_group(EDITOR_GROUP)
            and not user.has_group(MANAGER_GROUP)
        )
