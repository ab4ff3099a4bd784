"""Where things live: the checkout, the cache (heavy, rebuildable) and the state (data, logs)."""

import os
from dataclasses import dataclass
from pathlib import Path

NAME = "chatwoot-ai-suite"
REPO = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Roots:
    """The three directories every command works with."""

    repo: Path
    cache: Path
    state: Path

    @property
    def logs(self) -> Path:
        return self.state / "logs"


def find_roots(environ=None, euid: int | None = None) -> Roots:
    """Read SUITE_CACHE and SUITE_STATE; root gets /var, everybody else the home directory.

    The database cluster of root's runs belongs to the user ``postgres``, who
    cannot enter root's home: hence /var for root.
    """
    environ = os.environ if environ is None else environ
    euid = os.geteuid() if euid is None else euid
    if euid == 0:
        cache, state = Path("/var/cache") / NAME, Path("/var/lib") / NAME
    else:
        home = Path(environ.get("HOME") or Path.home())
        cache = Path(environ.get("XDG_CACHE_HOME") or home / ".cache") / NAME
        state = Path(environ.get("XDG_STATE_HOME") or home / ".local/state") / NAME
    return Roots(
        repo=REPO,
        cache=Path(environ.get("SUITE_CACHE") or cache).absolute(),
        state=Path(environ.get("SUITE_STATE") or state).absolute(),
    )
