from odoo.addons.company_services.fields import MASK
from odoo.addons.company_services.tests import runtime_double
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.modules.neutralize import get_neutralization_queries
from odoo.tests import tagged

from agent_runtime.contracts import ModelPrice

from .connector_case import ConnectorCase, message_payload
from .delivery_case import DeliveryCase

KEY_7, KEY_8 = "key-of-seven", "key-of-eight"


class ModelsCase(DeliveryCase):
    def add_model(self, account=None, **values):
        account = account or self.account_7
        return self.env["chatwoot.account.model"].create(
            {
                "chatwoot_account_id": account.id,
                "model": "openai/small",
                "base_url": "https://llm.example.test/v1",
                "api_key": KEY_7 if account == self.account_7 else KEY_8,
                **values,
            }
        )

    def sent(self):
        self.dispatch()
        return self.runtime.requests[-1]


@tagged("post_install", "-at_install")
class TestAccountModels(ModelsCase):
    """An account's own language models: entered by its manager, sent with its turns alone."""

    def test_the_models_go_with_the_turn_in_their_order(self):
        hearing = {"transcription": "whisper-1", "price_heard": 0.006}
        self.add_model(model="openai/second", sequence=20, vision=True, **hearing)
        self.add_model(model="openai/first", sequence=5, price_read=0.15, price_written=0.6)
        self.add_model(model="openai/resting", active=False)
        self.account_7.max_turn_cost = 0.05
        request = self.sent()
        first, second = request.models
        self.assertEqual((first.model, second.model), ("openai/first", "openai/second"))
        self.assertEqual(first.base_url, "https://llm.example.test/v1")
        self.assertEqual(first.api_key.get_secret_value(), KEY_7)
        self.assertEqual(first.price, ModelPrice(read=0.15, written=0.6))
        self.assertEqual((first.vision, first.transcription), (False, None))
        self.assertEqual((second.vision, second.transcription), (True, "whisper-1"))
        self.assertEqual(second.price, ModelPrice(minute=0.006))
        self.assertEqual(request.max_cost, 0.05)

    def test_without_models_the_installation_decides(self):
        request = self.sent()
        self.assertEqual(request.models, ())
        self.assertIsNone(request.max_cost)

    def test_the_models_of_account_8_are_not_sent_for_account_7(self):
        self.add_model(self.account_8)
        self.assertEqual(self.sent().models, ())
        _remote, turn = self.ask("Oi", self.account_8)
        self.dispatch(turn)
        [model] = self.runtime.requests[-1].models
        self.assertEqual(model.api_key.get_secret_value(), KEY_8)

    def test_the_key_is_shown_to_nobody(self):
        model = self.add_model()
        mine = self.as_user(model, self.manager_7)
        self.assertEqual(mine.read(["api_key"])[0]["api_key"], MASK)
        self.assertEqual(model.export_data(["api_key"])["datas"], [[MASK]])
        self.env.flush_all()
        self.env.cr.execute("SELECT api_key FROM chatwoot_account_model WHERE id = %s", [model.id])
        self.assertNotIn(KEY_7, self.env.cr.fetchone()[0])
        self.assertFalse(model.copy().api_key)

    def test_the_key_stays_with_the_host_it_was_given_for(self):
        model = self.add_model()
        model.base_url = "https://llm.example.test/v2/"
        self.assertEqual(model.base_url, "https://llm.example.test/v2")
        self.assertTrue(model.api_key)
        model.base_url = "https://elsewhere.example.test/v1"
        self.assertFalse(model.api_key)
        model.write({"base_url": "https://third.example.test", "api_key": "new"})
        self.assertTrue(model.api_key)
        model.base_url = False
        self.assertFalse(model.api_key)

    def test_the_key_stays_with_the_provider_it_was_given_for(self):
        model = self.add_model(base_url=False)
        model.model = "openai/other"
        self.assertTrue(model.api_key)
        model.model = "openrouter/openai/other"
        self.assertFalse(model.api_key)
        model.write({"model": "anthropic/claude", "api_key": "new"})
        self.assertTrue(model.api_key)
        model.model = "gemini/flash"
        self.assertFalse(model.api_key)

    def test_providers_with_a_language_of_their_own_need_no_address(self):
        for name in ("anthropic/claude-haiku-4-5", "gemini/gemini-2.5-flash"):
            with self.subTest(name=name):
                access = self.add_model(model=name, base_url=False)._access()
                self.assertEqual((access.model, access.base_url), (name, None))
                self.assertEqual(access.api_key.get_secret_value(), KEY_7)

    def test_a_pasted_key_has_no_blanks_around_it(self):
        model = self.add_model(api_key=f" {KEY_7}\n")
        self.assertEqual(model._access().api_key.get_secret_value(), KEY_7)

    def test_models_without_address_are_not_on_the_servers_machine(self):
        for name in ("ollama/llama3", "ollama_chat/llama3", "hosted_vllm/x", "bedrock/x"):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self.add_model(model=name, base_url=False)
        self.add_model(model="ollama/llama3", base_url="https://llm.example.test/v1")
        self.add_model(model="deepseek/deepseek-chat", base_url=False)

    def test_voice_is_sent_where_it_is_known_how(self):
        with self.assertRaises(ValidationError):
            self.add_model(model="gemini/flash", base_url=False, transcription="whisper-1")
        self.add_model(model="gemini/flash", transcription="whisper-1")
        self.add_model(base_url=False, transcription="whisper-1")

    def test_an_account_has_no_more_models_than_an_answer_has_time_for(self):
        models = [self.add_model(model=f"openai/m{number}") for number in range(5)]
        with self.assertRaises(ValidationError):
            self.add_model()
        models[0].active = False
        self.add_model()
        with self.assertRaises(ValidationError):
            models[0].active = True

    def test_addresses_that_are_not_allowed(self):
        for url in (
            "http://llm.example.test/v1",
            "http://10.0.0.5/v1",
            "ftp://llm.example.test",
            "https://user:pass@llm.example.test",
            "llm.example.test",
        ):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.add_model(base_url=url)
        for url in ("https://llm.example.test/v1", "http://127.0.0.1:11434/v1", False):
            with self.subTest(url=url):
                self.add_model(base_url=url)

    def test_the_server_may_name_the_hosts(self):
        self.set_environment(
            AGENT_RUNTIME_MODEL_HOSTS="LLM.internal:8000, https://api.example.test/v1"
        )
        self.addCleanup(self.set_environment, AGENT_RUNTIME_MODEL_HOSTS=None)
        self.add_model(base_url="http://llm.internal:8000/v1")
        self.add_model(base_url="https://api.example.test/v1")
        for url in ("https://llm.example.test/v1", "http://127.0.0.1:11434/v1"):
            with self.subTest(url=url), self.assertRaises(ValidationError):
                self.add_model(base_url=url)

    def test_a_model_needs_a_provider(self):
        self.add_model(model=" grounded ", base_url=False)
        for name in ("gpt", "openai/gpt 4"):
            with self.subTest(name=name), self.assertRaises(ValidationError):
                self.add_model(model=name)

    def test_only_managers_of_the_company_see_models(self):
        model_7, model_8 = self.add_model(), self.add_model(self.account_8)
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        found = self.as_user(model_7, self.manager_7).search([])
        self.assertEqual(found, model_7)
        with self.assertRaises(AccessError):
            self.as_user(model_8, self.manager_7).read()
        with self.assertRaises(AccessError):
            self.as_user(model_8, self.manager_7).action_test()
        with self.assertRaises(AccessError):
            pushed = self.as_user(model_7, self.manager_7)
            pushed.write({"chatwoot_account_id": self.account_8.id, "sequence": 0})
        with self.assertRaises(AccessError):
            self.as_user(model_7, viewer).read()

    def test_a_neutralised_copy_has_no_key(self):
        model = self.add_model()
        self.env.flush_all()
        for query in get_neutralization_queries(["chatwoot_ai_connector"]):
            self.env.cr.execute(query)
        self.env.invalidate_all()
        self.assertFalse(model.api_key)
        self.assertFalse(model.active)

    def test_a_limit_of_cost_is_not_below_zero(self):
        with self.assertRaises(ValidationError):
            self.account_7.max_turn_cost = -1


