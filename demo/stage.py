"""Two tenants on running services, with a Chatwoot between them and their customers.

Used by the demonstration, the end-to-end tests and the benchmarks alike, so that what is tested
is what is shown.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Self

import psutil
import requests

from devtools.console import step
from devtools.databases import stable_identity
from devtools.problem import Problem
from devtools.services.odoo import RunningOdoo
from devtools.services.ports import free_port
from devtools.services.stack import Stack
from devtools.template import make_suite

from .chatwoot_double import Account, Bot, ChatwootDouble, Inbox, User
from .front_door import FrontDoor
from .ledger import Ledger
from .loader.run import run_loader
from .tenants import TENANTS, Tenant

READY_SECONDS = 180
"""Patience for publication and indexing; they wait for the runtime's first warm-up."""

ENDING_SECONDS = 30


@dataclass
class StagedTenant:
    """A tenant with everything that was made for it."""

    tenant: Tenant
    database: str
    account: Account
    bot: Bot
    user: User
    inboxes: dict[str, Inbox]
    products: dict[str, int]
    api_key: str
    webhook_url: str
    ledger: Ledger


class Stage:
    """The set for a run. Use as a context manager; leaving it stops everything.

    ``port``: where browsers find Odoo; None when none is expected.
    ``keep``: leave the databases when the run ends (the demonstration's, so that one can look).
    ``group_window``: seconds for which the connector waits for more messages of a burst.
    ``agent_runtime``, ``options``: additions to odoo.conf, as in ``Stack.start_odoo``.
    ``modules``: more modules to install in every database.
    """

    def __init__(
        self,
        name: str,
        *,
        port: int | None = None,
        keep: bool = False,
        group_window: int = 2,
        agent_runtime: dict[str, Any] | None = None,
        options: dict[str, Any] | None = None,
        modules: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self.keep = keep
        self.group_window = group_window
        self.stack = Stack(name)
        self.double = ChatwootDouble()
        self.tenants: dict[str, StagedTenant] = {}
        self.odoo: RunningOdoo
        self.address: str
        """Where a browser finds Odoo."""
        self._port = port
        self._modules = modules
        # Chosen here, because odoo.conf is written twice: for the loaders and for the server.
        self._gevent_port = free_port()
        options = {"gevent_port": self._gevent_port, **(options or {})}
        self._settings = {"agent_runtime": agent_runtime, "options": options}
        self._exit = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as building:
            building.enter_context(self.stack)
            self._build(building)
            self._exit = building.pop_all()
        return self

    def __exit__(self, *failure: Any) -> None:
        self._exit.__exit__(*failure)

    def database(self, key: str) -> str:
        """Name of a tenant's database."""
        return f"{self.name}_{key}"

    def _build(self, exit_stack: ExitStack) -> None:
        if self._port:
            free_port(self._port)
        port = free_port()
        self._make_databases(exit_stack)
        exit_stack.callback(self.double.stop)
        self.double.start()
        with step("MongoDB stand-in"):
            self.stack.start_mongo()
        databases = [self.database(key) for key in TENANTS]
        registered = {key: self._register(tenant) for key, tenant in TENANTS.items()}
        settings = {name: value for name, value in self._settings.items() if value}
        # Odoo and its runtime start while the data is loaded: on two cores the sum of the work
        # is what counts, and the loaders need no server.
        conf = self.stack.write_conf(databases, port, **settings)
        if self._modules:
            self._install(conf, databases)
        with ThreadPoolExecutor(len(TENANTS)) as pool, step("tenants and Odoo"):
            loading = {
                key: pool.submit(self._load, conf, tenant, registered[key], port)
                for key, tenant in TENANTS.items()
            }
            # In this thread: the server ends with the thread that started it.
            self.odoo = self.stack.start_odoo(databases, port=port, **settings)
            self.address = self.odoo.url
            if self._port:
                door = FrontDoor(self._port, port, self._gevent_port)
                door.start()
                exit_stack.callback(door.stop)
                self.address = door.url
            # Before the databases go: a server whose database is dropped complains.
            exit_stack.callback(lambda: self.odoo.service.stop())
            for key, future in loading.items():
                self._staged(key, registered[key], future.result())
                exit_stack.callback(self.tenants[key].ledger.close)

    def _make_databases(self, exit_stack: ExitStack) -> None:
        template = make_suite(self.stack.layout)
        with step("two tenant databases"):
            # Fresh ones: the double counts its ids from the start, and a played conversation
            # must not meet the one of an earlier run.
            self.stack.reset()
            for key in TENANTS:
                name = self.database(key)
                self.stack.drop(name)
                # The tenant stays who it was: in an operator's MongoDB and Qdrant it must find its
                # data of earlier runs as its own, or publication would be refused.
                identity = stable_identity(self.stack.layout.roots, key)
                self.stack.database(name, template, identity)
                if not self.keep:
                    exit_stack.callback(self.stack.drop, name)

    def _install(self, conf: Any, databases: list[str]) -> None:
        for name in databases:
            with step(f"{', '.join(self._modules)} in {name}"):
                self.stack.odoo_command(
                    "-c", conf, "-d", name, "-i", ",".join(self._modules),
                    "--workers", "0", "--no-http", "--stop-after-init", "--log-level", "warn",
                )  # fmt: skip

    def _register(self, tenant: Tenant) -> tuple[Account, Bot, User, dict[str, Inbox]]:
        number = tenant.account_id
        account = self.double.add_account(number, tenant.company)
        user = self.double.add_user(number, tenant.attendant)
        reader = self.double.add_user(number, "Integração", role="administrator")
        account.users.remove(reader)
        account.users.insert(0, reader)
        bot = self.double.add_bot(number, "Assistente", "")
        inboxes = {
            plan.key: self.double.add_inbox(number, plan.name, plan.chatwoot_channel, bot)
            for plan in tenant.inboxes
        }
        return account, bot, user, inboxes

    def _load(self, conf: Any, tenant: Tenant, made: Any, port: int) -> dict[str, Any]:
        account, bot, _user, inboxes = made
        plan = {
            "odoo_url": f"http://127.0.0.1:{port}",
            "base_url": self.double.url,
            "bot_token": bot.access_token,
            "webhook_secret": bot.secret,
            "user_token": account.users[0].access_token,
            "group_window": self.group_window,
            "inboxes": {key: inbox.id for key, inbox in inboxes.items()},
        }
        return run_loader(self.stack, conf, self.database(tenant.key), tenant.key, plan)

    def _staged(self, key: str, made: Any, loaded: dict[str, Any]) -> None:
        account, bot, user, inboxes = made
        bot.outgoing_url = loaded["webhook_url"]
        self.tenants[key] = StagedTenant(
            tenant=TENANTS[key],
            database=self.database(key),
            account=account,
            bot=bot,
            user=user,
            inboxes=inboxes,
            products=loaded["products"],
            api_key=loaded["api_key"],
            webhook_url=loaded["webhook_url"],
            ledger=Ledger(self.database(key), self.stack.env),
        )

    def wait_ready(self, timeout: float = READY_SECONDS) -> None:
        """Wait until every tenant is published and indexed, as read back from the stores."""
        for staged in self.tenants.values():
            with step(f"knowledge of {staged.tenant.company} published and indexed"):
                if not staged.ledger.wait_for(Ledger.ready, timeout):
                    raise Problem(
                        f"{staged.tenant.company} is not ready: {staged.ledger.readiness()}",
                        f"read {self.odoo.log}",
                    )

    def restart_odoo(self, kill: bool = False) -> None:
        """End the server with its runtime, ``kill`` without a word, and start it anew."""
        family = psutil.Process(self.odoo.pid).children(recursive=True)
        if kill:
            os.killpg(self.odoo.pid, signal.SIGKILL)
        with self.odoo_stopped():
            # Each of them holds the port until it has noticed that the server is gone.
            psutil.wait_procs(family, timeout=ENDING_SECONDS)

    @contextmanager
    def odoo_stopped(self) -> Iterator[None]:
        """Without the server and its runtime while the block runs; then they start anew."""
        port = int(self.odoo.url.rpartition(":")[2])
        self.odoo.service.stop()
        try:
            yield
        finally:
            databases = [self.database(key) for key in TENANTS]
            settings = {name: value for name, value in self._settings.items() if value}
            self.odoo = self.stack.start_odoo(databases, port=port, **settings)

    def change_price(self, key: str, product_code: str, price: float) -> None:
        """Set the AI price of a product over Odoo's JSON-2 API, as another system would."""
        product = self.tenants[key].products[product_code]
        self.call(key, "product.template/write", ids=[product], vals={"ai_price": price})

    def approve(self, key: str, request: int) -> None:
        """Approve a customer's request, as its button in Odoo does."""
        self.call(key, "chatwoot.request/action_approve", ids=[request])

    def call(self, key: str, method: str, **arguments: Any) -> None:
        """Call ``model/method`` over Odoo's JSON-2 API, as the administrator."""
        staged = self.tenants[key]
        answer = requests.post(
            f"{self.odoo.url}/json/2/{method}",
            json=arguments,
            headers={
                "Authorization": f"bearer {staged.api_key}",
                "X-Odoo-Database": staged.database,
            },
            timeout=30,
        )
        answer.raise_for_status()

    def runtime(self) -> psutil.Process | None:
        """The runtime's process, a descendant of this stage's Odoo."""
        for process in psutil.Process(self.odoo.pid).children(recursive=True):
            try:
                command = process.cmdline()
            except psutil.NoSuchProcess:
                continue
            if "agent_runtime" in command and "serve" in command:
                return process
        return None
