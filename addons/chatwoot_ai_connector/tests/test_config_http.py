import json
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.addons.company_services.fields import MASK
from odoo.addons.company_services.tools.secrets import reveal
from odoo.tests import tagged

from ..controllers.config import MAX_BODY
from ..endpoints.attempts import LIMIT
from ..endpoints.seed_config import MASKED
from ..intake import store
from .endpoint_case import EndpointCase

RUNTIME = "https://crew.example.test"
SEED = {
    "DEBUG": True,
    "CHATWOOT_API_URL": "https://chatwoot.exemplo.com/api",
    "CHATWOOT_API_ACCESS_TOKEN": "seu_token_de_acesso",
    "CHATWOOT_WEBHOOK_SECRET": "seu_segredo_webhook",
    "MCP_CREW_API_URL": RUNTIME,
    "MCP_CREW_API_KEY": "sua_chave_api",
    "MCP_CREW_DECISION_ENGINE_URL": f"{RUNTIME}/v1/turns",
    "MAX_CONTEXT_MESSAGES": 12,
    "ROUTING_RULES": {
        "default_crew": "suporte",
        "rules": [
            {"channel": "whatsapp", "crew": "whatsapp_crew"},
            {"channel": "facebook", "crew": "facebook_crew"},
        ],
    },
}
SHOWN = SEED | {
    "CHATWOOT_API_ACCESS_TOKEN": MASKED,
    "CHATWOOT_WEBHOOK_SECRET": MASKED,
    "MCP_CREW_API_KEY": MASKED,
}


