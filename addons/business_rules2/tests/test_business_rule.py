from agent_runtime.contracts import Channel, RuleKind

from .common import BusinessRulesCase


class TestBusinessRule(BusinessRulesCase):
    def test_contract_carries_every_field_for_customers(self):
        whatsapp = self.env.ref("business_rules2.channel_whatsapp")
        rule = self._rule(
            self.tenant_7, "Delivery", kind="delivery", sequence=3, channel_ids=whatsapp.ids
        )
        contract = rule._to_contract()
        self.assertEqual(contract.key, f"business.rule,{rule.id}")
        self.assertIs(contract.kind, RuleKind.DELIVERY)
        self.assertEqual((contract.name, contract.text), ("Delivery", "Delivery."))
        self.assertEqual(contract.priority, 3)
        self.assertEqual(contract.channels, {Channel.WHATSAPP})
        self.assertFalse(contract.temporary)

    def test_internal_note_is_in_no_contract(self):
        rule = self._rule(self.tenant_7, internal_note="the supplier is late")
        self.assertNotIn("supplier", rule._to_contract().model_dump_json())

    def test_every_subject_is_in_the_vocabulary(self):
        for model in ("business.rule", "business.temporary.rule"):
            for kind, _label in self.env[model]._fields["kind"].selection:
                self.assertEqual(RuleKind(kind).value, kind)

    def test_channels_are_those_of_the_vocabulary(self):
        codes = self.env["business.channel"].search([]).mapped("code")
        self.assertEqual(sorted(codes), sorted(channel.value for channel in Channel))
