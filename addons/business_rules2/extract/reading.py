"""From the bytes of a file to its text: finds the kind and calls its reader."""

from __future__ import annotations

from . import csv_file, docx, html_page, odt, pdf, xlsx
from .encoding import decode
from .extraction import Extraction
from .kind import kind_of
from .tidy import checked

_READERS = {
    "csv": csv_file.read,
    "docx": docx.read,
    "odt": odt.read,
    "text": decode,
    "xlsx": xlsx.read,
}


def read(data: bytes, name: str, encoding: str | None = None, address: str = "") -> Extraction:
    """Text of a file called ``name``. Raises Refused.

    ``encoding`` is what a server said of a page, ``address`` where the page was found.
    """
    kind = kind_of(data, name)
    empty_pages: list[int] = []
    if kind == "pdf":
        text, empty_pages = pdf.read(data)
    elif kind == "html":
        text = html_page.read(data, encoding)
    else:
        text = _READERS[kind](data)
    return Extraction(checked(text), kind, address, empty_pages)
