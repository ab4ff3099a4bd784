"""Starting the loader in a process of its own, from outside Odoo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from devtools.services.stack import Stack

MARK = "suite-demo-result:"

SCRIPT = """\
import json
from demo.loader import load
print({mark!r} + json.dumps(load(env, {tenant!r}, json.loads({plan!r}))))
"""


def run_loader(
    stack: Stack, conf: Path, database: str, tenant_key: str, plan: dict[str, Any]
) -> dict[str, Any]:
    """Load ``tenant_key`` into ``database``; ``plan`` and the answer are those of ``load``.

    The plan holds tokens, so it travels on standard input and never on a command line.
    """
    script = SCRIPT.format(mark=MARK, tenant=tenant_key, plan=json.dumps(plan))
    output = stack.odoo_command(
        "shell", "-c", conf, "-d", database, "--no-http", "--log-level", "warn", script=script
    )
    line = next(line for line in output.splitlines() if MARK in line)
    return json.loads(line.partition(MARK)[2])