@tagged("post_install", "-at_install")
class TestModelTried(ModelsCase):
    """The button that asks the model for one word."""

    def setUp(self):
        super().setUp()
        self.double = self.enterContext(runtime_double.RuntimeDouble())
        self.set_environment(
            AGENT_RUNTIME_URL=self.double.url, AGENT_RUNTIME_TOKEN=runtime_double.TOKEN
        )

    def tried(self):
        return self.as_user(self.add_model(), self.manager_7).action_test()["params"]

    def test_a_model_that_answers(self):
        told = self.tried()
        self.assertEqual(told["type"], "success")
        self.assertIn("0.8", told["message"])
        [(path, request)] = self.double.calls
        self.assertEqual((path, request.account_id), ("/v1/models/test", 7))
        self.assertEqual(request.model.api_key.get_secret_value(), KEY_7)

    def test_a_model_that_does_not(self):
        self.double.model_trouble = "HTTP 404"
        told = self.tried()
        self.assertEqual(told["type"], "danger")
        self.assertIn("HTTP 404", told["message"])
        self.assertIn("Check name, address and key", told["message"])

    def test_a_key_that_is_refused(self):
        for trouble in ("HTTP 401", "HTTP 403"):
            with self.subTest(trouble=trouble):
                self.double.model_trouble = trouble
                told = self.tried()
                self.assertEqual(told["type"], "danger")
                self.assertIn("refuses the key", told["message"])
                self.assertNotIn(KEY_7, told["message"])

    def test_a_runtime_that_is_away(self):
        self.double.failures.append(503)
        with self.assertRaises(UserError) as caught:
            self.tried()
        self.assertNotIn(KEY_7, str(caught.exception))


