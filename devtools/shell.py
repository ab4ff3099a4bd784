"""Run a tool, keep its output in a log, explain its failure."""

import os
import subprocess
from pathlib import Path

from .problem import Problem, explain
from .roots import find_roots

_TAIL = 4000


def run(
    command: list,
    *,
    log: str,
    env: dict | None = None,
    cwd: Path | None = None,
    timeout: int = 1800,
    remedy: str = "",
) -> None:
    """Run ``command``, appending its output to ``<state>/logs/<log>.log``.

    Raises Problem when it fails, with the end of its output and, when the
    failure is a known one, its remedy.
    """
    path = find_roots().logs / f"{log}.log"
    path.parent.mkdir(parents=True, exist_ok=True)
    command = [str(part) for part in command]
    with path.open("ab") as handle:
        handle.write(f"\n$ {' '.join(command)}\n".encode())
        handle.flush()
        begun = handle.tell()
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                timeout=timeout,
                check=False,
            )
        except FileNotFoundError as error:
            raise Problem(f"{command[0]} is not there ({error})", remedy or "install it") from error
        except subprocess.TimeoutExpired as error:
            raise Problem(
                f"{Path(command[0]).name} did not end within {timeout} s",
                f"see {path}, then run again",
            ) from error
    if done.returncode == 0:
        return
    with path.open("rb") as handle:
        handle.seek(begun)
        output = handle.read().decode(errors="replace")
    known = explain(output)
    what, helps = known or (
        f"{Path(command[0]).name} ended with status {done.returncode}",
        remedy or f"read the whole output in {path}",
    )
    raise Problem(f"{what}\n{_end_of(output)}", helps)


def output_of(command: list, *, env: dict | None = None, timeout: int = 60) -> str:
    """Standard output of a short command; '' when it fails or does not exist."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            env=env,
            timeout=timeout,
            check=False,
        )
    except (FileNotFoundError, PermissionError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _end_of(output: str) -> str:
    lines = output[-_TAIL:].strip().splitlines()[-12:]
    return "\n".join(f"    | {line}" for line in lines)


def is_root() -> bool:
    return os.geteuid() == 0
