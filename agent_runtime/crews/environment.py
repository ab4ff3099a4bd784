"""The libraries' surroundings, to be arranged before they are imported for the first time.

On import CrewAI would otherwise report to its makers, take the process's signals (SIGTERM
included) and write a key under the user's home.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

_QUIET = {
    "CREWAI_DISABLE_TELEMETRY": "true",
    "CREWAI_DISABLE_TRACKING": "true",
    "CREWAI_TRACING_ENABLED": "false",
    "CREWAI_DISABLE_VERSION_CHECK": "true",
    "OTEL_SDK_DISABLED": "true",
    "ANONYMIZED_TELEMETRY": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


SHARING = {"GOMP_SPINCOUNT": "50000"}
"""How long torch's threads wait awake for each other's next piece of work, in turns of a loop.

Not at all costs a sixth of the texts a second; six times as long, the default, lets a query wait up
to 260 ms instead of 40 where Odoo and its workers want the same two cores. An operator with cores
to spare may say otherwise."""


def arrange(state_dir: Path) -> None:
    """Make the private folders and point the libraries at them, by this process's environment."""
    home = state_dir / "home"
    storage = state_dir / "crewai"
    for folder in (state_dir, home, storage):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, value in SHARING.items():
        os.environ.setdefault(name, value)
    # CrewAI keeps what it sees of a first-time user's model calls, pictures too, to ask for it
    # later. That the user said no stands in this file alone.
    asked = {"first_execution_done": True, "trace_consent": False}
    (storage / ".crewai_user.json").write_text(json.dumps(asked), encoding="utf-8")
    os.environ.update(_QUIET, HOME=str(home), CREWAI_STORAGE_DIR=str(storage))
