from contextlib import suppress

from odoo import fields, models
from odoo.fields import Domain

from ..delivery.problems import NotFound
from ..gate import LEFT_TO_PEOPLE, OPEN
from ..tools.short_transaction import in_short_transaction
from .chatwoot_turn import IN_FLIGHT, SUPERSEDABLE


class ConversationLeft(models.Model):
    """What people have seen to themselves, and what of the customer's they left unanswered."""

    _inherit = "chatwoot.conversation"

    def _by_people(self):
        """The domain of what people have said to the customer here."""
        self.ensure_one()
        return Domain(
            [
                ("conversation_id", "=", self.id),
                ("author", "=", "attendant"),
                ("private", "=", False),
            ]
        )

    def _answers_open(self):
        """Whether open conversations are the assistant's, see :mod:`..gate`."""
        return self.chatwoot_account_id.registration == "account_webhook"

    def _last_words_of_people(self):
        """Chatwoot's number of the last message by which a person may have answered; 0: none.

        What the assistant has said says nothing of what it was to answer; its turns do.
        """
        said = self.env["chatwoot.message"].search(
            self._by_people(), order="message_id desc", limit=1
        )
        return said.message_id or 0

    def _left_by_people(self):
        """The customer's messages that were left to people and that nobody has answered."""
        return self.env["chatwoot.message"].search(
            [
                ("conversation_id", "=", self.id),
                ("author", "=", "customer"),
                ("passed_over", "=", False),
                ("message_id", ">", self._last_words_of_people()),
                ("turn_id.state", "=", "ignored"),
                ("turn_id.ignored_reason", "in", tuple(LEFT_TO_PEOPLE)),
            ]
        )

    def _take_up_what_people_left(self):
        """Have the customer's messages answered that nobody has answered."""
        if left := self._left_by_people():
            left.turn_id = False
            self._customer_wrote(fields.Datetime.now())

    def _pass_over_what_people_saw_to(self, resolved):
        """Answer no more what a person has answered, or all that was there if they resolved it.

        It may wait, for instance for the opening, be with the crew or have been left to people.
        """
        waiting = self._waiting_messages()
        if resolved:
            seen_to = waiting | self._left_by_people()
        else:
            last = self._last_words_of_people()
            flying = self.turn_ids.filtered(lambda turn: turn.state in IN_FLIGHT)
            seen_to = (waiting | flying.message_ids).filtered(
                lambda message: message.message_id < last and not message.passed_over
            )
            # One that is being sent learns it from its messages, see _human_replied.
            _end(flying.filtered(lambda t: t.state in SUPERSEDABLE and t.message_ids & seen_to))
        seen_to.passed_over = "seen_to"
        if waiting and not waiting - seen_to:
            self._nothing_waits()

    def _show_to_people(self):
        """Have people see what is left to them: a pending conversation is in nobody's list.

        To be called when a turn was ignored because a person had answered without taking the
        conversation over.
        """
        if self._is_hidden_from_people():
            self.with_delay(
                channel="root.chatwoot",
                description=self.env._("Open conversation %s for people", self.display_id),
            )._job_show_to_people()

    def _is_hidden_from_people(self):
        return self._standing().with_assistant and bool(self._left_by_people())

    def _job_show_to_people(self):
        self.ensure_one()
        with self.chatwoot_account_id._asking(self.display_id) as chatwoot:
            # Who has deleted it meanwhile has seen it.
            if in_short_transaction(self.env, _is_hidden, self.id):
                with suppress(NotFound):
                    chatwoot.set_status(self.display_id, OPEN)


def _end(turns):
    """End turns of which a person has answered something meanwhile."""
    turns.write(
        {
            "state": "ignored",
            "ignored_reason": "human_replied",
            "finished_at": fields.Datetime.now(),
        }
    )


def _is_hidden(env, conversation_id):
    return env["chatwoot.conversation"].browse(conversation_id)._is_hidden_from_people()
