from odoo.addons.company_services.tests.runtime_double import TOKEN
from odoo.addons.company_services.tests.test_voice_preview import PreviewDouble

from .common import BusinessRulesCase


class TestPreviewRules(BusinessRulesCase):
    def test_the_preview_knows_the_company_s_rules_and_no_other_s(self):
        double = self.enterContext(PreviewDouble())
        self.set_environment(AGENT_RUNTIME_URL=double.url, AGENT_RUNTIME_TOKEN=TOKEN)
        rule = self._rule(self.tenant_7)
        self._rule(self.tenant_7, visible_in_ai=False)
        self._rule(self.tenant_8)
        tenants = self.as_user(self.env["ai.tenant"], self.manager_7)
        heard = tenants.preview_voice(self.tenant_7.id, {"greeting": "Typed hello"})
        self.assertEqual(heard["greeting"], "Typed hello")
        [(_path, request)] = double.calls
        self.assertEqual([sent.key for sent in request.rules], [f"business.rule,{rule.id}"])
