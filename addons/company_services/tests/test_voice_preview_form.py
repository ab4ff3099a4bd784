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

LOSE_THE_CONNECTION = """
const until = async (found) => {
    while (!found()) await new Promise((resolve) => requestAnimationFrame(resolve));
};
const problem = () => document.querySelector(".o_ai_voice_preview .alert")?.textContent || "";
const heard = (text) => [...document.querySelectorAll(".o_ai_bubble")].some(
    (bubble) => bubble.textContent.includes(text)
);
(async () => {
    document.querySelector(".o_notebook a[name=voice]").click();
    await until(() => heard("Saved hello"));
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, url, ...rest) {
        this.isLost = url.includes("preview_voice");
        return open.call(this, method, url, ...rest);
    };
    XMLHttpRequest.prototype.send = function (...body) {
        return this.isLost ? this.dispatchEvent(new Event("error")) : send.apply(this, body);
    };
    const question = document.querySelector(".o_ai_voice_preview input");
    question.dispatchEvent(new Event("input", { bubbles: true }));
    await until(() => problem().includes("Odoo cannot be reached"));
    if (document.querySelector(".o_dialog")) throw new Error("a dialog was opened");
    Object.assign(XMLHttpRequest.prototype, { open, send });
    question.dispatchEvent(new Event("input", { bubbles: true }));
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

    def test_a_lost_connection_is_told_in_the_preview(self):
        double = self.enterContext(PreviewDouble())
        self.set_environment(AGENT_RUNTIME_URL=double.url, AGENT_RUNTIME_TOKEN=TOKEN)
        self.tenant_7.greeting = "Saved hello"
        self.browser_js(
            f"/odoo/ai.tenant/{self.tenant_7.id}",
            LOSE_THE_CONNECTION,
            ready="!!document.querySelector('.o_form_view .o_notebook')",
            login=self.manager_7.login,
        )
