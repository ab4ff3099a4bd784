"""What the libraries of native providers cost those who have none."""

from __future__ import annotations

import subprocess
import sys


def test_libraries_are_imported_by_who_needs_them() -> None:
    """They take a second and 50 MB."""
    script = (
        "import sys\n"
        "from agent_runtime.contracts import ModelAccess\n"
        "from agent_runtime.engine.turn import TurnEngine\n"
        "from agent_runtime.llm.provider import open_model\n"
        "open_model(ModelAccess(model='openai/gpt-4o-mini'), 1)\n"
        "print(sorted({'anthropic', 'google.genai'} & set(sys.modules)))\n"
        "open_model(ModelAccess(model='anthropic/claude-haiku-4-5'), 1)\n"
        "print(sorted({'anthropic', 'google.genai'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=240, check=True
    )
    assert done.stdout.split("\n")[:2] == ["[]", "['anthropic']"]
