"""Sending the single messages of an answer, each at most once."""

from datetime import timedelta

from odoo import fields, models

from ..delivery.choices import as_sent
from ..delivery.problems import ChatwootProblem, Doubtful
from ..delivery.unsettled import Unsettled, Waiting

ECHO_WITHIN = timedelta(seconds=30)
"""How long the webhook about our own message is waited for; Chatwoot gives up after 15."""
LOOK_AGAIN = 3


class TurnParts(models.Model):
    _inherit = "chatwoot.turn"

    def _send_part(self, api, number, channel_class=None):
        """Send one part; one whose sending was cut off is settled and never sent again.

        ``channel_class`` is Chatwoot's own class of the channel, for choices. Raises
        :class:`Unsettled` when the outcome cannot be found out, :class:`Waiting` while it still
        may, :class:`Doubtful` when Chatwoot hangs.
        """
        part = self._shortly("_begin_part", number)
        if part is None:
            return
        if part["state"] == "doubtful":
            self._settle_part(api, number)
            return
        try:
            message_id = self._create_message(api, number, part, channel_class)
        except Doubtful as doubt:
            self._shortly("_write_part", number, {"state": "doubtful"})
            self._log_stage("part", "doubtful", detail=True, part=number)
            if doubt.out_of_reach:
                # Whoever hangs now would hang at the question, too.
                raise
            self._settle_part(api, number)
        except ChatwootProblem:
            # It has certainly not left: no connection, or a plain refusal.
            self._shortly("_write_part", number, {"state": "to_send"})
            raise
        else:
            self._shortly("_note_sent", number, message_id)
            self._log_stage("part", "sent", detail=True, part=number)

    def _create_message(self, api, number, part, channel_class):
        content, items = part["content"], []
        if part["choices"]:
            chosen = part["choices"]
            if self.channel == "instagram":
                # Through a Facebook page it has that page's class, but no buttons.
                channel_class = None
            content, items = as_sent(chosen["question"], chosen["options"], channel_class)
        return api.create_message(
            self.conversation_id.display_id,
            content,
            self.id,
            number,
            private=part["private"],
            items=items,
            template=part["template_params"] or None,
        )

    def _begin_part(self, number):
        """What to send, marked as leaving; ``None`` when it is done with.

        Nobody else sends this turn, so a part found leaving was cut off: it may have arrived.
        """
        part = self._part(number)
        if part.state == "to_send":
            part.write({"state": "sending", "sending_at": fields.Datetime.now()})
        elif part.state == "sending":
            part.state = "doubtful"
        elif part.state != "doubtful":
            return None
        return part.read(["state", "content", "private", "choices", "template_params"])[0]

    def _settle_part(self, api, number):
        """Find out whether a doubtful part arrived.

        First by the webhook about it, then by reading the conversation. Not to be found does
        not mean that it never will be: an overloaded Chatwoot may still be at it. So the end of
        the search is a person, not another message.
        """
        message_id = self._shortly("_echo_of", number)
        if message_id is None and api.reads_messages:
            message_id = api.message_of(
                self.conversation_id.display_id, self.id, number, self._shortly("_last_asked")
            )
        if message_id is not None:
            self._shortly("_note_sent", number, message_id)
        elif self._shortly("_sent_since", number) < ECHO_WITHIN:
            raise Waiting(f"part {number} of turn {self.id} may have been sent", LOOK_AGAIN)
        else:
            raise Unsettled(f"part {number} of turn {self.id}")

    def _echo_of(self, number):
        """Chatwoot's id of the message, if its own webhook has told of it."""
        echo = self.env["chatwoot.message"].search(
            [
                ("conversation_id", "=", self.conversation_id.id),
                ("author", "=", "bot"),
                ("turn_ref", "=", self.id),
                ("part_ref", "=", number),
            ],
            limit=1,
        )
        return echo.message_id or None

    def _last_asked(self):
        """Chatwoot's id of the newest message the turn answers: ours are newer."""
        return max(self.message_ids.mapped("message_id"), default=0)

    def _sent_since(self, number):
        return fields.Datetime.now() - self._part(number).sending_at

    def _part(self, number):
        return self.part_ids.filtered(lambda part: part.number == number)

    def _note_sent(self, number, message_id):
        """It is in Chatwoot; word that the channel refused it may have been here before."""
        part = self._part(number)
        part.write({"state": "failed" if part.delivery_error else "sent", "message_id": message_id})

    def _write_part(self, number, values):
        self._part(number).write(values)

    def _note_echo(self, part_ref):
        """Chatwoot has told of a message of ours: settle the delivery that waits for it.

        Called for every echo; nearly all find their part sent, and nothing is written then.
        """
        self.ensure_one()
        if self.state == "delivering" and self._part(part_ref).state == "doubtful":
            self._enqueue_delivery()
