"""Cache keys: what a cached result depends on, as a short hash."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

_SKIPPED_DIRECTORIES = {"__pycache__", "node_modules"}


def digest(*parts: object) -> str:
    """Short hash of the parts' text; their borders matter."""
    total = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode()
        total.update(len(data).to_bytes(8, "big"))
        total.update(data)
    return total.hexdigest()[:12]


def tree_digest(roots: Iterable[Path], base: Path) -> str:
    """Short hash of all files below ``roots``: names (relative to ``base``) and content."""
    parts: list[object] = []
    for root in roots:
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for path in files:
            relative = path.relative_to(base)
            if not path.is_file() or _SKIPPED_DIRECTORIES & set(relative.parts):
                continue
            parts += [relative.as_posix(), path.read_bytes()]
    return digest(*parts)
