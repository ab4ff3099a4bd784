"""The programs that the README names are there once the environment is set."""

import json
import subprocess

from devtools.environment import child_environment
from devtools.layout import find_layout


def test_the_runtimes_command_line_answers_from_any_folder(tmp_path):
    done = subprocess.run(
        ["agent-runtime", "schema"],
        env=child_environment(find_layout()),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(done.stdout)["title"] == "TenantConfig"
