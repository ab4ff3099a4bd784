from odoo import models

from ..tools import product_text


class ProductTemplate(models.Model):
    """The product in the knowledge index: found there, read live before it is spoken of."""

    _name = "product.template"
    _inherit = ["product.template", "ai.index.mixin", "ai.company.bound.mixin"]

    def _index_collection(self):
        return "products"

    def _index_wanted(self):
        self.ensure_one()
        return self.visible_in_ai and self.sale_ok

    def _index_title(self):
        self.ensure_one()
        return self.name

    def _index_text(self):
        self.ensure_one()
        return product_text.index_text(
            name=self.name,
            code=self.default_code,
            category=self.categ_id.name,
            description=self.semantic_description or self.description_sale,
            features=self.key_features,
            uses=self.use_cases,
            attributes=self._attribute_pairs(),
        )

    def _index_attributes(self):
        self.ensure_one()
        return product_text.filterable(self._attribute_pairs())

    def _index_relevant_fields(self):
        return {
            "name",
            "default_code",
            "categ_id",
            "description_sale",
            "semantic_description",
            "key_features",
            "use_cases",
            "attribute_line_ids",
            "visible_in_ai",
            "sale_ok",
        }
