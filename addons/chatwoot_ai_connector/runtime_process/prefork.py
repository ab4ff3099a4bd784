"""The runtime's supervisor as a worker process of Odoo's prefork server."""

from __future__ import annotations

from odoo.service import server

from .launch import is_wanted, make_supervisor, open_embedded


class WorkerRuntime(server.Worker):
    """Runs and watches the runtime.

    A worker of its own: the master must stay small and must not reap the runtime, and the
    other workers are recycled after so many requests.
    """

    def __init__(self, multi: server.PreforkServer) -> None:
        super().__init__(multi)
        # Its work is waiting; there is no request that could take too long.
        self.watchdog_timeout = None
        self._supervisor = make_supervisor(multi.agent_runtime_listener)

    def signal_handler(self, sig: int, frame: object) -> None:
        """Stop at the server's request, without waiting for the current wait to end."""
        self._supervisor.wake()
        return super().signal_handler(sig, frame)

    def sleep(self) -> None:
        """Nothing: :meth:`process_work` waits."""

    def check_limits(self) -> None:
        """Only see whether the server still exists.

        The limits are those of a unit of work; this process has none, and its address space is
        not what the runtime's will be.
        """
        self.alive = self.alive and self.ppid == server.os.getppid()

    def process_work(self) -> None:
        """Watch the runtime for one beat."""
        self._supervisor.step(self.multi.beat)

    def _runloop(self) -> None:
        # The kernel ends the runtime together with the thread that started it, so it must be
        # asked to end before this thread does.
        try:
            return super()._runloop()
        finally:
            self._supervisor.stop()


_original_spawn = server.PreforkServer.process_spawn
_original_pop = server.PreforkServer.worker_pop


def _process_spawn(self: server.PreforkServer) -> None:
    """Before the first worker is forked make the address that all of them must know."""
    if not hasattr(self, "agent_runtime_workers"):
        self.agent_runtime_workers = {}
        self.agent_runtime_listener = open_embedded() if is_wanted() else None
    _original_spawn(self)
    if self.agent_runtime_listener and not self.agent_runtime_workers:
        self.worker_spawn(WorkerRuntime, self.agent_runtime_workers)


def _worker_pop(self: server.PreforkServer, pid: int) -> None:
    _original_pop(self, pid)
    getattr(self, "agent_runtime_workers", {}).pop(pid, None)


def install() -> None:
    """Join Odoo's prefork server. Called once, when the addon is imported server-wide."""
    server.PreforkServer.process_spawn = _process_spawn
    server.PreforkServer.worker_pop = _worker_pop
