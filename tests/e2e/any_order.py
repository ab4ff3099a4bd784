"""Customers, attendants, duplicates, deaths and outages in any order; then everything must hold.

Each example plays one conversation. At its end the trouble is over, the test waits until nothing
moves, and judges every message of the customer.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from demo.chatwoot_double import Conversation, Fault, Message, User
from demo.scenario.checks import DONE
from demo.stage import Stage, StagedTenant

from .served import nothing_twice, served_once, turns_of, wait_rest

PATIENCE = 400
MOMENT = 10
"""Seconds to wait for what may or may not come."""
TEXTS = (
    "Qual é o telefone de vocês?",
    "Quanto custa a areia higiênica Gato Limpo?",
    "Vocês entregam no CEP 30110-000?",
    "Oi, tudo bem?",
    "Quero falar com um atendente, por favor.",
)


@dataclass
class Said:
    """A customer's message and whether a person had, or later took, the conversation."""

    message: Message
    with_people: bool


class AnyOrder(RuleBasedStateMachine):
    """One conversation of the pet shop; ``stage`` and ``counts`` are shared by all examples."""

    stage: Stage
    counts: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.double = self.stage.double
        self.staged: StagedTenant = self.stage.tenants["patas"]
        account = self.staged.tenant.account_id
        self.contact = self.double.add_contact(account, "Pessoa de Teste")
        self.conversation: Conversation | None = None
        self.said: list[Said] = []
        self.taken_at: list[tuple[float, float | None]] = []
        """When a person had the conversation: from, until."""
        self.outage: list[Fault] = []
        self.killed = self.given_back = False
        self.counts["examples"] += 1

    # -- the customer -------------------------------------------------------------------------

    @rule(text=st.sampled_from(TEXTS), copies=st.sampled_from((1, 1, 1, 3)))
    def customer_writes(self, text: str, copies: int) -> None:
        self._step()
        self._hear(text, copies)

    @rule(count=st.integers(2, 6), seed=st.integers(0, 99))
    def customer_writes_a_burst_that_arrives_shuffled(self, count: int, seed: int) -> None:
        self._step()
        with self.double.holding_back() as held:
            for number in range(count):
                self._hear(f"{number + 1}: {TEXTS[number % 4]}")
        random.Random(seed).shuffle(held)
        self.double.release(held)

    # -- people -------------------------------------------------------------------------------

    @precondition(lambda self: self.conversation and not self._has_person())
    @rule(speaks=st.booleans())
    def attendant_takes(self, speaks: bool) -> None:
        self._step()
        with self.double.changed:
            self.double.attendant_takes(self.conversation, self.staged.user)
            self.taken_at.append((time.monotonic(), None))
        self._people_have_it()
        if speaks:
            self.attendant_replies()

    @precondition(lambda self: self._has_person())
    @rule()
    def attendant_replies(self) -> None:
        self._step()
        self.double.attendant_says(self.conversation, self.staged.user, "Um momento, já vejo.")

    @precondition(lambda self: self.conversation)
    @rule()
    def attendant_leaves_a_note(self) -> None:
        self._step()
        user = self.staged.user
        self.double.attendant_says(self.conversation, user, "Cliente antigo", private=True)

    @precondition(lambda self: self.conversation and self.conversation.status == "open")
    @rule()
    def attendant_gives_back(self) -> None:
        self._step()
        self.given_back = True
        with self.double.changed:
            self.double.attendant_gives_back(self.conversation)
            if self.taken_at and self.taken_at[-1][1] is None:
                self.taken_at[-1] = (self.taken_at[-1][0], time.monotonic())

    # -- trouble ------------------------------------------------------------------------------

    @precondition(lambda self: self.said)
    @rule(copies=st.integers(1, 3), index=st.integers(0, 20))
    def a_delivery_is_repeated(self, copies: int, index: int) -> None:
        self._step()
        about = self.said[index % len(self.said)].message
        self.double.redeliver(self.double.delivery_of(about), copies=copies)

    @precondition(lambda self: not self.killed and self.said)
    @rule()
    def the_runtime_is_killed(self) -> None:
        self._step()
        self.killed = True
        if runtime := self.stage.runtime():
            runtime.kill()

    @precondition(lambda self: not self.outage)
    @rule(status=st.sampled_from((429, 500, 503)))
    def chatwoots_api_fails(self, status: int) -> None:
        self._step()
        self.outage = [
            Fault(method, "", status=status, times=1_000_000) for method in ("GET", "POST")
        ]
        for fault in self.outage:
            self.double.fail_next(fault)

    @precondition(lambda self: self.outage)
    @rule()
    def chatwoots_api_works_again(self) -> None:
        self._step()
        self._end_outage()

    @precondition(lambda self: self.conversation and self.double.answers(self.conversation))
    @rule()
    def the_channel_refuses_an_answer(self) -> None:
        self._step()
        answer = self.double.answers(self.conversation)[-1]
        if answer.status != "failed":
            self.double.channel_fails(answer)

    @precondition(lambda self: self.conversation and not self.outage)
    @rule()
    def everything_comes_to_rest(self) -> None:
        self._step()
        wait_rest(self.stage, self.staged, PATIENCE)

    @precondition(lambda self: self.said)
    @rule()
    def the_question_is_taken_up(self) -> None:
        self._step()
        last = self.said[-1].message
        self.staged.ledger.wait_for(lambda _ledger: turns_of(self.staged, last), MOMENT)

    @precondition(lambda self: self.said and not self.outage)
    @rule()
    def an_answer_arrives(self) -> None:
        self._step()
        last, conversation = self.said[-1].message, self.conversation
        self.double.wait_for(
            lambda: (
                conversation.status != "pending" or self.double.answers(conversation, after=last)
            ),
            MOMENT,
        )

    # -- judgement ----------------------------------------------------------------------------

    def teardown(self) -> None:
        self._end_outage()
        if self.conversation is None:
            return
        wait_rest(self.stage, self.staged, PATIENCE)
        sent = nothing_twice(self.stage, self.conversation)
        for said in self.said:
            self._judge(said)
        for message in sent:
            if not message.private:
                self._judge_answer(message)
        self.counts["messages"] += len(self.said)
        self.counts["answers"] += sum(not m.private for m in sent)
        self.counts["notes"] += sum(m.private for m in sent)

    def _judge(self, said: Said) -> None:
        """Answered or handed over exactly once; or never, when people had the conversation."""
        turns = turns_of(self.staged, said.message)
        if any(state in DONE for _turn, state in turns):
            state = served_once(self.stage, self.staged, said.message, self.given_back)
            self.counts[state] += 1
            return
        left = said.with_people or self.conversation.status == "open"
        assert left, f"message {said.message.id} got lost: {turns}"
        self.counts["left to people"] += 1

    def _judge_answer(self, message: Message) -> None:
        """No answer after a person took over, as far as the bot could have read it."""
        sent_at = self.double.arrivals[message.id]
        for taken, given_back in self.taken_at:
            if taken < sent_at and (given_back is None or sent_at < given_back):
                seen = self.double.read_before[message.id]
                assert seen is None or seen < taken, f"message {message.id} over a person's head"

    # -- tools --------------------------------------------------------------------------------

    def _hear(self, text: str, copies: int = 1) -> None:
        inbox, account = self.staged.inboxes["whatsapp"], self.staged.tenant.account_id
        message = self.double.customer_says(account, inbox, self.contact, text, copies)
        self.conversation = message.conversation
        self.said.append(Said(message, self.conversation.status != "pending"))

    def _has_person(self) -> bool:
        return bool(self.conversation) and isinstance(self.conversation.assignee, User)

    def _people_have_it(self) -> None:
        for said in self.said:
            said.with_people = True

    def _end_outage(self) -> None:
        for fault in self.outage:
            self.double.faults.end(fault)
        self.outage = []

    def _step(self) -> None:
        self.counts["steps"] += 1
