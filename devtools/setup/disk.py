"""Is there room for what will be made?"""

import shutil
from pathlib import Path

from ..problem import Problem

NEEDED_GB = 6


def check_disk(path: Path, needed_gb: float = NEEDED_GB) -> None:
    """Raise Problem when the disk that holds ``path`` has too little room."""
    existing = path
    while not existing.exists():
        existing = existing.parent
    free_gb = shutil.disk_usage(existing).free / 1e9
    if free_gb < needed_gb:
        raise Problem(
            f"{free_gb:.1f} GB are free at {existing}, {needed_gb} GB are needed",
            "free some room, or point SUITE_CACHE and SUITE_STATE at another disk",
        )
