"""A finished result carries a marker file; without it the result is made again."""

from pathlib import Path

_NAME = ".complete"


def is_complete(directory: Path) -> bool:
    return (directory / _NAME).is_file()


def mark_complete(directory: Path, note: str = "") -> None:
    (directory / _NAME).write_text(note, encoding="utf-8")
