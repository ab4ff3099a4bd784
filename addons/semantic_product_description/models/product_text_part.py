from odoo import models


class ProductTextPart(models.AbstractModel):
    """A record whose name stands in the text of products: a new name makes their text old."""

    _name = "ai.product.text.part.mixin"
    _description = "Part of the Products' Text"

    def _described_products(self):
        """The products in whose text these records' names stand, archived ones too; with sudo."""
        raise NotImplementedError

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self._described_products()._index_mark()
        return result

    def update_field_translations(self, field_name, translations, source_lang=""):
        result = super().update_field_translations(field_name, translations, source_lang)
        if field_name == "name":
            self._described_products()._index_mark()
        return result
