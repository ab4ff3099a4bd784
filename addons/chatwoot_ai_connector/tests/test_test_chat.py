from datetime import timedelta

from odoo import fields
from odoo.addons.company_services.tests.runtime_double import TOKEN
from odoo.exceptions import AccessError
from odoo.tests import tagged

from agent_runtime.contracts import (
    ActionRequest,
    Channel,
    Choice,
    Handover,
    HandoverReason,
    ModelCall,
    Usage,
)

from .connector_case import ConnectorCase
from .playground_double import PlaygroundDouble


@tagged("post_install", "-at_install")
class TestTestChat(ConnectorCase):
    def setUp(self):
        super().setUp()
        self.double = self.enterContext(PlaygroundDouble())
        self.set_environment(AGENT_RUNTIME_URL=self.double.url, AGENT_RUNTIME_TOKEN=TOKEN)
        self.editor_7 = self.make_user("editor", self.tenant_7, "group_ai_editor")
        self.tenant_7.write({"publish_state": "published", "config_version": 4})

    def begin(self, user=None):
        chats = self.as_user(self.env["chatwoot.test.chat"], user or self.editor_7)
        return chats.browse(chats.begin()["chat"])

    def heard(self, chat, text, **options):
        """What the tester sees of the answer."""
        asked = chat.ask(text, **options)
        return self.exchange(chat, asked["exchange"]).look()

    def exchange(self, chat, number):
        return chat.env["chatwoot.test.exchange"].browse(number)

    def test_an_editor_asks_as_a_customer_and_reads_why(self):
        chat = self.begin()
        seen = self.heard(chat, " Qual o preço? ", channel="email", customer_name="Ana")
        self.assertEqual(seen["state"], "done")
        self.assertIn("Heard: Qual o preço?", seen["parts"][0])
        why = seen["why"]
        self.assertEqual((why["crew"], why["role"]), ("WhatsApp crew", "Sales"))
        self.assertEqual(why["reason"], "The question is about a product.")
        self.assertEqual(why["sources"][0]["model"], "ai.tenant")
        self.assertEqual(why["sources"][0]["id"], self.tenant_7.id)
        self.assertEqual(why["seconds"], "0.4")
        self.assertIsNone(why["usage"])
        self.assertIn("Speaks for", why["factors"])
        self.assertIs(why["ranking"], False, "what is empty is not drawn")
        self.assertIn("Together", [timing["stage"] for timing in why["timings"]])
        asked = self.double.last
        self.assertEqual(asked.account_id, 7)
        self.assertEqual(asked.channel, Channel.EMAIL)
        self.assertEqual(asked.customer.name, "Ana")
        self.assertEqual(asked.config_version, 4)
        self.assertEqual(asked.odoo.login, self.tenant_7.sudo().agent_user_id.login)
        self.assertIsNone(asked.outside)
        self.assertIsNone(asked.internal)

    def test_nothing_of_it_is_kept_as_a_customers(self):
        kept = ("chatwoot.conversation", "chatwoot.turn", "chatwoot.message")
        before = [self.env[model].search_count([]) for model in kept]
        jobs = self.env["queue.job"].search_count([])
        self.heard(self.begin(), "oi")
        self.assertEqual([self.env[model].search_count([]) for model in kept], before)
        self.assertEqual(self.env["queue.job"].search_count([]), jobs)

    def test_it_works_before_chatwoot_is_connected(self):
        (self.account_7 | self.account_8).unlink()
        self.assertEqual(self.heard(self.begin(), "oi")["state"], "done")

    def test_what_was_said_before_goes_along(self):
        chat = self.begin()
        self.double.answer = {"choices": (Choice(title="Red", value="1"),)}
        self.assertEqual(self.heard(chat, "which one?")["choices"], ["Red"])
        self.heard(chat, "Red")
        history = self.double.last.history
        self.assertEqual([entry.role for entry in history], ["customer", "crew"])
        self.assertEqual(history[0].text, "which one?")
        self.assertIn("Heard: which one?", history[1].text)
        self.assertIn("Red", history[1].text)
        self.assertEqual(self.double.last.last_role, "sales")

    def test_the_rules_of_the_moment_hold(self):
        rule = self.env["business.rule"].create(
            {
                "name": "Exchange within 7 days",
                "text": "Within 7 days.",
                "kind": "general",
                "company_id": self.tenant_7.company_id.id,
            }
        )
        self.heard(self.begin(), "oi")
        self.assertIn("Exchange within 7 days", [r.name for r in self.double.last.rules])
        rule.active = False
        self.heard(self.begin(), "oi")
        self.assertNotIn("Exchange within 7 days", [r.name for r in self.double.last.rules])

    def test_a_conversation_that_goes_on_is_not_cleared_away(self):
        """Odoo clears away what was not written for an hour."""
        kept, left = self.begin(), self.begin()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE chatwoot_test_chat SET create_date = create_date - interval '2 hours', "
            "write_date = write_date - interval '2 hours'"
        )
        self.heard(kept, "ainda aí?")
        self.env.flush_all()
        self.env["chatwoot.test.chat"]._transient_clean_rows_older_than(3600)
        self.assertEqual((kept | left).exists(), kept)

    def test_as_if_open(self):
        self.heard(self.begin(), "oi", as_if_open=True)
        self.assertEqual(self.double.last.outside, "answer")

    def test_a_handover_says_what_would_happen(self):
        self.env["chatwoot.handover.rule"].create(
            {
                "name": "Complaints",
                "chatwoot_account_id": self.account_7.id,
                "keywords": "broken",
                "labels": "complaint",
                "priority": "high",
            }
        )
        self.double.answer = {
            "handover": Handover(reason=HandoverReason.FRUSTRATION, note="**Annoyed** <b>")
        }
        told = self.heard(self.begin(), "it is broken")["handover"]
        self.assertEqual(told["reason"], "The customer is annoyed")
        self.assertEqual((told["labels"], told["priority"]), (["complaint"], "High"))
        self.assertIn("<strong>Annoyed</strong> &lt;b&gt;", told["note"])

    def test_a_rule_that_gives_it_to_people_asks_no_assistant(self):
        self.env["chatwoot.handover.rule"].create(
            {
                "name": "Lawyers <b>",
                "chatwoot_account_id": self.account_7.id,
                "keywords": "lawsuit",
                "always": True,
            }
        )
        seen = self.heard(self.begin(), "I file a lawsuit")
        self.assertIn("Lawyers &lt;b&gt;", seen["handover"]["note"])
        self.assertIsNone(seen["why"])
        self.assertFalse(self.double.asked)

    def test_a_request_is_shown_and_not_made(self):
        self.double.answer = {
            "requests": (ActionRequest(kind="quotation", summary="2 kg of food"),),
            "usage": Usage(
                model="openai/x",
                calls=1,
                prompt_tokens=1000,
                completion_tokens=234,
                ledger=(ModelCall(model="openai/x", prompt_tokens=1000, completion_tokens=234),),
            ),
        }
        seen = self.heard(self.begin(), "oi")
        self.assertEqual(seen["requests"], [{"kind": "Quotation", "summary": "2 kg of food"}])
        self.assertEqual(seen["why"]["usage"]["tokens"], "1,234")
        self.assert_paid_for()

    def assert_paid_for(self):
        """The calls of a test chat are in the account's ledger, without a turn."""
        [call] = self.env["chatwoot.model.call"].search([])
        self.assertEqual(call.chatwoot_account_id, self.account_7)
        self.assertEqual(call.company_id, self.tenant_7.company_id)
        self.assertFalse(call.turn_id)

    def test_an_answer_takes_its_time_and_may_be_lost(self):
        chat = self.begin()
        self.double.busy = True
        exchange = self.exchange(chat, chat.ask("oi")["exchange"])
        self.assertEqual(exchange.look(), {"state": "running"})
        # As after a restart: behind an address another runtime may know the question.
        self.double.asked.clear()
        self.assertEqual(exchange.look(), {"state": "running"})
        exchange.sudo().deadline_at = fields.Datetime.now() - timedelta(seconds=1)
        self.assertIn("Ask again", exchange.look()["problem"])

    def test_troubles_are_told_and_nothing_is_kept(self):
        chat = self.begin()
        for status, words in ((429, "busy"), (500, "does not answer")):
            self.double.failures = [status]
            self.assertIn(words, chat.ask("oi")["problem"])
        self.double.failures = [422]
        with self.assertLogs("odoo.addons.chatwoot_ai_connector", "WARNING"):
            self.assertIn("refused", chat.ask("oi")["problem"])
        self.assertIn("Write something", chat.ask("  ")["problem"])
        self.assertFalse(chat.exchange_ids)

    def test_what_is_not_published_is_said(self):
        chats = self.as_user(self.env["chatwoot.test.chat"], self.editor_7)
        self.assertFalse(chats.begin()["hint"])
        self.tenant_7.publish_state = "to_publish"
        self.assertIn("not published yet", chats.begin()["hint"])
        self.tenant_7.config_version = 0
        self.assertIn("has not been published", chats.begin()["hint"])
        self.tenant_7.active = False
        self.assertIn("Company Seven has no assistant", chats.begin()["problem"])

    def test_another_company_and_another_user_see_nothing(self):
        chat = self.begin()
        number = chat.ask("only mine")["exchange"]
        colleague = self.make_user("colleague", self.tenant_7, "group_ai_editor")
        for stranger in (self.manager_8, colleague):
            foreign = self.as_user(chat, stranger)
            with self.assertRaises(AccessError):
                foreign.ask("what did they say?")
            with self.assertRaises(AccessError):
                self.as_user(self.exchange(chat, number), stranger).look()
        with self.assertRaises(AccessError):
            self.as_user(self.env["chatwoot.test.chat"], self.manager_8).create(
                {"tenant_id": self.tenant_7.id}
            )
        with self.assertRaises(AccessError):
            self.as_user(self.exchange(chat, number), self.editor_7).write({"reference": "x"})

    def test_an_answer_of_another_account_is_not_told(self):
        chat = self.begin()
        self.double.answer = {"account_id": 8, "parts": ("secret of eight",)}
        with self.assertLogs("odoo.addons.chatwoot_ai_connector", "ERROR"):
            self.assertIn("lost", self.heard(chat, "oi")["problem"])

    def test_who_only_reads_conversations_does_not_try(self):
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        with self.assertRaises(AccessError):
            self.as_user(self.env["chatwoot.test.chat"], viewer).begin()
