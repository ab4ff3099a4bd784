from odoo.tests import HttpCase, tagged

from .common import CompanyServicesCase
from .runtime_double import TOKEN
from .test_voice_preview import PreviewDouble

TYPE_A_GREETING = """
const until = async (found) => {
    while (!found()) await new Promise((resolve) => requestAnimationFrame(resolve));
};
const heard = (text) => [...document.querySelectorAll(".o_ai_bubble")].some(
    (bubble) => bubble.textContent.includes(text)
);
(async () => {
    document.querySelector(".o_notebook a[name=voice]").click();
    await until(() => heard("Saved hello"));
    const greeting = document.querySelector("div[name=greeting] textarea");
    greeting.value = "Typed hello";
    greeting.dispatchEvent(new Event("input", { bubbles: true }));
    await until(() => heard("Typed hello"));
    await until(() => heard("We are closed"));
    document.querySelector(".o_form_button_cancel").click();
    await until(() => heard("Saved hello"));
    console.log("test successful");
})();
"""


@tagged("post_install", "-at_install")
class TestVoicePreviewForm(CompanyServicesCase, HttpCase):
    def test_the_preview_follows_the_typing_and_nothing_is_saved(self):
        double = self.enterContext(PreviewDouble())
        self.set_environment(AGENT_RUNTIME_URL=double.url, AGENT_RUNTIME_TOKEN=TOKEN)
        self.tenant_7.write(
            {
                "greeting": "Saved hello",
                "outside_hours": "closed_message",
                "closed_message": "We are closed",
            }
        )
        self.browser_js(
            f"/odoo/ai.tenant/{self.tenant_7.id}",
            TYPE_A_GREETING,
            ready="!!document.querySelector('.o_form_view .o_notebook')",
            login=self.manager_7.login,
        )
        self.assertEqual(self.tenant_7.greeting, "Saved hello")
        self.assertIn("Typed hello", {call[1].config.voice.greeting for call in double.calls})
