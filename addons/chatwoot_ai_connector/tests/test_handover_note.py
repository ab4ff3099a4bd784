"""The note that Odoo writes when the runtime could not."""

from odoo import fields
from odoo.tests import BaseCase, tagged

from agent_runtime.contracts import Handover, HandoverReason

from ..note_html import note_html
from .delivery_case import DeliveryCase


@tagged("post_install", "-at_install")
class TestNoteHtml(BaseCase):
    """The note as Odoo shows it."""

    def test_headings_and_quotations(self):
        shown = note_html("**Motivo:** x\n\n> Cliente: a < b\n>\n> Assistente: c\n\nfim > início")
        self.assertIn("<strong>Motivo:</strong> x", shown)
        self.assertIn(">Cliente: a &lt; b\nAssistente: c</blockquote>", shown)
        self.assertIn("fim &gt; início", shown)

    def test_a_sign_that_was_escaped_for_chatwoot_is_shown_alone(self):
        shown = note_html("> Patas \\& Cia: 5 \\* 3 \\> 2, C:\\novo")
        self.assertIn("Patas &amp; Cia: 5 * 3 &gt; 2, C:\\novo", shown)

    def test_an_escape_opens_no_tag_and_no_bold(self):
        shown = note_html("\\<img src=x> \\*\\*x\\*\\*")
        self.assertIn("&lt;img src=x&gt; **x**", shown)

    def test_nothing_of_a_customers_is_taken_for_html(self):
        shown = note_html('> <img src=x onerror="alert(1)">\n**<b>x</b>**')
        self.assertNotIn("<img", shown)
        self.assertNotIn("<b>", shown)


@tagged("post_install", "-at_install")
class TestHandoverNote(DeliveryCase):
    def earlier(self, *said):
        """Messages before the question: (author, text)."""
        for number, (author, text) in enumerate(said, start=-len(said)):
            self.env["chatwoot.message"].create(
                {
                    "conversation_id": self.turn.conversation_id.id,
                    "message_id": number,
                    "author": author,
                    "content": text,
                    "sent_at": fields.Datetime.now(),
                }
            )

    def test_it_says_why_what_was_said_tried_and_could_be_answered(self):
        self.earlier(("customer", "Vocês vendem ração?"), ("bot", "Sim, de 3 e de 15 kg."))
        self.dispatch()
        late = self.result(self.turn, parts=("Abrimos às nove.", "Até já!"))
        self.turn._give_up("deadline", "The runtime did not answer in time.")
        self.turn._apply_result(late.model_dump(mode="json"))
        self.assertIsNone(self.deliver())
        (note,) = self.notes()
        self.assertIn("**The assistant hands over:** the answer took too long.", note)
        self.assertIn("> Customer: Vocês vendem ração?\n>\n> Assistant: Sim, de 3", note)
        self.assertIn("**The customer wrote:** Qual o horário?", note)
        self.assertIn("**Tried:** tried to answer", note)
        self.assertIn("**Suggested reply:**\n\n> Abrimos às nove.\n>\n> Até já!", note)
        self.assertNotIn("The runtime did not answer", note)

    def test_without_anything_tried_nothing_is_claimed(self):
        self.turn._give_up("error", "No runtime is configured.")
        self.assertIsNone(self.deliver())
        (note,) = self.notes()
        self.assertNotIn("**Tried", note)
        self.assertNotIn("**Suggested", note)
        self.assertNotIn("**Earlier", note)
        self.assertNotIn("runtime", note)

    def test_the_runtimes_own_note_is_used_as_it_is(self):
        note = Handover(reason=HandoverReason.FRUSTRATION, note="**Motivo:** cliente irritado.")
        self.answered(parts=("Vou chamar alguém.",), handover=note)
        self.assertIsNone(self.deliver())
        self.assertEqual(self.notes(), ["**Motivo:** cliente irritado."])

    def test_every_reason_has_words_of_its_own(self):
        reasons = dict(self.turn._fields["handover_reason"].selection)
        words = set()
        for reason in reasons:
            self.turn.handover_reason = reason
            words.add(self.turn._reason_in_words())
        self.assertEqual(len(words), len(reasons))
