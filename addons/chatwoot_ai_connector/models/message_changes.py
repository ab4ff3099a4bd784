import re

from odoo import fields, models

from .chatwoot_turn import IN_FLIGHT, SUPERSEDABLE

_WORDLESS = re.compile(r"\[\w+\]")
"""An attachment of which nothing is known in words, see ``normalise.content``."""
_FILE = re.compile(r"\[(\w+)\](?: (.*))?")
"""An attachment."""


class MessageChanges(models.Model):
    """What becomes of a known message: other words, an error, a deletion."""

    _inherit = "chatwoot.message"

    deleted = fields.Boolean(help="Somebody deleted the message in Chatwoot.")
    remote_updated_at = fields.Float(
        digits=(16, 6),
        help="When Chatwoot last changed the message (Unix seconds); older changes are ignored.",
    )

    def _apply_update(self, news, received_at):
        """Take up a :class:`~..normalise.MessageNews` of this message.

        Other words of the customer's that nobody has answered are answered instead of the former
        ones: waiting, they put the answer off as a new message does; in flight, they supersede
        the turn as a new message does. Of a message that was answered only its transcript,
        arriving late, is worth another answer.
        """
        self.ensure_one()
        values = {}
        if news.delivery_error:
            values["delivery_error"] = news.delivery_error
        # The event of the sending may come after another one of the same message.
        if news.turn_ref and not self.turn_ref:
            values.update(turn_ref=news.turn_ref, part_ref=news.part_ref)
        former = self.content
        if news.deleted:
            values.update(deleted=True, content=False, attachments=False)
            if not self.passed_over:
                values["passed_over"] = "deleted"
        elif self._is_other_words(news):
            values["content"] = with_known_words(news.content, self.content or "")
            values["attachments"] = list(news.attachments) or False
        if news.is_change and (news.updated_at or 0) > self.remote_updated_at:
            values["remote_updated_at"] = news.updated_at
        if values:
            self.write(values)
        if news.deleted:
            self._leave_turn(received_at)
        elif self.content != former and not self.passed_over and self._wants_an_answer(former):
            self.turn_id = False
            self.conversation_id._customer_wrote(received_at)

    def _leave_turn(self, received_at):
        """Have what was asked beside a message that is no more asked without it."""
        rest = self.turn_id.message_ids.filtered(lambda message: not message.passed_over)
        if rest and self.turn_id.state in SUPERSEDABLE:
            rest.turn_id = False
            self.conversation_id._customer_wrote(received_at)

    def _is_other_words(self, news):
        """Whether the news have the message's present words, and they are not known yet.

        What was told at the writing of a message is never newer than what is known of it.
        """
        outdated = news.updated_at is not None and news.updated_at < self.remote_updated_at
        known = not news.content or (
            with_known_words(news.content, self.content or "") == self.content
        )
        return news.is_change and not (outdated or known or self.deleted)

    def _wants_an_answer(self, former):
        """Whether these words, in place of ``former``, are to be answered (once more)."""
        turn = self.turn_id
        if not turn or turn.state in IN_FLIGHT:
            return True
        return _is_wordless(former) and not _is_wordless(self.content)


def with_known_words(told, known):
    """``told`` with the words its files have in ``known``.

    Each file is a line at the end. What a model has understood of it stands there and not in
    Chatwoot, and what was answered by it is not asked anew because Chatwoot understood it too.
    """
    lines, former = told.splitlines(), known.splitlines()
    for place in range(1, min(len(lines), len(former)) + 1):
        now, before = _FILE.fullmatch(lines[-place]), _FILE.fullmatch(former[-place])
        if not now or not before or now[1] != before[1]:
            break
        if before[2]:
            lines[-place] = former[-place]
    return "\n".join(lines)


def _is_wordless(content):
    return all(_WORDLESS.fullmatch(line) for line in (content or "").splitlines())