@tagged("post_install", "-at_install")
class TestAttachmentsTold(ModelsCase):
    """Files beside a customer's message reach the runtime; what they say comes back as words."""

    drain = ConnectorCase.drain
    take_in = ConnectorCase.take_in
    conversation = ConnectorCase.conversation
    prepare = ConnectorCase.prepare

    def taken_in(self, name="a2", account=None):
        payload = message_payload(
            account=(account or self.account_7).account_id, text=None, name=name
        )
        self.take_in(payload, account=account or self.account_7)
        conversation = self.conversation(account=account or self.account_7)
        return conversation.message_ids, self.prepare(conversation)

    def requested(self, turn):
        self.dispatch(turn)
        return self.runtime.requests[-1]

    def test_a_picture_reaches_the_runtime(self):
        message, turn = self.taken_in()
        request = self.requested(turn)
        [file] = request.messages[0].attachments
        self.assertEqual(file.kind, "image")
        self.assertTrue(file.url.startswith("https://"))
        self.assertEqual(request.attachment_host, self.chatwoot.url)
        self.assertEqual(message.content, "[image]")

    def test_a_files_address_is_shown_to_nobody(self):
        message, _turn = self.taken_in()
        with self.assertRaises(AccessError):
            self.as_user(message, self.manager_7).read(["attachments"])

    def test_what_was_understood_stands_with_the_message(self):
        message, turn = self.taken_in("audio")
        self.requested(turn)
        said = {"message_id": message.message_id, "kind": "audio", "text": "Onde está\nmeu pedido?"}
        self.answer(turn, readings=(said,))
        self.assertEqual(message.content, "[audio] Onde está meu pedido?")
        self.assertEqual(turn.state, "answered")

    def test_what_was_understood_outlives_a_change_of_the_message(self):
        """Chatwoot tells of every change with the file's bare name, or its own transcript."""
        message, turn = self.taken_in("audio")
        self.requested(turn)
        said = {"message_id": message.message_id, "kind": "audio", "text": "Onde está meu pedido?"}
        self.answer(turn, readings=(said,))
        for minute, transcript in enumerate((None, "onde esta o meu pedido")):
            payload = message_payload(text=None, name="audio")
            payload["event"] = "message_updated"
            payload["conversation"]["messages"][0]["updated_at"] = (
                f"2026-06-18T09:1{minute}:00.000Z"
            )
            payload["attachments"][0]["transcribed_text"] = transcript
            with self.subTest(transcript=transcript):
                self.take_in(payload, account=self.account_7)
                self.assertEqual(message.content, "[audio] Onde está meu pedido?")
                self.assertEqual(message.turn_id, turn)

    def test_what_a_result_says_of_foreign_messages_is_not_believed(self):
        message_8, turn_8 = self.taken_in(account=self.account_8)
        self.dispatch(self.turn)
        said = {"message_id": message_8.message_id, "kind": "image", "text": "cat"}
        self.answer(readings=(said,))
        self.assertEqual(message_8.content, "[image]")
        self.assertTrue(turn_8)

    def test_a_deleted_message_keeps_no_file(self):
        message, _turn = self.taken_in()
        payload = message_payload(text=None, name="a2")
        payload["event"] = "message_updated"
        payload["content_attributes"]["deleted"] = True
        self.take_in(payload, account=self.account_7)
        self.assertFalse(message.attachments)