@tagged("post_install", "-at_install")
class TestConfigHttp(EndpointCase):
    """The first system's configuration object works for managers, and for nobody else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_environment(AGENT_RUNTIME_URL=RUNTIME, AGENT_RUNTIME_TOKEN="sua_chave_api")

    def get(self, key=None, account=7, **options):
        key = self.key_7 if key is None else key
        return self.fetch(f"/config?account_id={account}", key, **options)

    def post(self, content, key=None, account=7, **options):
        key = self.key_7 if key is None else key
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        headers = {"Content-Type": "application/json", **options.pop("headers", {})}
        path = f"/config?account_id={account}"
        return self.fetch(path, key, "POST", data=body, headers=headers, **options)

    def stored(self, account=None):
        account = account or self.account_7
        return {
            "debug": account.debug,
            "base_url": account.base_url,
            "bot_token": reveal(account, "bot_token"),
            "webhook_secret": reveal(account, "webhook_secret"),
            "context": account.context_messages,
            "routing": account._routing(),
            "names": [account.default_crew_name, *account.routing_rule_ids.mapped("crew_name")],
        }

    def assert_unfit(self, content, *fields):
        before = self.stored()
        response = self.post(content)
        self.assertEqual(response.status_code, 422, response.text)
        errors = response.json()["errors"]
        self.assertEqual([error["field"] for error in errors], list(fields))
        self.assertTrue(all(error["message"] for error in errors))
        self.assertEqual(self.stored(), before)
        return errors

    # --- the object ---

    def test_the_first_systems_file_goes_in_and_comes_back(self):
        response = self.post(SEED)
        self.assertEqual((response.status_code, response.json()), (200, SHOWN))
        self.assertEqual(self.get().json(), SHOWN)
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        self.assertEqual(reveal(self.account_7, "bot_token"), "seu_token_de_acesso")
        self.assertEqual(reveal(self.account_7, "webhook_secret"), "seu_segredo_webhook")
        self.assertEqual(self.account_7.base_url, "https://chatwoot.exemplo.com")
        self.assertEqual(self.account_7.context_messages, 12)
        self.assertTrue(self.account_7.debug)
        routing = self.account_7._routing()
        self.assertEqual(routing.default_crew, "web")
        self.assertEqual(
            [(rule.channel, rule.crew) for rule in routing.rules],
            [("whatsapp", "whatsapp"), ("facebook", "facebook")],
        )
        self.assertEqual(self.tenant_7.publish_state, "to_publish")
        self.assertEqual(self.stored(self.account_8)["bot_token"], "bot-token-of-8")

    def test_what_is_read_may_be_written_back(self):
        self.post(SEED)
        before = self.stored(), self.account_7.routing_rule_ids
        self.assertEqual(self.post(self.get().json()).json(), SHOWN)
        self.assertEqual((self.stored(), self.account_7.routing_rule_ids), before)

    def test_no_answer_tells_a_secret(self):
        answers = self.get().text + self.post(SEED).text + self.get().text
        for secret in ("bot-token-of-7", "secret-of-the-bot-of-seven", "seu_", "sua_chave"):
            self.assertNotIn(secret, answers)
        self.account_7.bot_token = self.account_7.webhook_secret = False
        empty = self.get().json()
        self.assertEqual(empty["CHATWOOT_API_ACCESS_TOKEN"], "")
        self.assertEqual(empty["CHATWOOT_WEBHOOK_SECRET"], "")

    def test_a_part_of_the_object_changes_that_part(self):
        self.post(SEED)
        shown = self.post({"MAX_CONTEXT_MESSAGES": 0}).json()
        self.assertEqual(shown, SHOWN | {"MAX_CONTEXT_MESSAGES": 0})
        shown = self.post({"ROUTING_RULES": {"default_crew": ""}}).json()
        self.assertEqual(shown["ROUTING_RULES"], SEED["ROUTING_RULES"] | {"default_crew": ""})
        shown = self.post({"ROUTING_RULES": {"rules": []}}).json()
        self.assertEqual(shown["ROUTING_RULES"], {"default_crew": "", "rules": []})
        for mask in (MASKED, MASK):
            self.post({"CHATWOOT_API_ACCESS_TOKEN": mask, "CHATWOOT_WEBHOOK_SECRET": mask})
            self.assertEqual(reveal(self.account_7, "bot_token"), "seu_token_de_acesso")
            self.assertEqual(reveal(self.account_7, "webhook_secret"), "seu_segredo_webhook")
        self.assertEqual(self.post({"CHATWOOT_WEBHOOK_SECRET": ""}).status_code, 200)
        self.assertFalse(self.account_7.webhook_secret)

    def test_the_secret_is_the_one_of_the_registration_there_is(self):
        self.account_7.registration = "account_webhook"
        self.assertEqual(self.get().json()["CHATWOOT_WEBHOOK_SECRET"], "")
        self.post({"CHATWOOT_WEBHOOK_SECRET": "of-the-webhook"})
        self.assertEqual(reveal(self.account_7, "account_webhook_secret"), "of-the-webhook")
        self.assertEqual(reveal(self.account_7, "webhook_secret"), "secret-of-the-bot-of-seven")

    def test_the_address_with_and_without_api(self):
        for given in ("https://a.test/chat/api/", "https://a.test/chat/api", "https://a.test/chat"):
            shown = self.post({"CHATWOOT_API_URL": given}).json()
            self.assertEqual(shown["CHATWOOT_API_URL"], "https://a.test/chat/api")
            self.assertEqual(self.account_7.base_url, "https://a.test/chat")

    def test_another_host_does_not_get_the_tokens(self):
        self.post(SEED)
        self.account_7.user_token = "of-an-agent"
        kept = {"CHATWOOT_API_URL": "HTTPS://chatwoot.exemplo.com:444/api"}
        self.assertEqual(self.post(kept).json()["CHATWOOT_API_ACCESS_TOKEN"], MASKED)
        for mask in ({}, {"CHATWOOT_API_ACCESS_TOKEN": MASKED}):
            self.account_7.write({"bot_token": "x", "base_url": "https://chatwoot.exemplo.com"})
            shown = self.post({"CHATWOOT_API_URL": "https://other.test", **mask}).json()
            self.assertEqual(shown["CHATWOOT_API_ACCESS_TOKEN"], "")
            self.assertFalse(self.account_7.bot_token or self.account_7.user_token)
        new = {"CHATWOOT_API_URL": "https://third.test", "CHATWOOT_API_ACCESS_TOKEN": "new"}
        self.assertEqual(self.post(new).status_code, 200)
        self.assertEqual(reveal(self.account_7, "bot_token"), "new")
        self.post({"CHATWOOT_API_URL": "http://third.test"})
        self.assertFalse(self.account_7.bot_token, "nor anybody on the way")

    def test_hosts_that_the_server_does_not_allow(self):
        with patch.dict("os.environ", AGENT_RUNTIME_CHATWOOT_HOSTS="a.test, b.test"):
            self.assertEqual(self.post({"CHATWOOT_API_URL": "https://b.test"}).status_code, 200)
            response = self.post({"CHATWOOT_API_URL": "http://169.254.169.254/latest"})
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.account_7.base_url, "https://b.test")

    def test_rules_for_an_inbox_stay_first(self):
        own = self.env["chatwoot.routing.rule"].create(
            {"chatwoot_account_id": self.account_7.id, "inbox_id": self.inbox_7.id, "crew": "email"}
        )
        self.assertEqual(self.post(SEED).json(), SHOWN)
        self.post({"ROUTING_RULES": {"rules": [{"channel": "email", "crew": "web"}]}})
        rules = self.account_7._routing().rules
        self.assertEqual(
            [(rule.inbox, rule.channel) for rule in rules], [(3, None), (None, "email")]
        )
        self.assertTrue(own.exists())

    def test_rules_that_ask_for_more_than_a_channel_stay_first_and_are_not_told(self):
        more = [
            {"keywords": "orçamento"},
            {"role": "sales"},
            {"intent": "order", "crew": False, "role": "orders"},
        ]
        own = self.env["chatwoot.routing.rule"].create(
            [
                {"chatwoot_account_id": self.account_7.id, "channel": "email", "crew": "web"}
                | values
                for values in more
            ]
        )
        self.account_7.write({"default_role": "sales", "weight_content": 0.9})
        self.assertEqual(self.post(SEED).json(), SHOWN)
        self.post({"ROUTING_RULES": {"rules": [{"channel": "email", "crew": "facebook"}]}})
        self.assertEqual(self.account_7._rules_in_order()[:3], own)
        routing = self.account_7._routing()
        self.assertEqual((routing.default_role, routing.weights.content), ("sales", 0.9))

    # --- what does not fit ---

    def test_every_misfit_is_named_and_nothing_changes(self):
        rules = SEED["ROUTING_RULES"]["rules"]
        for content, *fields in (
            ({"DEBUG": "yes"}, "DEBUG"),
            ({"DEBUG": None}, "DEBUG"),
            ({"DEBUG": 1}, "DEBUG"),
            ({"MAX_CONTEXT_MESSAGES": -1}, "MAX_CONTEXT_MESSAGES"),
            ({"MAX_CONTEXT_MESSAGES": 101}, "MAX_CONTEXT_MESSAGES"),
            ({"MAX_CONTEXT_MESSAGES": "10"}, "MAX_CONTEXT_MESSAGES"),
            ({"MAX_CONTEXT_MESSAGES": 1.5}, "MAX_CONTEXT_MESSAGES"),
            ({"MAX_CONTEXT_MESSAGES": True}, "MAX_CONTEXT_MESSAGES"),
            ({"CHATWOOT_API_URL": "chat.example"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": "ftp://chat.example"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": "javascript:alert(1)"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": "https://"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": "https://u:p@chat.example"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": "https://chat.example:99999"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": "https://chat.example/?a=1"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": "https://[chat"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": "https://chat.exa\nmple.com/api"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": "https://chat.exa mple.com/api"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": "https://h:444/x y/api"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": f"https://{'a' * 64}.example"}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_URL": ""}, "CHATWOOT_API_URL"),
            ({"CHATWOOT_API_ACCESS_TOKEN": 7}, "CHATWOOT_API_ACCESS_TOKEN"),
            ({"CHATWOOT_API_ACCESS_TOKEN": "a\nb: c"}, "CHATWOOT_API_ACCESS_TOKEN"),
            ({"CHATWOOT_WEBHOOK_SECRET": None}, "CHATWOOT_WEBHOOK_SECRET"),
            ({"CHATWOOT_WEBHOOK_SECRET": "x" * 501}, "CHATWOOT_WEBHOOK_SECRET"),
            ({"ROUTING_RULES": []}, "ROUTING_RULES"),
            ({"ROUTING_RULES": {"default": "web"}}, "ROUTING_RULES.default"),
            ({"ROUTING_RULES": {"default_crew": "nobody"}}, "ROUTING_RULES.default_crew"),
            ({"ROUTING_RULES": {"default_crew": None}}, "ROUTING_RULES.default_crew"),
            ({"ROUTING_RULES": {"rules": {}}}, "ROUTING_RULES.rules"),
            (
                {"ROUTING_RULES": {"rules": [*rules, {"channel": "fax", "crew": "web"}]}},
                "ROUTING_RULES.rules[2].channel",
            ),
            (
                {"ROUTING_RULES": {"rules": [rules[0], {"channel": "sms", "crew": "nobody"}]}},
                "ROUTING_RULES.rules[1].crew",
            ),
            ({"ROUTING_RULES": {"rules": [{"channel": "sms"}]}}, "ROUTING_RULES.rules[0].crew"),
            (
                {"ROUTING_RULES": {"rules": [{**rules[0], "inbox": 3}]}},
                "ROUTING_RULES.rules[0].inbox",
            ),
            ({"ROUTING_RULES": {"rules": [rules[0]] * 201}}, "ROUTING_RULES.rules"),
            ({"COLOUR": "blue"}, "COLOUR"),
            ({"debug": True}, "debug"),
            ({"DEBUG": True, "MAX_CONTEXT_MESSAGES": -1, "X": 1}, "MAX_CONTEXT_MESSAGES", "X"),
            (["DEBUG"], ""),
            (b"{", ""),
            (b"", ""),
            (b"\xff", ""),
            (b"[" * 60_000, ""),
        ):
            with self.subTest(content=content if len(str(content)) < 99 else fields):
                self.assert_unfit(content, *fields)

    def test_what_is_the_servers_is_refused_with_where_it_is_set(self):
        for key, setting in (
            ("MCP_CREW_API_URL", "AGENT_RUNTIME_URL"),
            ("MCP_CREW_API_KEY", "AGENT_RUNTIME_TOKEN"),
            ("MCP_CREW_DECISION_ENGINE_URL", "AGENT_RUNTIME_URL"),
        ):
            (error,) = self.assert_unfit({"DEBUG": True, key: "https://other.test"}, key)
            self.assertIn(setting, error["message"])
            self.assertIn("odoo.conf", error["message"])
        self.assertEqual(self.post({"MCP_CREW_API_KEY": "sua_chave_api"}).status_code, 200)
        self.assertEqual(self.post({"MCP_CREW_API_URL": f"{RUNTIME}/"}).status_code, 200)

    def test_a_misfit_does_not_repeat_a_secret(self):
        response = self.post({"CHATWOOT_API_ACCESS_TOKEN": "very secret thing"})
        self.assertEqual(response.status_code, 422)
        self.assertNotIn("very", response.text)

    def test_bodies_that_are_not_read(self):
        self.assertEqual(self.post(b"{" + b" " * MAX_BODY).status_code, 413)
        headers = {"Content-Type": "text/plain"}
        self.assertEqual(self.post({"DEBUG": True}, headers=headers).status_code, 415)
        self.assertFalse(self.account_7.debug)
        self.assertEqual(self.get(method="DELETE").status_code, 405)

    # --- who may ---

    def test_everybody_else_gets_the_same_401(self):
        expired = self.key_of(self.manager_7, expires=datetime.now() - timedelta(days=1))
        other_scope = self.key_of(self.manager_7, scope="other")
        gone = self.make_user("gone_7", self.tenant_7, "group_ai_manager")
        gone_key = self.key_of(gone)
        gone.active = False
        refused = [
            self.fetch("/config?account_id=7"),
            self.get(key=""),
            self.get(key="nonsense"),
            self.get(key="nön\x80sense".encode().decode("latin-1")),
            self.get(key=self.key_7[:-1] + ("0" if self.key_7[-1] != "0" else "1")),
            self.get(key=expired),
            self.get(key=other_scope),
            self.get(key=gone_key),
            # Account 7's manager tries to reach account 8, and an account that does not exist.
            self.get(account=8),
            self.get(account=999),
        ]
        self.attempts._failures.clear()
        refused += [
            self.get(account="7%20OR%201=1"),
            self.get(account="²"),
            self.get(account=""),
            self.get(account="7" * 5000),
            self.fetch("/config", self.key_7),
            self.post({"DEBUG": True}, account=8),
            self.post({"DEBUG": True}, key=self.key_8),
            self.get(headers={"X-Chatwoot-Route": "invented"}),
            self.get(headers={"X-Chatwoot-Route": self.account_8.route_token}),
        ]
        answers = {(response.status_code, response.text) for response in refused}
        self.assertEqual(answers, {(401, '{"error": "unauthorized"}')})
        self.assertFalse(self.account_7.debug or self.account_8.debug)

    def test_a_colleague_who_is_no_manager(self):
        self.assertEqual(self.get(key=self.viewer_key_7).status_code, 403)
        self.assertEqual(self.post({"DEBUG": True}, key=self.viewer_key_7).status_code, 403)
        self.assertFalse(self.account_7.debug)

    def test_a_manager_of_several_companies_reaches_the_account_named(self):
        self.manager_7.company_ids |= self.tenant_8.company_id
        self.post({"DEBUG": True}, account=8)
        self.assertTrue(self.account_8.debug)
        self.assertFalse(self.account_7.debug)

    def test_by_the_route_token(self):
        headers = {"X-Chatwoot-Route": self.account_7.route_token}
        self.assertEqual(self.fetch("/config", self.key_7, headers=headers).status_code, 200)
        self.assertEqual(self.get(headers=headers).status_code, 200)
        self.assertEqual(self.fetch("/config", self.key_8, headers=headers).status_code, 401)

    def test_a_database_that_is_gone_is_nobodys(self):
        def open_cursor(_database):
            raise store.NoDatabase

        with patch.object(store, "open_cursor", open_cursor):
            self.assertEqual(self.get().status_code, 401)

    def test_an_archived_account_is_nobodys(self):
        self.account_7.active = False
        self.assertEqual(self.get().status_code, 401)

    def test_who_keeps_failing_has_to_wait(self):
        for _attempt in range(LIMIT):
            self.assertEqual(self.get(key="wrong").status_code, 401)
        response = self.get()
        self.assertEqual(response.status_code, 429)
        self.assertTrue(0 < int(response.headers["Retry-After"]) <= 60)
        with patch.dict("os.environ", AGENT_RUNTIME_HEALTH_TOKEN="right"):
            response = self.fetch("/health", headers={"Authorization": "bearer right"})
        self.assertIn("checks", response.json(), "whoever runs the server is not kept out by it")

    def test_the_status_needs_nobody(self):
        response = self.url_open("/webhook/status")
        self.assertEqual(response.status_code, 200)
        self.assertEqual(response.json()["status"], "ok")
        self.assertEqual(set(response.json()), {"status", "version", "time"})
