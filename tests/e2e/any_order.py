"""Customers, attendants, duplicates, deaths and outages in any order; then everything must hold.

Each example plays one conversation. Whenever everything has come to rest, and at the end, when the
trouble is over, all that has been written so far is judged, see :mod:`.conversation_judge`.

A precondition asks only what the example itself has done: Hypothesis draws the same steps again for
the same choices, and what the servers have come to meanwhile differs from run to run. A step that
finds nothing to do does nothing.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from contextlib import suppress

import psutil
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from demo.chatwoot_double import Conversation, Fault, Message
from demo.ledger import Ledger
from demo.stage import Stage, StagedTenant

from .conversation_judge import judge_answers, judge_messages
from .served import rows_of, turns_of, wait_rest

PATIENCE = 400
MOMENT = 8
"""Seconds to wait for what may or may not come."""
TEXTS = (
    "Qual é o telefone de vocês?",
    "Quanto custa a areia higiênica Gato Limpo?",
    "Vocês entregam no CEP 30110-000?",
    "Oi, tudo bem?",
    "Quero falar com um atendente, por favor.",
)
OLD_ENOUGH = 65
"""Seconds after which a message's own webhook is no longer expected."""
_RECONCILE = """
SELECT res_id FROM ir_model_data
 WHERE module = 'chatwoot_ai_connector' AND name = 'cron_reconcile'
"""
WORKING = (
    "SELECT worker_pid FROM queue_job WHERE state = 'started' AND channel LIKE 'root.chatwoot%%'"
)


