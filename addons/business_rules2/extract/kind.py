"""What a file is: by its content, never by its name alone."""

from __future__ import annotations

import re
from pathlib import PurePath

from .archive import member, open_archive
from .encoding import is_text
from .problem import Refused

_BY_EXTENSION = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
    ".xlsx": "xlsx",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
    ".md": "text",
    ".markdown": "text",
    ".csv": "csv",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Office's container before 2007, and around password-protected files of today."""
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html)\b", re.I | re.S)
_ODT = b"application/vnd.oasis.opendocument.text"
_HEAD = 2048


def kind_of(data: bytes, name: str) -> str:
    """One of pdf, docx, odt, xlsx, html, csv, text.

    Raises Refused when the content is none of them, or is another than the name says: a wrong
    name is mostly a wrong file, and its owner had better look.
    """
    if not data.strip():
        raise Refused("empty")
    named = _BY_EXTENSION.get(PurePath(name).suffix.lower())
    found = _found(data)
    if found is None:
        raise Refused("damaged" if named else "unsupported")
    if found == "text" and named in ("csv", "html"):
        return named
    if named and named != found:
        raise Refused("wrong_extension", named=named, found=found)
    return found


def _found(data: bytes) -> str | None:
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    if data.startswith(_OLE):
        raise Refused("encrypted" if _ENCRYPTED_PACKAGE in data else "old_office")
    if data.startswith(b"{\\rtf"):
        raise Refused("unsupported")
    if not is_text(data):
        return None
    return "html" if _HTML.match(data[:_HEAD].removeprefix(b"\xef\xbb\xbf")) else "text"


def _office(data: bytes) -> str:
    archive = open_archive(data)
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and member(archive, "mimetype").strip() == _ODT:
        return "odt"
    raise Refused("unsupported")
