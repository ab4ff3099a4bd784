"""The note an attendant finds when Odoo itself hands a conversation over."""

from textwrap import shorten

from odoo import models

EARLIER = 6
"""So many messages before the question are quoted."""
QUOTED = 240
"""Characters of an earlier message that are quoted; of the question, several times as many."""


class TurnNote(models.Model):
    _inherit = "chatwoot.turn"

    def _note_text(self):
        """The note as CommonMark: why, what was said, what was tried, what could be answered.

        The runtime's own note says all that, and is used as it is. Without one, because it never
        came so far, Odoo tells what its own rows know. What the customer may not have read is
        named in both cases.
        """
        lines = [self.handover_note] if self.handover_note else self._own_note()
        unsure = self.part_ids.filtered(lambda part: not part.private and part.state != "sent")
        if unsure:
            words = "\n\n".join(unsure.sorted("number").mapped("content"))
            lines.append(self.env._("**Not sent, or not confirmed:** %s", words))
        return "\n\n".join(lines)

    def _own_note(self):
        """The paragraphs of a note without the runtime's help."""
        lines = [self.env._("**The assistant hands over:** %s", self._reason_in_words())]
        if earlier := self._earlier_lines():
            lines.append(self.env._("**Earlier in the conversation:**\n\n%s", quoted(earlier)))
        question = shorten(self.customer_text or "–", QUOTED * 4, placeholder=" […]")
        lines.append(self.env._("**The customer wrote:** %s", question))
        if tried := self._tried():
            lines.append(self.env._("**Tried:** %s", tried))
        if suggestion := self._suggestion():
            lines.append(self.env._("**Suggested reply:**\n\n%s", quoted(suggestion.splitlines())))
        return lines

    def _earlier_lines(self):
        """What was said before the question, one line per message; not this turn's own words."""
        author = self.env["chatwoot.message"]._fields["author"]
        authors = dict(author._description_selection(self.env))
        return [
            f"{authors[message.author]}: {shorten(message.content, QUOTED, placeholder=' […]')}"
            for message in self.conversation_id._history(self.message_ids, EARLIER)
            if message.turn_ref != self.id
        ]

    def _tried(self):
        """What has been done for an answer; empty when nothing was."""
        done = []
        if self.attempt > 1:
            done.append(self.env._("tried %s times to answer", self.attempt))
        elif self.attempt:
            done.append(self.env._("tried to answer"))
        if self.source_ids:
            titles = ", ".join(dict.fromkeys(self.source_ids.mapped("title")))
            done.append(self.env._("looked at %s", titles))
        return "; ".join(done)

    def _suggestion(self):
        """The newest answer that came too late to be sent: perhaps of use to the attendant."""
        late = [entry["parts"] for entry in self.late_results or [] if entry["parts"]]
        return "\n\n".join(late[-1]) if late else ""

    def _reason_in_words(self):
        """Why, for the attendant; not technical."""
        if self.handover_reason == "rule" and self.handover_rule_id:
            return self.env._("the rule “%s” wants people to answer.", self.handover_rule_id.name)
        words = {
            "asked_for_person": self.env._("the customer asked for a person."),
            "frustration": self.env._("the customer is annoyed."),
            "sensitive_topic": self.env._("the topic is sensitive."),
            "rule": self.env._("a rule of the company wants people to answer."),
            "no_grounded_answer": self.env._("nothing in the company's data answers this."),
            "low_confidence": self.env._("too little speaks for the answer that was found."),
            "closed": self.env._("the customer wrote while the company is closed."),
            "cannot_reply": self.env._("the channel's reply window is closed."),
            "loop_guard": self.env._("the assistant has answered too often in a short time."),
            "undelivered": self.env._("the channel refused the answer, it was not read."),
            "unconfirmed": self.env._("Chatwoot did not confirm that the answer was sent."),
            "deadline": self.env._("the answer took too long."),
            "model_down": self.env._("the language model did not answer."),
            "budget": self.env._("the question took more work than one answer may."),
        }
        return words.get(
            self.handover_reason, self.env._("a technical problem prevented an answer.")
        )


def quoted(lines):
    """Lines as one CommonMark quotation, each on a line of its own."""
    return "\n>\n".join(f"> {line}" for line in lines if line.strip())
