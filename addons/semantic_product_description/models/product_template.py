from odoo import fields, models

from ..tools import product_text

DESCRIPTIVE_FIELDS = frozenset({"semantic_description", "key_features", "use_cases"})


class ProductTemplate(models.Model):
    """What a product is told about to customers, in words made for being found."""

    _inherit = "product.template"

    visible_in_ai = fields.Boolean(
        string="Visible to the AI",
        default=True,
        tracking=True,
        help="On: agents may find and offer the product, provided it can be sold.",
    )
    semantic_description = fields.Text(
        string="Description for the AI",
        help="What it is, for whom and for what, in the words customers use.",
    )
    key_features = fields.Text(help="One to a line.")
    use_cases = fields.Text(help="When and for what customers need it. One to a line.")
    semantic_description_verified = fields.Boolean(
        string="Verified by a Person",
        tracking=True,
        copy=False,
        help="Somebody has read the description. Changing it takes the mark away.",
    )

    def write(self, vals):
        verified = "semantic_description_verified"
        if verified in vals or DESCRIPTIVE_FIELDS.isdisjoint(vals):
            return super().write(vals)
        changed = self.filtered(lambda product: product._describes_differently(vals))
        result = super().write(vals)
        changed.filtered(verified).write({verified: False})
        return result

    def _describes_differently(self, vals):
        return any(
            name in vals and (vals[name] or False) != self[name] for name in DESCRIPTIVE_FIELDS
        )

    def action_suggest_description(self):
        """Fill empty descriptions from what the products already say. Overwrites nothing."""
        empty = self.filtered(lambda product: not product.semantic_description)
        filled = 0
        for product in empty:
            suggestion = product._suggested_description()
            if suggestion:
                product.semantic_description = suggestion
                filled += 1
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if filled else "warning",
                "message": self._suggestion_message(filled),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _suggestion_message(self, filled):
        if filled:
            return self.env._(
                "%(filled)s of %(total)s descriptions filled in. Please read and verify them.",
                filled=filled,
                total=len(self),
            )
        return self.env._(
            "Nothing to suggest: the products have a description already, or neither a sales "
            "description nor attributes to make one of."
        )

    def action_verify_description(self):
        """Note that a person has read the descriptions; empty ones cannot be verified."""
        self.filtered("semantic_description").semantic_description_verified = True

    def _attribute_pairs(self):
        return [
            (line.attribute_id.name, line.value_ids.mapped("name"))
            for line in self.attribute_line_ids
        ]

    def _suggested_description(self):
        self.ensure_one()
        return product_text.suggested_description(
            name=self.name,
            category=self.categ_id.name,
            sales_text=self.description_sale,
            attributes=self._attribute_pairs(),
        )
