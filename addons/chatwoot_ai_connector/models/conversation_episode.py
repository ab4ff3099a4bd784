from datetime import UTC, datetime

from odoo import fields, models

from .. import episode
from ..gate import LEFT_TO_PEOPLE


class ConversationEpisode(models.Model):
    """Stretches of a conversation: which of them are the assistant's, and what people left it."""

    _inherit = "chatwoot.conversation"

    episode_from = fields.Datetime(
        string="With the assistant since",
        readonly=True,
        help="When the conversation was last given back to the assistant (pending and not "
        "assigned), or came up again after it was resolved; empty: since it began. Where the "
        "assistant is registered as a webhook of the account, a person who answers after this "
        "moment silences it until the next such moment.",
    )
    handed_over_at = fields.Datetime(
        readonly=True,
        help="When the assistant handed the conversation to people. It stays silent until the "
        "conversation is given back (pending and not assigned) or comes up again after it was "
        "resolved.",
    )

    def _standing(self):
        self.ensure_one()
        return episode.Standing(self.status, self.assignee_type or None)

    def _follow_episode(self, before, told_at):
        """Begin an episode if the news make one. Called under the lock, after they were taken up.

        ``before`` is the :class:`episode.Standing` until then, ``told_at`` the news' time by
        Chatwoot's clock (Unix seconds) if they have one.
        """
        after = self._standing()
        if not episode.begins(before, after):
            return
        moment = (
            datetime.fromtimestamp(told_at, UTC).replace(tzinfo=None)
            if told_at
            else fields.Datetime.now()
        )
        self.write({"episode_from": moment, "handed_over_at": False})
        if episode.given_back(before, after):
            self._take_up_what_people_left()

    def _take_up_what_people_left(self):
        """Have the customer's messages answered that nobody has answered.

        Those are the ones after the last public words of a person or of ours, of which the turn
        was ignored because the conversation was with people. What a person has answered is
        never answered again.
        """
        said = self.env["chatwoot.message"].search(
            [
                ("conversation_id", "=", self.id),
                ("author", "in", ("attendant", "bot")),
                ("private", "=", False),
            ],
            order="message_id desc",
            limit=1,
        )
        left = self.env["chatwoot.message"].search(
            [
                ("conversation_id", "=", self.id),
                ("author", "=", "customer"),
                ("private", "=", False),
                ("message_id", ">", said.message_id or 0),
                ("turn_id.state", "=", "ignored"),
                ("turn_id.ignored_reason", "in", tuple(LEFT_TO_PEOPLE)),
            ]
        )
        if left:
            left.turn_id = False
            self._customer_wrote(fields.Datetime.now())

    def _note_handover(self, turn):
        """Remember that it was we who handed over, with ``turn``; called under the lock."""
        self.write({"handed_over_at": fields.Datetime.now(), "handover_turn_id": turn.id})
