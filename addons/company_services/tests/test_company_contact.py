from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from agent_runtime.contracts import ContactPoint

from .common import CompanyServicesCase


@tagged("post_install", "-at_install")
class TestCompanyContact(CompanyServicesCase):
    def contact(self, tenant=None, **values):
        return self.env["ai.company.contact"].create(
            {
                "tenant_id": (tenant or self.tenant_7).id,
                "kind": "whatsapp",
                "value": "+55 31 98888-7777",
                **values,
            }
        )

    def test_contacts_are_published_in_the_owner_s_order(self):
        self.contact(label="Orders", sequence=20)
        self.contact(kind="instagram", value="instagram.com/seven", in_farewell=True, sequence=10)
        self.assertEqual(
            self.tenant_7._profile().contacts,
            (
                ContactPoint(
                    kind="instagram", value="https://instagram.com/seven", in_farewell=True
                ),
                ContactPoint(kind="whatsapp", label="Orders", value="+55 31 98888-7777"),
            ),
        )
        self.assertFalse(self.tenant_8._profile().contacts)

    def test_what_may_not_be_mentioned_is_absent(self):
        contact = self.contact(label="Director")
        contact.may_be_mentioned = False
        self.assertFalse(self.tenant_7._profile().contacts)

    def test_every_kind_of_the_contract_can_be_chosen(self):
        kinds = ContactPoint.model_fields["kind"].annotation.__args__
        offered = dict(self.env["ai.company.contact"]._fields["kind"].selection)
        self.assertEqual(set(offered), set(kinds))

    def test_a_value_must_fit_its_kind(self):
        for kind, value, words in (
            ("phone", "(31) 3333-4444", "country's code"),
            ("whatsapp", "98888-7777", "98888-7777"),
            ("email", "pedidos", "e-mail address"),
            ("instagram", "@seven", "web address"),
            ("website", "javascript:alert(1)", "web address"),
            ("address", "  ", "empty"),
        ):
            with self.assertRaisesRegex(ValidationError, words):
                self.contact(kind=kind, value=value)
        contact = self.contact(kind="email", value="pedidos@seven.example")
        with self.assertRaisesRegex(ValidationError, "international"):
            contact.kind = "phone"

    def test_every_change_of_a_line_marks_its_tenant_only(self):
        contact = self.contact()
        for change in (
            lambda: self.contact(kind="other", value="Telegram: seven"),
            lambda: contact.write({"may_be_mentioned": False}),
            lambda: contact.write({"sequence": 1}),
            contact.unlink,
        ):
            (self.tenant_7 + self.tenant_8).publish_state = "published"
            change()
            self.assertEqual(self.tenant_7.publish_state, "to_publish")
            self.assertEqual(self.tenant_8.publish_state, "published")

    def test_owner_edits_the_lines_in_the_form(self):
        form = Form(self.as_user(self.tenant_7, self.manager_7))
        with form.contact_ids.new() as line:
            line.kind = "mercado_livre"
            line.value = "https://loja.mercadolivre.com.br/seven"
        form.save()
        self.assertEqual(self.tenant_7._profile().contacts[0].kind, "mercado_livre")

    def test_account_7_does_not_reach_account_8(self):
        of_8 = self.contact(self.tenant_8)
        contact = self.as_user(of_8, self.manager_7)
        self.assertNotIn(of_8, contact.search([]))
        for act in (
            lambda: contact.read(["value"]),
            lambda: contact.write({"value": "+55 31 90000-0000"}),
            contact.unlink,
            lambda: contact.create(
                {"tenant_id": self.tenant_8.id, "kind": "other", "value": "from 7"}
            ),
            lambda: self.as_user(self.tenant_7, self.manager_7).write(
                {"contact_ids": [Command.link(of_8.id)]}
            ),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_a_line_cannot_change_hands(self):
        line = self.as_user(self.contact(), self.manager_7)
        with self.assertRaisesRegex(ValidationError, "cannot move"):
            line.tenant_id = self.tenant_8.id
        with self.assertRaises(Exception) as refused, self.cr.savepoint():
            line.company_id = self.tenant_8.company_id.id
        self.assertIn("company", str(refused.exception).lower())
        self.assertFalse(self.tenant_8._profile().contacts)

    def test_viewers_and_editors_read_only(self):
        contact = self.contact()
        for group in ("group_ai_viewer", "group_ai_editor"):
            user = self.make_user(group, self.tenant_7, group)
            self.assertEqual(self.as_user(contact, user).value, "+55 31 98888-7777")
            with self.assertRaises(AccessError):
                self.as_user(contact, user).label = "x"
