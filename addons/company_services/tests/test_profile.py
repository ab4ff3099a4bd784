from odoo.tests import tagged

from .common import CompanyServicesCase


@tagged("post_install", "-at_install")
class TestProfile(CompanyServicesCase):
    def setUp(self):
        super().setUp()
        self.company = self.tenant_7.company_id
        self.company.write(
            {
                "phone": "+55 11 1111-1111",
                "email": "contato@seven.example",
                "website": "https://seven.example",
                "street": "Rua dos Timbiras, 1010",
                "street2": "Funcionários",
                "city": "Belo Horizonte",
                "state_id": self.env.ref("base.state_br_mg").id,
                "zip": "30140-061",
                "country_id": self.env.ref("base.br").id,
            }
        )

    def test_writing_one_text_keeps_the_others(self):
        self.tenant_7.phone = "+55 31 5555-0101"
        self.env.flush_all()
        self.env.invalidate_all()  # as in a request of its own
        self.tenant_7.email = "hello@seven.example"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.tenant_7.phone, "+55 31 5555-0101")
        self.assertEqual(self.tenant_7.email, "hello@seven.example")

    def test_identity_is_inherited_from_the_company(self):
        self.assertEqual(self.tenant_7.name, "Company Seven")
        self.assertEqual(self.tenant_7.phone, "+55 11 1111-1111")
        self.assertEqual(
            self.tenant_7.address,
            "Rua dos Timbiras, 1010, Funcionários, Belo Horizonte - MG, 30140-061",
        )

    def test_address_with_missing_parts_has_no_dangling_separators(self):
        self.company.write({"street2": False, "state_id": False, "zip": False})
        self.assertEqual(self.tenant_7.address, "Rua dos Timbiras, 1010, Belo Horizonte")
        self.company.write({"city": False, "street": False})
        self.assertFalse(self.tenant_7.address)
        self.assertIsNone(self.tenant_7._profile().address)

    def test_override_stays_when_the_company_changes_and_emptying_inherits_again(self):
        self.tenant_7.phone = "0800 123"
        self.company.write({"phone": "+55 11 2222-2222", "email": "novo@seven.example"})
        self.assertEqual(self.tenant_7.phone, "0800 123")
        self.assertEqual(self.tenant_7.email, "novo@seven.example")
        self.tenant_7.phone = False
        self.assertEqual(self.tenant_7.phone, "+55 11 2222-2222")
        self.assertFalse(self.tenant_7.profile_overrides)

    def test_what_may_not_be_told_is_absent(self):
        shared = self.tenant_7._profile()
        self.assertEqual(shared.phone, "+55 11 1111-1111")
        self.tenant_7.write(
            {
                "share_phone": False,
                "share_email": False,
                "share_website": False,
                "share_address": False,
            }
        )
        hidden = self.tenant_7._profile()
        self.assertEqual((hidden.phone, hidden.email, hidden.website, hidden.address), (None,) * 4)
        self.assertEqual(hidden.name, "Company Seven")

    def test_each_value_belongs_to_its_own_company(self):
        self.assertEqual(self.tenant_8.name, "Company Eight")
        self.assertFalse(self.tenant_8.phone)
