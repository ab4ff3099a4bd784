from odoo.tests import tagged

from demo.chatwoot_double import Fault

from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestAccountRemedy(DeliveryCase):
    """What Chatwoot refuses is shown on the account with what to do, until it works again."""

    def setUp(self):
        super().setUp()
        self.answered()

    def refused(self):
        self.assertTrue(self.deliver().ignore_retry)
        self.assertEqual((self.said(), self.account_7.setup_state), ([], "error"))
        return self.account_7.last_error

    def works_again(self):
        self.assertIsNone(self.deliver())
        self.assertEqual(self.said(), ["Abrimos às nove."])
        self.assertFalse(self.account_7.last_error)

    def test_a_suspended_account(self):
        account = self.chatwoot.accounts[7]
        self.addCleanup(setattr, account, "suspended", False)
        account.suspended = True
        self.assertIn("suspended account 7", self.refused())
        account.suspended = False
        self.works_again()

    def test_no_token_at_all(self):
        self.account_7.bot_token = False
        self.assertTrue(self.deliver().ignore_retry)
        self.assertIn("There is no bot token", self.account_7.last_error)
        self.assertEqual(self.account_7.setup_state, "no_token")
        self.account_7.bot_token = self.bot.access_token
        self.works_again()

    def test_the_token_of_another_account(self):
        self.account_7.bot_token = self.chatwoot.accounts[8].bots[0].access_token
        self.assertIn("another Chatwoot account than number 7", self.refused())
        self.account_7.bot_token = self.bot.access_token
        self.works_again()

    def test_a_number_that_chatwoot_does_not_know(self):
        self.chatwoot.accounts[77] = self.chatwoot.accounts.pop(7)
        self.addCleanup(self.give_back)
        error = self.refused()
        self.assertIn("account 7", error)
        self.assertIn("account number", error)
        self.give_back()
        self.works_again()

    def give_back(self):
        if 77 in self.chatwoot.accounts:
            self.chatwoot.accounts[7] = self.chatwoot.accounts.pop(77)

    def test_an_address_that_leads_elsewhere(self):
        for status in (301, 302, 308, 400, 402, 410):
            with self.subTest(status=status):
                self.remote, self.turn = self.ask("Oi")
                self.answered()
                path = str(self.remote.display_id)
                self.chatwoot.fail_next(Fault("GET", path, status=status))
                error = self.refused()
                self.assertIn(f"HTTP {status}", error)
                self.assertIn("Chatwoot address", error)
                self.works_again()

    def test_an_address_that_leads_elsewhere_for_too_long_brings_a_person(self):
        fault = Fault("GET", str(self.remote.display_id), status=301, times=3)
        self.chatwoot.fail_next(fault)
        self.refused()
        self.later(self.turn, "delivery_since", 2 * 3600)
        self.refused()
        self.refused()
        self.assertIsNone(self.deliver())
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def test_an_opening_that_is_rejected_is_tried_again(self):
        self.answered_by_a_person()
        self.chatwoot.fail_next(Fault("POST", "toggle_status", status=422))
        self.assertTrue(self.deliver().ignore_retry)
        self.assertIn("HTTP 422", self.account_7.last_error)
        self.assertIsNone(self.deliver())
        self.assertEqual((self.turn.state, self.remote.status), ("handed_over", "open"))

    def answered_by_a_person(self):
        self.remote, self.turn = self.ask("Oi")
        self.dispatch()
        self.turn._give_up("deadline", "too late")

    def test_what_may_not_be_listed_concerns_the_user_token(self):
        self.account_7.user_token = self.chatwoot.add_user(7, "Rui", "administrator").access_token
        self.chatwoot.fail_next(Fault("GET", "conversations", status=302))
        retry = self.run_job(self.account_7, "_job_reconcile")
        self.assertTrue(retry.ignore_retry)
        self.assertIn("HTTP 302", self.account_7.reading_error)
        self.assertFalse(self.account_7.last_error)

    def test_a_proxy_that_drops_the_header(self):
        words = "GET conversations/1: HTTP 401: ['You need to sign in before continuing.']"
        self.assertIn("proxy", self.account_7._remedy_refused(words, False))

    def test_which_of_the_two_tokens(self):
        words = "GET conversations: HTTP 401: Invalid Access Token"
        self.assertIn("user token", self.account_7._remedy_refused(words, True))
        self.assertIn("bot token", self.account_7._remedy_refused(words, False))

    def test_in_the_tenant_s_language(self):
        self.env["res.lang"]._activate_lang("pt_BR")
        self.tenant_7.lang = "pt_BR"
        self.account_7.bot_token = "wrong"
        self.assertIn("recusa o token do robô", self.refused())
