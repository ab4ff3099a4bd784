"""Cutting an answer into the messages that its channel carries."""

from odoo import models

from ..delivery.choices import in_words
from ..delivery.split import limit_of, split


class TurnPieces(models.Model):
    _inherit = "chatwoot.turn"

    def _write_parts(self, texts, choices=()):
        """Replace the parts by these texts, cut to what the channel carries.

        ``choices`` (:class:`contracts.Choice`) belong to the last text. Its part reads as it does
        without buttons; whether there are buttons is known when Chatwoot is asked, right before
        sending. What is too long for one message has none.
        """
        limit = limit_of(self.channel)
        values = [{"content": piece} for text in texts for piece in split(text, limit)]
        options = [{"title": choice.title, "value": choice.value} for choice in choices]
        if options and values:
            question = values.pop()["content"]
            words = in_words(question, options)
            last = [{"content": piece} for piece in split(words, limit)]
            if len(last) == 1:
                last[0]["choices"] = {"question": question, "options": options}
            values += last
        self.part_ids.unlink()
        self.env["chatwoot.turn.part"].create(
            [
                {"turn_id": self.id, "number": number, **part}
                for number, part in enumerate(values, start=1)
            ]
        )
