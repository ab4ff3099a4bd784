"""Who waits is told for whom."""

import subprocess
import sys
from pathlib import Path

from devtools import locking

REPO = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from devtools.locking import exclusive
with exclusive(Path(sys.argv[1]), "the stage"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_holder_is_named_and_the_lock_goes_with_it(tmp_path, monkeypatch):
    lock = tmp_path / "run.lock"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)],
        cwd=REPO,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout.readline() == "held\n"
    said = []

    def say_and_end_the_holder(message):
        said.append(message)
        holder.stdin.close()

    monkeypatch.setattr(locking, "say", say_and_end_the_holder)

    with locking.exclusive(lock, "the stage"):
        holder.wait(10)

    assert [f"process {holder.pid} is busy with the stage" in message for message in said] == [True]