class AnyOrder(RuleBasedStateMachine):
    """One conversation of the pet shop; what stands here is shared by all examples.

    ``restarts``: how often the whole server may still be killed, which takes a while.
    """

    stage: Stage
    counts: Counter[str] = Counter()
    restarts = 0

    def __init__(self) -> None:
        super().__init__()
        self.double = self.stage.double
        self.staged: StagedTenant = self.stage.tenants["patas"]
        account = self.staged.tenant.account_id
        self.contact = self.double.add_contact(account, "Pessoa de Teste")
        self.conversation: Conversation | None = None
        self.said: list[Message] = []
        self.taken_at: list[tuple[float, float | None]] = []
        """When a person had the conversation: from, until."""
        self.outage: list[Fault] = []
        self.unconfirmed: Fault | None = None
        self.had: set[str] = set()
        """What happens once in an example at most: often, it would leave nothing to be seen."""
        self.taken = False
        """Whether a person has the conversation."""
        self.given_back = False
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

    @precondition(lambda self: self.conversation and not self.taken)
    @rule(speaks=st.booleans())
    def attendant_takes(self, speaks: bool) -> None:
        self._step()
        self.taken = True
        with self.double.changed:
            self.double.attendant_takes(self.conversation, self.staged.user)
            self.taken_at.append((time.monotonic(), None))
        if speaks:
            self.attendant_replies()

    @precondition(lambda self: self.taken)
    @rule()
    def attendant_replies(self) -> None:
        self._step()
        self.double.attendant_says(self.conversation, self.staged.user, "Um momento, já vejo.")

    @precondition(lambda self: self.conversation and "spoken" not in self.had)
    @rule()
    def attendant_replies_without_taking_it(self) -> None:
        self._step()
        self.had.add("spoken")
        self.double.attendant_says(self.conversation, self.staged.user, "Oi, tudo certo?")

    @precondition(lambda self: self.conversation and "phone" not in self.had)
    @rule()
    def somebody_answers_on_the_phone(self) -> None:
        self._step()
        self.had.add("phone")
        self.double.phone_echo(self.conversation, "Oi, aqui é da loja.")

    @precondition(lambda self: self.conversation)
    @rule()
    def attendant_leaves_a_note(self) -> None:
        self._step()
        user = self.staged.user
        self.double.attendant_says(self.conversation, user, "Cliente antigo", private=True)

    @precondition(lambda self: self.conversation)
    @rule()
    def attendant_gives_back(self) -> None:
        self.taken = False
        with self.double.changed:
            if self.conversation.status != "open":
                return
            self._step()
            self.given_back = True
            self.double.attendant_gives_back(self.conversation)
            if self.taken_at and self.taken_at[-1][1] is None:
                self.taken_at[-1] = (self.taken_at[-1][0], time.monotonic())

    # -- trouble ------------------------------------------------------------------------------

    @precondition(lambda self: self.said)
    @rule(copies=st.integers(1, 3), index=st.integers(0, 20))
    def a_delivery_is_repeated(self, copies: int, index: int) -> None:
        self._step()
        about = self.said[index % len(self.said)]
        self.double.redeliver(self.double.delivery_of(about), copies=copies)

    @precondition(lambda self: "runtime killed" not in self.had and self.said)
    @rule()
    def the_runtime_is_killed(self) -> None:
        self._step()
        self.had.add("runtime killed")
        if runtime := self.stage.runtime():
            runtime.kill()

    @precondition(lambda self: "worker killed" not in self.had and self.said)
    @rule()
    def a_worker_is_killed(self) -> None:
        """One that works on a conversation, if there is any soon."""
        self._step()
        self.had.add("worker killed")
        at_work = self.staged.ledger.wait_for(self._at_work, MOMENT)
        if at_work:
            at_work.kill()
            self.counts["workers killed"] += 1

    @precondition(lambda self: "odoo killed" not in self.had and self.said)
    @rule()
    def odoo_is_killed(self) -> None:
        self.had.add("odoo killed")
        if not self.restarts:
            return
        self._step()
        type(self).restarts -= 1
        self.counts["servers killed"] += 1
        self.stage.restart_odoo(kill=True)

    @precondition(lambda self: not self.unconfirmed)
    @rule(delay=st.sampled_from((0.1, 8.0)))
    def an_answer_is_never_confirmed(self, delay: float) -> None:
        """The next message of ours arrives, but Chatwoot's answer does not."""
        self._step()
        self.unconfirmed = Fault("POST", "/messages", drop_answer=True, delay=delay)
        self.double.fail_next(self.unconfirmed)

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

    @precondition(lambda self: self.conversation)
    @rule()
    def the_channel_refuses_an_answer(self) -> None:
        answers = self.double.answers(self.conversation)
        if answers and answers[-1].status != "failed":
            self._step()
            self.double.channel_fails(answers[-1])

    @precondition(lambda self: self.conversation and not self.outage)
    @rule()
    def everything_comes_to_rest(self) -> None:
        self._step()
        self._rest()

    @precondition(lambda self: self.said)
    @rule()
    def the_question_is_taken_up(self) -> None:
        self._step()
        last = self.said[-1]
        self.staged.ledger.wait_for(lambda _ledger: turns_of(self.staged, last), MOMENT)

    @precondition(lambda self: self.said and not self.outage)
    @rule()
    def an_answer_arrives(self) -> None:
        self._step()
        last, conversation = self.said[-1], self.conversation
        self.double.wait_for(
            lambda: (
                conversation.status != "pending" or self.double.answers(conversation, after=last)
            ),
            MOMENT,
        )

    # -- judgement ----------------------------------------------------------------------------

    def teardown(self) -> None:
        self._end_outage()
        if self.unconfirmed:
            self.double.faults.end(self.unconfirmed)
        if self.conversation is None:
            return
        self.counts.update(self._rest())
        sent = judge_answers(self.stage, self.conversation, self.taken_at)
        self.counts["messages"] += len(self.said)
        self.counts["answers"] += sum(not m.private for m in sent)
        self.counts["notes"] += sum(m.private for m in sent)

    def _rest(self) -> Counter[str]:
        """Wait until nothing moves; how many messages have ended how."""
        wait_rest(self.stage, self.staged, PATIENCE)
        if self._lost():
            self._look_for_lost()
            wait_rest(self.stage, self.staged, PATIENCE)
        return judge_messages(self.stage, self.staged, self.said, self.given_back)

    # -- tools --------------------------------------------------------------------------------

    def _hear(self, text: str, copies: int = 1) -> None:
        inbox, account = self.staged.inboxes["whatsapp"], self.staged.tenant.account_id
        message = self.double.customer_says(account, inbox, self.contact, text, copies)
        self.conversation = message.conversation
        self.said.append(message)

    def _lost(self) -> list[Message]:
        """Messages that the assistant should know of and does not: their webhooks met no server."""
        if self.conversation.status != "pending":
            return []
        return [message for message in self.said if not rows_of(self.staged, message)]

    def _look_for_lost(self) -> None:
        """Have Odoo look for them as it does every few minutes, at those older than a minute."""
        ledger = self.staged.ledger
        [(cron,)] = ledger.rows(_RECONCILE)
        for _time in range(3):
            self.stage.call("patas", "ir.cron/method_direct_trigger", ids=[cron])
            if ledger.wait_for(lambda _ledger: not self._lost(), OLD_ENOUGH):
                self.counts["looks for lost messages"] += 1
                return

    @staticmethod
    def _at_work(ledger: Ledger) -> psutil.Process | None:
        for (pid,) in ledger.rows(WORKING):
            with suppress(psutil.NoSuchProcess):
                return psutil.Process(pid)
        return None

    def _end_outage(self) -> None:
        for fault in self.outage:
            self.double.faults.end(fault)
        self.outage = []

    def _step(self) -> None:
        self.counts["steps"] += 1
