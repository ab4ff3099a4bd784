"""Killed with -9 at each stage of a turn: exactly one answer, or exactly one hand-over.

Workers of Odoo and the runtime. Only of a webhook that was never recorded Odoo need not know: to
Chatwoot its bot is away then, and it opens the conversation for people by itself.

Each stage is held in a conversation of its own, its process is killed there, and the next stage
begins while the former is still being picked up; at the end everything must have come to rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
import pytest

from demo.chatwoot_double import Conversation, Fault, Hold, Message
from demo.stage import Stage, StagedTenant

from .asking import ask, wait_settled, wait_state
from .barrier import ACCEPTED, NEW, PATIENCE, Barriers, barriers
from .busy_queue import busy_queue
from .served import nothing_twice, served_once, turns_of, wait_rest

PRICE = "Quanto custa a areia higiênica Gato Limpo?"
PERSON = "Quero falar com um atendente, por favor."
RECOVERY = 300
"""Lost jobs are found by the queue's runner and by a sweep that runs every minute."""
WORKERS = (
    "SELECT worker_pid FROM queue_job WHERE state = 'started' AND channel LIKE 'root.chatwoot%%'"
)
OTHERS = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
 WHERE datname = current_database() AND pid != ALL(%s)
"""


@dataclass
class Scene:
    """A conversation that has been answered once, and what is asked in it next."""

    stage: Stage
    staged: StagedTenant
    barriers: Barriers
    conversation: Conversation
    text: str

    def ask(self) -> Message:
        inbox, contact = self.conversation.inbox, self.conversation.contact
        account = self.staged.tenant.account_id
        return self.stage.double.customer_says(account, inbox, contact, self.text)

    @property
    def row(self) -> int:
        query = "SELECT id FROM chatwoot_conversation WHERE display_id = %s"
        return self.staged.ledger.rows(query, self.conversation.display_id)[0][0]


def kill(process: psutil.Process) -> None:
    """As the kernel does when memory runs out."""
    process.kill()
    process.wait(PATIENCE)


def before(table: str, state: str) -> Callable[[Scene], Message]:
    """Kill the worker that is about to bring a row of the table into the state."""

    def play(scene: Scene) -> Message:
        with scene.barriers.before(table, state, scene.row) as held:
            asked = scene.ask()
            kill(held.worker())
        return asked

    return play


def runtime_before(table: str, state: str) -> Callable[[Scene], Message]:
    """Kill the runtime while Odoo is about to write what the runtime has just told."""

    def play(scene: Scene) -> Message:
        with scene.barriers.before(table, state, scene.row) as held:
            asked = scene.ask()
            held.worker()
            kill(scene.stage.runtime())
        return asked

    return play


def in_request(path: str, *, done: bool) -> Callable[[Scene], Message]:
    """Kill the worker that waits for Chatwoot's answer to a POST.

    ``done``: what it asked for has happened already; otherwise it happens after the death.
    """

    def play(scene: Scene) -> Message:
        hold = Hold()
        end = f"/{scene.conversation.display_id}/{path}"
        scene.stage.double.fail_next(Fault("POST", end, drop_answer=done, hold=hold))
        asked = scene.ask()
        assert hold.reached.wait(PATIENCE), f"no POST {path}"
        kill(_caller(scene, int(scene.stage.double.url.rpartition(":")[2])))
        hold.release()
        return asked

    return play


def handing_over_to_the_runtime(scene: Scene) -> Message:
    """Kill the worker whose request the runtime has not answered."""
    runtime = scene.stage.runtime()
    served = next(c.laddr.port for c in runtime.net_connections("inet") if c.status == "LISTEN")
    with _suspended(runtime):
        asked = scene.ask()
        kill(_caller(scene, served))
    return asked


@contextmanager
def _suspended(process: psutil.Process) -> Iterator[None]:
    process.suspend()
    try:
        yield
    finally:
        process.resume()


def _caller(scene: Scene, port: int) -> psutil.Process:
    """The worker whose job has a connection to the port."""

    def look(ledger) -> psutil.Process | None:
        for (pid,) in ledger.rows(WORKERS):
            try:
                open_to = {c.raddr.port for c in psutil.Process(pid).net_connections() if c.raddr}
            except psutil.NoSuchProcess:
                continue
            if port in open_to:
                return psutil.Process(pid)
        return None

    found = scene.staged.ledger.wait_for(look, PATIENCE)
    assert found, f"no job is connected to port {port}"
    return found


UNHEARD = "webhook arrived, not recorded"
STAGES: dict[str, tuple[str, Callable[[Scene], Message]]] = {
    UNHEARD: (PRICE, before("chatwoot_intake", "chatwoot")),
    "recorded, message not read": (PRICE, before("chatwoot_message", NEW)),
    "preparing": (PRICE, before("chatwoot_turn", "prepared")),
    "prepared": (PRICE, before("chatwoot_turn", "dispatched")),
    "being dispatched": (PRICE, handing_over_to_the_runtime),
    "runtime has taken the turn": (PRICE, runtime_before("chatwoot_turn", ACCEPTED)),
    "runtime posts its result": (PRICE, runtime_before("chatwoot_intake", "result")),
    "runtime has posted its result": (PRICE, runtime_before("chatwoot_turn", "answered")),
    "result posted, not recorded": (PRICE, before("chatwoot_intake", "result")),
    "result received": (PRICE, before("chatwoot_turn", "answered")),
    "answered": (PRICE, before("chatwoot_turn", "delivering")),
    "part about to leave": (PRICE, before("chatwoot_turn_part", "sending")),
    "part on its way": (PRICE, in_request("messages", done=False)),
    "part arrived, not confirmed": (PRICE, in_request("messages", done=True)),
    "part confirmed, receipt not written": (PRICE, before("chatwoot_turn_part", "sent")),
    "answer sent, turn not ended": (PRICE, before("chatwoot_turn", "delivered")),
    "note left, conversation not opened": (PERSON, in_request("toggle_status", done=False)),
    "conversation opened, not confirmed": (PERSON, in_request("toggle_status", done=True)),
    "handed over, turn not ended": (PERSON, before("chatwoot_turn", "handed_over")),
}


@pytest.fixture(scope="module")
def killed(stage: Stage) -> dict[str, Message | BaseException]:
    """The question of each stage at which a worker was killed, everything at rest again."""
    staged = stage.tenants["patas"]
    greetings = {name: ask(stage, staged, "Oi, bom dia!") for name in STAGES}
    for greeting in greetings.values():
        wait_settled(staged, greeting)
    wait_rest(stage, staged)
    asked: dict[str, Message | BaseException] = {}
    with barriers(stage, staged) as means, busy_queue(stage, staged):
        for name, (text, play) in STAGES.items():
            try:
                conversation = greetings[name].conversation
                asked[name] = play(Scene(stage, staged, means, conversation, text))
            except AssertionError as failure:
                # Told by the stage's own test; the others go on.
                asked[name] = failure
        wait_rest(stage, staged, RECOVERY)
    return asked


@pytest.mark.timeout(1500)
@pytest.mark.parametrize("name", STAGES)
def test_killed(stage, patas, killed, name):
    asked = killed[name]
    if isinstance(asked, BaseException):
        raise asked
    if name == UNHEARD and not turns_of(patas, asked):
        assert asked.conversation.status == "open"
        return
    state = served_once(stage, patas, asked)
    if STAGES[name][0] == PERSON:
        assert state == "handed_over"


def test_everything_killed_while_the_model_thinks(stage, patas, thinking):
    question = ask(stage, patas, PRICE)
    wait_state(patas, question, "dispatched")
    stage.restart_odoo(kill=True)
    thinking.rollback()
    wait_rest(stage, patas, RECOVERY)
    assert served_once(stage, patas, question) == "delivered"


def test_database_restarted_while_the_model_thinks(stage, patas, thinking):
    """Every session ends, as at a restart of PostgreSQL, which other databases share here."""
    question = ask(stage, patas, PRICE)
    wait_state(patas, question, "dispatched")
    (own,) = patas.ledger.rows("SELECT pg_backend_pid()")[0]
    keep = [own, thinking.info.backend_pid]
    assert patas.ledger.rows(OTHERS, keep)[0][0] > 0
    thinking.rollback()
    wait_rest(stage, patas, RECOVERY)
    assert served_once(stage, patas, question) == "delivered"
    later = ask(stage, patas, "Qual é o telefone de vocês?")
    wait_rest(stage, patas, RECOVERY)
    assert served_once(stage, patas, later) == "delivered"


def test_nothing_arrived_twice_anywhere(stage, patas, killed):
    for conversation in patas.account.conversations.values():
        nothing_twice(stage, conversation)
