"""How this server runs its runtime: address, command, environment."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

from odoo.addons.company_services.tools.runtime import set_embedded
from odoo.addons.company_services.tools.settings import setting
from odoo.tools import config

import agent_runtime

from .child import Child
from .environment import runtime_environment
from .listener import Listener, open_listener
from .readiness import wake_sweeps_when_ready
from .supervisor import Supervisor

ADDON = "chatwoot_ai_connector"
RESULT_ROUTE = "/agent_runtime/result"


def is_wanted() -> bool:
    """Whether this server is to run a runtime of its own.

    Not when the address of one is configured; not when the addon is merely installed in some
    database; not for a server that only installs, updates or tests, nor for one without HTTP,
    which could not take results.
    """
    return (
        ADDON in config["server_wide_modules"]
        and not setting("url")
        and not config["stop_after_init"]
        and not config["test_enable"]
        and bool(config["http_enable"])
    )


def open_embedded() -> Listener:
    """Make address and token and let every process forked from this one know them."""
    listener = open_listener(setting("token"))
    set_embedded(listener.url, listener.token)
    return listener


def make_supervisor(listener: Listener) -> Supervisor:
    """A supervisor for the runtime that serves ``listener``."""
    return Supervisor(partial(_start_child, listener), partial(wake_sweeps_when_ready, listener))


def callback_url() -> str:
    """Where the runtime posts results: the setting, else this server by its own port."""
    configured = setting("callback_url")
    if configured:
        return configured
    interface = config["http_interface"] or "0.0.0.0"
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(interface, interface)
    return f"http://{host}:{config['http_port']}{RESULT_ROUTE}"


def _start_child(listener: Listener) -> Child:
    python = setting("python")
    fd = listener.socket.fileno()
    state_dir = Path(setting("state_dir") or Path(config["data_dir"]) / "agent_runtime")
    state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = runtime_environment(
        os.environ,
        setting,
        fd=fd,
        token=listener.token,
        callback_url=callback_url(),
        state_dir=str(state_dir),
        # An interpreter of its own has the package installed; Odoo's own need not.
        python_path=None if python else str(Path(agent_runtime.__file__).parents[1]),
    )
    return Child([python or sys.executable, "-m", "agent_runtime", "serve"], environment, fd)
