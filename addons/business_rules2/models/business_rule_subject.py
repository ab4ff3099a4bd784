from odoo import models

SCOPED = ("business.rule", "business.temporary.rule", "business.delivery.rule")
"""Models of the rules that may be limited to products and categories."""


class BusinessRuleSubject(models.AbstractModel):
    """What rules may be limited to: its name is part of what the rules say."""

    _name = "business.rule.subject.mixin"
    _description = "Subject of Business Rules"

    def write(self, vals):
        result = super().write(vals)
        if "name" in vals:
            self._mark_rules()
        return result

    def update_field_translations(self, field_name, translations, source_lang=""):
        result = super().update_field_translations(field_name, translations, source_lang)
        if field_name == "name":
            self._mark_rules()
        return result

    def _rules_field(self):
        """Name of the rules' field that refers to these records."""
        raise NotImplementedError

    def _mark_rules(self):
        limited = [(self._rules_field(), "in", self.ids)]
        for name in SCOPED:
            self.env[name].sudo().search(limited)._index_mark()
