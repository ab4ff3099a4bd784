"""From the bytes of a file to its text: finds the kind and calls its reader."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from .encoding import decode
from .extraction import Extraction
from .kind import kind_of
from .tidy import checked

_MODULES = {"csv": "csv_file", "docx": "docx", "odt": "odt", "xlsx": "xlsx"}


def read(data: bytes, name: str, encoding: str | None = None, address: str = "") -> Extraction:
    """Text of a file called ``name``. Raises Refused.

    ``encoding`` is what a server said of a page, ``address`` where the page was found.
    """
    kind = kind_of(data, name)
    empty_pages: list[int] = []
    if kind == "text":
        text = decode(data)
    elif kind == "pdf":
        text, empty_pages = _reader("pdf").read(data)
    elif kind == "html":
        text = _reader("html_page").read(data, encoding)
    else:
        text = _reader(_MODULES[kind]).read(data)
    return Extraction(checked(text), kind, address, empty_pages)


def _reader(module: str) -> ModuleType:
    """One reader; the others' libraries would take longer to load than most files to read."""
    return import_module(f".{module}", __package__)
