from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from agent_runtime.contracts import Preview, PreviewRequest, dump_json

from ..tools import runtime
from .common import CompanyServicesCase
from .runtime_double import TOKEN, RuntimeDouble

LOGGER = "odoo.addons.company_services.models.ai_tenant_preview"


class PreviewDouble(RuntimeDouble):
    """Answers previews with what it was asked, so that a test sees what arrived."""

    def _answer(self, path, headers, body):
        if path != "/v1/preview":
            return super()._answer(path, headers, body)
        if self.failures:
            return self.failures.pop(0), '{"error": "as the test wants it"}'
        request = PreviewRequest.model_validate_json(body)
        self.calls.append((path, request))
        config = request.config
        return 200, dump_json(
            Preview(
                greeting=config.voice.greeting or "",
                answer=f"{request.customer_name}: {request.question}",
                farewell=config.voice.farewell or "",
                closed=config.hours.closed_message,
            )
        )


@tagged("post_install", "-at_install")
class TestVoicePreview(CompanyServicesCase):
    def setUp(self):
        super().setUp()
        self.double = self.enterContext(PreviewDouble())
        self.set_environment(AGENT_RUNTIME_URL=self.double.url, AGENT_RUNTIME_TOKEN=TOKEN)
        self.tenant_7.write({"greeting": "Saved hello", "farewell": "Saved bye"})

    def preview(self, tenant, values, user=None, **sample):
        tenants = self.as_user(self.env["ai.tenant"], user or self.manager_7)
        return tenants.preview_voice(tenant.id if tenant else False, values, **sample)

    @property
    def config(self):
        """What the runtime was last asked to try."""
        return self.double.calls[-1][1].config

    def test_unsaved_values_are_heard_and_nothing_is_written(self):
        self.tenant_7.publish_state = "published"
        heard = self.preview(
            self.tenant_7,
            {"greeting": "Typed hello", "manner": "calm"},
            question=" Open? ",
            customer_name="Maria",
        )
        self.assertEqual(heard["greeting"], "Typed hello")
        self.assertEqual((heard["question"], heard["answer"]), ("Open?", "Maria: Open?"))
        self.assertEqual(heard["farewell"], "Saved bye")
        self.assertEqual(self.config.voice.manner, "calm")
        self.assertEqual(self.config.account_id, 7)
        self.env.flush_all()
        self.tenant_7.invalidate_recordset()
        self.assertEqual(self.tenant_7.greeting, "Saved hello")
        self.assertEqual(self.tenant_7.publish_state, "published")

    def test_what_is_said_while_closed_is_shown_where_it_is_said(self):
        typed = {"outside_hours": "closed_message", "closed_message": "Typed: closed"}
        self.assertEqual(self.preview(self.tenant_7, typed)["closed"], "Typed: closed")
        typed["outside_hours"] = "answer"
        self.assertIsNone(self.preview(self.tenant_7, typed)["closed"])

    def test_the_sample_customer_speaks_the_company_s_language(self):
        self.assertEqual(self.preview(self.tenant_7, {})["hello"], "Hello!")
        self.env["res.lang"]._activate_lang("pt_BR")
        heard = self.preview(self.tenant_7, {"lang": "pt_BR"})
        self.assertEqual((heard["hello"], heard["customer_name"]), ("Olá!", "Maria"))
        self.assertEqual(heard["answer"], f"Maria: {heard['question']}")

    def test_lines_of_the_form_are_heard(self):
        kept = self.env["ai.company.contact"].create(
            {"tenant_id": self.tenant_7.id, "kind": "other", "value": "Kept"}
        )
        changed = kept.copy({"value": "Before"})
        removed = kept.copy({"value": "Removed"})
        self.preview(
            self.tenant_7,
            {
                "contact_ids": [
                    Command.update(changed.id, {"value": "After"}),
                    Command.delete(removed.id),
                    Command.create({"kind": "other", "value": "New", "may_be_mentioned": True}),
                    Command.create({"kind": "phone", "value": False, "may_be_mentioned": True}),
                ]
            },
        )
        self.assertEqual(
            {point.value for point in self.config.company.contacts}, {"Kept", "After", "New"}
        )
        self.assertTrue(removed.exists())

    def test_an_emptied_field_of_the_profile_is_inherited_again(self):
        self.tenant_7.name = "Override"
        self.preview(self.tenant_7, {"name": False})
        self.assertEqual(self.config.company.name, "Company Seven")

    def test_a_company_that_is_not_saved_yet(self):
        company = self.env["res.company"].create({"name": "Company Nine"})
        self.manager_7.company_ids = [Command.link(company.id)]
        heard = self.preview(
            None, {"company_id": company.id, "account_id": 0, "greeting": "Hi", "tone": "polite"}
        )
        self.assertEqual(heard["greeting"], "Hi")
        self.assertEqual(self.config.company.name, "Company Nine")
        self.assertEqual(self.config.voice.tone, "polite")

    def test_a_runtime_that_does_not_answer_is_said_in_words(self):
        with self.subTest("not reachable"):
            self.set_environment(AGENT_RUNTIME_URL="http://127.0.0.1:9")
            self.assertIn("does not answer", self.preview(self.tenant_7, {})["problem"])
        self.set_environment(AGENT_RUNTIME_URL=self.double.url)
        for status, words in ((503, "does not answer"), (429, "busy"), (401, "token")):
            with self.subTest(status), mute_logger(LOGGER):
                self.double.failures.append(status)
                self.assertIn(words, self.preview(self.tenant_7, {})["problem"])

    def test_without_a_runtime_the_remedy_is_said(self):
        self.set_environment(AGENT_RUNTIME_URL="")
        self.patch(runtime, "_embedded", None)
        self.assertIn("odoo.conf", self.preview(self.tenant_7, {})["problem"])

    def test_settings_that_do_not_fit_yet_are_named(self):
        problem = self.preview(
            self.tenant_7, {"contact_ids": [Command.create({"kind": "phone", "value": "123"})]}
        )["problem"]
        self.assertIn("123", problem)
        self.assertFalse(self.double.calls)

    def test_account_7_hears_nothing_of_account_8(self):
        self.tenant_8.company_id.phone = "+55 11 8888-8888"
        of_8 = self.env["ai.company.contact"].create(
            {"tenant_id": self.tenant_8.id, "kind": "other", "value": "Of eight"}
        )
        for tenant, values in (
            (self.tenant_8, {}),
            (None, {"company_id": self.tenant_8.company_id.id}),
            (self.tenant_7, {"contact_ids": [Command.link(of_8.id)]}),
            (self.tenant_7, {"contact_ids": [Command.update(of_8.id, {"label": "x"})]}),
            (self.tenant_7, {"resource_calendar_id": self.tenant_8.resource_calendar_id.id}),
        ):
            with self.assertRaises(AccessError):
                self.preview(tenant, values)
        self.preview(self.tenant_7, {"company_id": self.tenant_8.company_id.id})
        self.assertEqual(self.config.company.name, "Company Seven")
        self.assertFalse([c for c in self.double.calls if c[1].config.company.phone])

    def test_viewers_may_listen_and_others_not(self):
        viewer = self.make_user("viewer", self.tenant_7, "group_ai_viewer")
        self.assertIn("greeting", self.preview(self.tenant_7, {}, viewer))
        stranger = self.make_user("stranger", self.tenant_7, "group_ai_viewer")
        stranger.group_ids = [Command.set(self.env.ref("base.group_user").ids)]
        with self.assertRaises(AccessError):
            self.preview(self.tenant_7, {}, stranger)
