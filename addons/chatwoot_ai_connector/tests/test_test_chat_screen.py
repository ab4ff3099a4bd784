from odoo.addons.company_services.tests.runtime_double import TOKEN
from odoo.tests import HttpCase, tagged

from agent_runtime.contracts import Choice, Handover, HandoverReason

from .connector_case import ConnectorCase
from .playground_double import PlaygroundDouble

TALK = """
const until = async (found) => {
    while (!found()) await new Promise((resolve) => requestAnimationFrame(resolve));
};
const heard = (text) => [...document.querySelectorAll(".o_chatwoot_bubble")].some(
    (bubble) => bubble.textContent.includes(text)
);
const type = (name, text, event) => {
    const field = document.querySelector(`[name=${name}]`);
    field.value = text;
    field.dispatchEvent(new Event(event, { bubbles: true }));
};
(async () => {
    type("channel", "email", "change");
    type("customer", "Ana", "input");
    type("question", "<b>which one?</b>", "input");
    await until(() => !document.querySelector("button[type=submit]").disabled);
    document.querySelector("button[type=submit]").click();
    await until(() => heard("Heard: <b>which one?</b>"));
    if (document.querySelector(".o_chatwoot_bubble b")) throw new Error("HTML was not escaped");
    const shown = document.querySelector(".o_chatwoot_said").textContent;
    for (const part of ["Would be handed to a person", "Too little speaks", "Sales"]) {
        if (!shown.includes(part)) throw new Error(`${part} is not shown`);
    }
    [...document.querySelectorAll("button")].find((one) => one.textContent === "Red").click();
    await until(() => heard("Heard: Red"));
    const table = document.querySelector(".o_chatwoot_why table.o_chatwoot_factors");
    if (!table) throw new Error("what counted is no table");
    type("question", "still there?", "input");
    await until(() => !document.querySelector("button[type=submit]").disabled);
    document.querySelector("button[type=submit]").click();
    const told = () => document.querySelector(".o_chatwoot_said .alert-warning");
    await until(() => told());
    if (!told().textContent.includes("has ended")) throw new Error(told().textContent);
    document.querySelector(".o_control_panel .btn-primary").click();
    await until(() => !document.querySelector(".o_chatwoot_bubble"));
    console.log("test successful");
})();
"""


@tagged("post_install", "-at_install")
class TestTestChatScreen(ConnectorCase, HttpCase):
    def test_a_conversation_on_the_screen(self):
        double = self.enterContext(PlaygroundDouble())
        self.set_environment(AGENT_RUNTIME_URL=double.url, AGENT_RUNTIME_TOKEN=TOKEN)
        double.answer = {
            "choices": (Choice(title="Red", value="1"),),
            "handover": Handover(reason=HandoverReason.LOW_CONFIDENCE, note="Look at it"),
        }
        chats = self.env.registry["chatwoot.test.chat"]
        ask = chats.ask

        def until_cleared_away(chat, question, **options):
            if question == "still there?":
                chat.sudo().unlink()
            return ask(chat, question, **options)

        self.patch(chats, "ask", until_cleared_away)
        # Odoo logs that the conversation is gone, as it should.
        self.enterContext(self.assertLogs("odoo.http", "WARNING"))
        self.browser_js(
            "/odoo/assistant-test-chat",
            TALK,
            ready="!!document.querySelector('.o_chatwoot_test_chat textarea')",
            login=self.manager_7.login,
        )
        first, second = double.asked.values()
        self.assertEqual((first.channel, first.customer.name), ("email", "Ana"))
        self.assertEqual(second.history[0].text, "<b>which one?</b>")
