from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..models.ai_tenant_agent import KEY_OVERLAP
from ..tools.secrets import reveal
from .common import CompanyServicesCase


@tagged("post_install", "-at_install")
class TestAgentUser(CompanyServicesCase):
    def owner_of(self, key):
        return self.env["res.users.apikeys"]._check_credentials(scope="rpc", key=key)

    def test_agent_is_no_internal_user_and_belongs_to_its_company_only(self):
        agent = self.tenant_7.agent_user_id
        self.assertFalse(agent.has_group("base.group_user"))
        self.assertEqual(agent.group_ids, self.env.ref("company_services.group_ai_agent"))
        self.assertEqual(agent.company_ids, self.tenant_7.company_id)
        self.assertNotEqual(agent, self.tenant_8.agent_user_id)

    def test_agent_cannot_log_in_with_a_password(self):
        agent = self.tenant_7.agent_user_id
        with self.assertRaises(AccessDenied):
            agent.with_user(agent)._check_credentials(
                {"type": "password", "password": "False"}, {"interactive": True}
            )

    def test_access_carries_a_working_expiring_key(self):
        access = self.tenant_7._agent_access()
        key = access.api_key.get_secret_value()
        self.assertEqual(self.owner_of(key), self.tenant_7.agent_user_id.id)
        self.assertEqual(access.database, self.env.cr.dbname)
        self.assertEqual(access.login, self.tenant_7.agent_user_id.login)
        self.assertGreater(self.tenant_7.agent_key_expires, fields.Datetime.now())
        self.assertNotIn(key, repr(access))
        self.assertEqual(self.tenant_7._agent_access().api_key, access.api_key, "kept, not renewed")

    def test_account_7s_key_is_not_account_8s(self):
        key_7 = self.tenant_7._agent_access().api_key.get_secret_value()
        key_8 = self.tenant_8._agent_access().api_key.get_secret_value()
        self.assertNotEqual(key_7, key_8)
        self.assertNotEqual(self.owner_of(key_7), self.owner_of(key_8))

    def test_agent_reads_no_tenant_secret_or_setting(self):
        agent = self.tenant_7.agent_user_id
        for model in ("ai.tenant", "ai.knowledge.binding", "ir.config_parameter", "queue.job"):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(agent).search_read([], ["id"])

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_account_8_is_not_named_to_whoever_may_not_delete_it(self):
        self.tenant_8.publish_state = "publishing"
        self.assertTrue(self.tenant_8._account_in_use())
        with self.assertRaises(AccessError) as refused:
            self.tenant_8.with_user(self.tenant_7.agent_user_id).unlink()
        self.assertNotIn(self.tenant_8.company_id.name, str(refused.exception))

    def test_rotation_lets_the_former_key_run_out(self):
        former = self.tenant_7._agent_access().api_key.get_secret_value()
        self.tenant_7.agent_key_expires = fields.Datetime.now() + timedelta(days=2)
        self.env["ai.tenant"]._cron_renew_agent_keys()
        current = reveal(self.tenant_7, "agent_api_key")
        self.assertNotEqual(current, former)
        self.assertTrue(self.owner_of(current))
        self.env.cr.execute(
            "SELECT expiration_date FROM res_users_apikeys WHERE user_id = %s ORDER BY id",
            [self.tenant_7.agent_user_id.id],
        )
        first = self.env.cr.fetchone()[0]
        self.assertLessEqual(first, fields.Datetime.now() + KEY_OVERLAP)

    def test_archiving_revokes_at_once_and_reactivating_starts_anew(self):
        key = self.tenant_7._agent_access().api_key.get_secret_value()
        self.tenant_7.active = False
        self.assertFalse(self.owner_of(key))
        self.assertFalse(self.tenant_7.agent_user_id.active)
        self.assertFalse(self.tenant_7.agent_api_key)
        self.tenant_7.active = True
        self.assertTrue(self.tenant_7.agent_user_id.active)
        key = self.tenant_7._agent_access().api_key.get_secret_value()
        self.env.flush_all()
        self.assertTrue(self.owner_of(key))

    def test_a_tenant_made_anew_takes_up_the_company_s_agent(self):
        agent, company = self.tenant_7.agent_user_id, self.tenant_7.company_id
        calendar = self.tenant_7.resource_calendar_id
        self.tenant_7.unlink()
        self.assertFalse(agent.active)
        again = self.env["ai.tenant"].create(
            {"company_id": company.id, "account_id": 7, "resource_calendar_id": calendar.id}
        )
        self.assertEqual(again.agent_user_id, agent)
        self.assertTrue(agent.active)
