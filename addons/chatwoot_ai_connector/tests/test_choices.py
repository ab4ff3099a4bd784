from odoo.tests import BaseCase, tagged

from ..delivery.choices import as_sent, numbered

WHATSAPP = "Channel::Whatsapp"


def options(*titles):
    return [{"title": title, "value": f"v{number}"} for number, title in enumerate(titles)]


@tagged("post_install", "-at_install")
class TestChoices(BaseCase):
    def test_numbers_below_the_question(self):
        self.assertEqual(numbered("Qual?", ["Banho", "Tosa"]), "Qual?\n\n1. Banho\n2. Tosa")
        self.assertEqual(numbered("Qual?", []), "Qual?")

    def test_channels_that_show_buttons_get_them(self):
        for channel in ("Channel::WebWidget", WHATSAPP, "Channel::FacebookPage"):
            with self.subTest(channel=channel):
                text, items = as_sent("Qual?", options("Banho", "Tosa"), channel)
                self.assertEqual(text, "Qual?")
                self.assertEqual(items, options("Banho", "Tosa"))

    def test_other_channels_get_numbers(self):
        for channel in (
            "Channel::TwilioSms", "Channel::Sms", "Channel::Instagram", "Channel::Email",
            "Channel::Tiktok", "Channel::Unheard", None,
        ):  # fmt: skip
            with self.subTest(channel=channel):
                text, items = as_sent("Qual?", options("Banho", "Tosa"), channel)
                self.assertEqual((text, items), ("Qual?\n\n1. Banho\n2. Tosa", []))

    def test_behind_an_api_both(self):
        text, items = as_sent("Qual?", options("Banho", "Tosa"), "Channel::Api")
        self.assertEqual((text, len(items)), ("Qual?\n\n1. Banho\n2. Tosa", 2))

    def test_where_the_value_comes_back_it_reads_like_the_title(self):
        for channel in ("Channel::Telegram", "Channel::Line"):
            _text, items = as_sent("Qual?", options("Banho"), channel)
            self.assertEqual(items, [{"title": "Banho", "value": "Banho"}])

    def test_limits_of_each_channel(self):
        table = (
            (WHATSAPP, 3, 20, True), (WHATSAPP, 3, 21, False), (WHATSAPP, 4, 24, True),
            (WHATSAPP, 4, 25, False), (WHATSAPP, 10, 24, True), (WHATSAPP, 11, 5, False),
            ("Channel::FacebookPage", 13, 20, True), ("Channel::FacebookPage", 14, 20, False),
            ("Channel::FacebookPage", 2, 21, False), ("Channel::Telegram", 2, 64, True),
            ("Channel::Telegram", 2, 65, False),
            ("Channel::Line", 2, 21, False), ("Channel::WebWidget", 20, 100, True),
            ("Channel::WebWidget", 21, 9, False),
        )  # fmt: skip
        for channel, count, length, buttons in table:
            with self.subTest(channel=channel, count=count, length=length):
                titles = [f"{number:02}".rjust(length, "x") for number in range(count)]
                self.assertEqual(bool(as_sent("Qual?", options(*titles), channel)[1]), buttons)

    def test_telegram_counts_bytes(self):
        self.assertTrue(as_sent("Qual?", options("é" * 32), "Channel::Telegram")[1])
        self.assertFalse(as_sent("Qual?", options("é" * 33), "Channel::Telegram")[1])

    def test_the_same_title_twice_an_empty_one_or_no_question_are_no_buttons(self):
        for text, titles in (("Qual?", ("A", "A")), ("Qual?", ("A", "")), ("", ("A", "B"))):
            self.assertEqual(as_sent(text, options(*titles), WHATSAPP)[1], [])

    def test_a_question_too_long_for_buttons_is_not_cut(self):
        text, items = as_sent("x" * 1025, options("A"), WHATSAPP)
        self.assertEqual((len(text), items), (1025 + len("\n\n1. A"), []))

    def test_no_choices_leave_the_text_alone(self):
        self.assertEqual(as_sent("Oi", [], WHATSAPP), ("Oi", []))
