from odoo.addons.company_services.fields import MASK
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..intake import store
from ..normalise import normalise
from .connector_case import SECRET_7, ConnectorCase, message_payload

MODELS = (
    "chatwoot.account",
    "chatwoot.inbox",
    "chatwoot.conversation",
    "chatwoot.message",
    "chatwoot.turn",
    "chatwoot.turn.part",
    "chatwoot.turn.source",
    "chatwoot.intake",
)


@tagged("post_install", "-at_install")
class TestAccess(ConnectorCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.viewer_7 = cls.make_user("viewer_7", cls.tenant_7, "group_ai_viewer")

    def filled(self):
        for account, number in ((self.account_7, 7), (self.account_8, 8)):
            self.take_in(message_payload(account=number), account=account)
            turn = self.prepare(self.conversation(account=account))
            self.env["chatwoot.turn.part"].create(
                {"turn_id": turn.id, "number": 1, "content": "answer"}
            )
            self.env["chatwoot.turn.source"].create(
                {"turn_id": turn.id, "kind": "company", "reference": "config", "title": "Hours"}
            )
        self.env.flush_all()

    def company_of(self, record):
        if record._name == "chatwoot.intake":
            return record.chatwoot_account_id.company_id
        return record.company_id

    def test_each_company_sees_its_own(self):
        self.filled()
        for model in MODELS:
            records = self.env[model].search([])
            mine = self.as_user(self.env[model], self.manager_7).search([])
            with self.subTest(model=model):
                self.assertTrue(mine)
                self.assertEqual(self.company_of(mine.sudo()), self.tenant_7.company_id)
                others = records.filtered(
                    lambda record: self.company_of(record) == self.tenant_8.company_id
                )
                self.assertTrue(others)
                with self.assertRaises(AccessError):
                    self.as_user(others, self.manager_7).read()

    def test_secrets_are_masked_and_for_managers(self):
        account = self.as_user(self.account_7, self.manager_7)
        self.assertEqual(account.read(["webhook_secret"])[0]["webhook_secret"], MASK)
        self.assertEqual(account.read(["user_token"])[0]["user_token"], False)
        for name in ("webhook_secret", "bot_token", "user_token", "route_token", "webhook_url"):
            with self.assertRaises(AccessError):
                self.as_user(self.account_7, self.viewer_7).read([name])
        self.env.cr.execute(
            "SELECT webhook_secret FROM chatwoot_account WHERE id = %s", (self.account_7.id,)
        )
        self.assertNotIn(SECRET_7, self.env.cr.fetchone()[0])
        visible = self.as_user(self.account_7, self.viewer_7).read()[0]
        self.assertNotIn("bot_token", visible)

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_the_log_cannot_be_edited(self):
        self.filled()
        turn = self.conversation().turn_ids
        for model in ("chatwoot.conversation", "chatwoot.message", "chatwoot.turn"):
            with self.assertRaises(AccessError):
                self.as_user(self.env[model].search([])[:1], self.manager_7).write({})
        with self.assertRaises(AccessError):
            self.as_user(turn, self.manager_7).unlink()
        with self.assertRaises(AccessError):
            self.as_user(self.account_7, self.viewer_7).write({"name": "x"})

    @mute_logger("odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def test_only_a_manager_has_rows_of_the_own_company_worked_on_again(self):
        rows = {}
        for account, number in ((self.account_7, 7), (self.account_8, 8)):
            payload = normalise(message_payload(account=number)).to_json()
            store.record(self.env.cr, "chatwoot", f"aside-{number}", account.id, payload, 21)
            rows[number] = self.env["chatwoot.intake"].search([], limit=1, order="id desc")
        self.env.cr.execute("UPDATE chatwoot_intake SET processed_at = now(), error = 'E'")
        self.env.invalidate_all()
        for row, user in (
            (rows[7], self.viewer_7), (rows[8], self.manager_7), (rows[7] + rows[8], self.manager_7)
        ):  # fmt: skip
            with self.assertRaises(AccessError):
                self.as_user(row, user).action_retry()
        self.env.invalidate_all()
        self.assertTrue(rows[7].processed_at and rows[8].processed_at)
        self.as_user(rows[7], self.manager_7).action_retry()
        self.assertFalse(rows[7].processed_at)
        self.assertTrue(rows[8].processed_at)

    def test_an_account_belongs_to_the_assistants_company(self):
        with self.assertRaises(UserError):
            self.account_7.tenant_id = self.make_tenant(9, "Company Nine")

    def test_wrong_settings_are_refused(self):
        with self.assertRaises(ValidationError):
            self.account_7.base_url = "chat.example.test"
        with self.assertRaises(ValidationError):
            self.inbox_7.group_window = 90
        with self.assertRaises(ValidationError):
            self.inbox_7.group_max_count = 0

    def test_setup_state(self):
        self.assertEqual(self.account_7.setup_state, "waiting")
        self.assertEqual(self.account_7.base_url, "https://chat.example.test")
        self.take_in(message_payload())
        self.assertEqual(self.account_7.setup_state, "ready")
        self.account_7.last_error = "refused"
        self.assertEqual(self.account_7.setup_state, "error")
        self.account_7.bot_token = False
        self.assertEqual(self.account_7.setup_state, "no_token")
