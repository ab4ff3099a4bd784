"""A model that exists only in tests: the smallest user of the knowledge mixin."""

from odoo import fields, models
from odoo.orm.model_classes import add_to_registry

NAME = "ai.test.note"


def add_note_model(case):
    """Put ``ai.test.note`` into the registry until the test class is done."""

    class AiTestNote(models.Model):
        _name = NAME
        _description = "Note of the tests"
        _inherit = ["ai.index.mixin"]
        _module = "company_services"

        name = fields.Char()
        text = fields.Text()
        color = fields.Integer()
        secret = fields.Boolean()
        active = fields.Boolean(default=True)
        company_id = fields.Many2one("res.company")

        def _index_collection(self):
            return "notes"

        def _index_text(self):
            return self.text

        def _index_title(self):
            return self.name or ""

        def _index_wanted(self):
            return not self.secret

        def _index_relevant_fields(self):
            return {"name", "text", "secret"}

    # The class must not be found when a registry is loaded anew in the same process.
    models.MetaModel._module_to_models__["company_services"].remove(AiTestNote)
    registry = case.registry
    add_to_registry(registry, AiTestNote)
    registry._setup_models__(case.cr, [NAME])
    registry.init_models(case.cr, [NAME], {"module": "company_services"})
    case.addClassCleanup(_remove, registry)
    case.env.invalidate_all()


def _remove(registry):
    model = registry.models.pop(NAME)
    for parent in registry.values():
        parent._inherit_children.discard(NAME)
    with registry.cursor() as cr:
        registry._setup_models__(cr)
    return model
