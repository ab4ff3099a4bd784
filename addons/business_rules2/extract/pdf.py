"""PDF files, by their text layer."""

from __future__ import annotations

import re
from io import BytesIO

from pypdf import PasswordType, PdfReader
from pypdf.errors import PyPdfError

from .limits import PAGES
from .problem import Refused

# "aten-\ndimento" is one word; "segunda-\nfeira" and "entregá-\nlo" keep their hyphen.
_KEPT = "feiras?|se|me|te|nos|vos|lhes?|l?[oa]s?|n[oa]s?"
_COMPOUND = re.compile(rf"(?<=\w)-\n(?=(?:{_KEPT})\b)")
_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\n(?=[a-zà-öø-ÿ])")
# A line which goes on in small letters was broken by the margin only.
_WRAPPED = re.compile(r"(?<=[^\s.:;!?])[ \t]*\n(?=[a-zà-öø-ÿ(])")


def read(data: bytes) -> tuple[str, list[int]]:
    """Text, and the numbers of the pages that have none."""
    try:
        reader = PdfReader(BytesIO(data))
        # Files that only forbid printing open with an empty password.
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise Refused("encrypted")
        if len(reader.pages) > PAGES:
            raise Refused("too_many_pages", pages=len(reader.pages), limit=PAGES)
        pages = [page.extract_text() for page in reader.pages]
    # pypdf raises Python's own errors as well on files that break its expectations.
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Refused("damaged") from error
    empty = [number for number, page in enumerate(pages, start=1) if not page.strip()]
    if len(empty) == len(pages):
        raise Refused("no_text_layer")
    return "\n\n".join(map(unwrapped, pages)), empty


def unwrapped(page: str) -> str:
    """The page's text with the words and sentences whole that its lines had cut."""
    page = _COMPOUND.sub("-", page)
    return _WRAPPED.sub(" ", _HYPHENATED.sub("", page))
