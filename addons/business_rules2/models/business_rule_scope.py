from odoo import fields, models


class BusinessProductScope(models.AbstractModel):
    """A rule that may be limited to products, or to categories with all below them."""

    _name = "business.product.scope.mixin"
    _description = "Business Rule (product scope)"
    _inherit = ["business.rule.mixin"]

    # "restrict", and archived products too: without its last product a promotion for one
    # would hold for all.
    product_ids = fields.Many2many(
        "product.template",
        string="Only for Products",
        ondelete="restrict",
        check_company=True,
        context={"active_test": False},
        help="Limits the rule to these products and those of the categories. Leave both empty "
        "for every product.",
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Only for Categories",
        ondelete="restrict",
        help="Limits the rule to products of these categories and of those below them.",
    )

    def _contract_values(self):
        return {
            **super()._contract_values(),
            "products": frozenset(self.product_ids.ids),
            "product_categories": frozenset(self._categories_with_children().ids),
            "scope": self._scope(),
        }

    def _categories_with_children(self):
        # Level by level, read for all rules at hand at once: a search would be one for each.
        found = level = self.category_ids
        while level := level.child_id - found:
            found |= level
        return found

    def _scope(self):
        """The limit to products as a phrase for customers; ``None`` without one."""
        names = (self.category_ids.mapped("name")) + self.product_ids.mapped("name")
        return self.env._("Only for: %s", ", ".join(names)) if names else None

    def _index_text(self):
        return "\n".join(filter(None, [super()._index_text(), self._scope()]))

    def _index_relevant_fields(self):
        return super()._index_relevant_fields() | {"product_ids", "category_ids"}
