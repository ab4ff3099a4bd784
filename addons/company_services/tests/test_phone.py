from odoo.tests import BaseCase

from ..tools import contact_value, phone


class TestPhone(BaseCase):
    def test_international_numbers_lose_their_separators(self):
        for text in ("+55 (31) 98888-7777", "+55.31.98888.7777", "+5531988887777"):
            self.assertEqual(phone.e164(text), "+5531988887777")

    def test_what_is_no_international_number(self):
        for text in ("31 98888-7777", "0800 123", "+55 31", "+55 31 9888 7777 ramal 2", "", None):
            self.assertIsNone(phone.e164(text), text)

    def test_old_brazilian_mobiles_get_their_nine(self):
        self.assertEqual(phone.subscriber("+55 31 8888-7777"), "+5531988887777")
        self.assertEqual(phone.subscriber("+55 31 98888-7777"), "+5531988887777")

    def test_landlines_and_other_countries_stay(self):
        self.assertEqual(phone.subscriber("+55 31 3333-4444"), "+553133334444")
        self.assertEqual(phone.subscriber("+1 202 555 0143"), "+12025550143")

    def test_readable(self):
        self.assertEqual(phone.readable("+5531988887777"), "+55 31 98888-7777")
        self.assertEqual(phone.readable("+553133334444"), "+55 31 3333-4444")
        self.assertEqual(phone.readable("+12025550143"), "+12025550143")

    def test_each_kind_of_contact_is_tidied_in_its_own_way(self):
        for kind, typed, told in (
            ("whatsapp", "+55 31988887777", "+55 31 98888-7777"),
            ("phone", "(31) 3333-4444", None),
            ("email", " Pedidos@Loja.example ", "pedidos@loja.example"),
            ("email", "pedidos", None),
            ("instagram", "www.instagram.com/loja", "https://www.instagram.com/loja"),
            ("website", "http://loja.example/a?b=1", "http://loja.example/a?b=1"),
            ("website", "javascript:alert(1)", None),
            ("website", "ftp://loja.example", None),
            ("instagram", "@loja", None),
            ("shopee", "minha loja", None),
            ("address", "Rua A, 1\n  Savassi", "Rua A, 1 Savassi"),
            ("other", "  ", None),
            ("other", None, None),
        ):
            self.assertEqual(contact_value.tidy(kind, typed), told, (kind, typed))
