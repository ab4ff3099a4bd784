from datetime import UTC, datetime

from odoo import fields, models

from .. import episode


class ConversationEpisode(models.Model):
    """Stretches of a conversation: which of them are the assistant's."""

    _inherit = "chatwoot.conversation"

    episode_from = fields.Datetime(
        string="With the assistant since",
        readonly=True,
        help="When the conversation was last given back to the assistant (pending and not "
        "assigned), or came up again after it was resolved; empty: since it began. A person who "
        "answers after this moment silences the assistant until the next such moment; in a "
        "conversation left pending, for a day.",
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
            # Without a bot nothing is pending by itself: who lets go of it says so by this.
            if episode.let_go(before, after) and self._answers_open():
                self._take_up_what_people_left()
            return
        moment = (
            datetime.fromtimestamp(told_at, UTC).replace(tzinfo=None)
            if told_at
            else fields.Datetime.now()
        )
        self.write({"episode_from": moment, "handed_over_at": False})
        self._pass_over_what_people_saw_to(resolved=before.status == episode.RESOLVED)
        if episode.given_back(before, after):
            self._take_up_what_people_left()

    def _note_handover(self, turn):
        """Remember that it was we who handed over, with ``turn``; called under the lock."""
        self.write({"handed_over_at": fields.Datetime.now(), "handover_turn_id": turn.id})
