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
# A line that goes on in small letters may have been broken by the margin only. Not after a
# figure, which ends the lines of a price list.
_GOES_ON = re.compile(r"(?<=[^\s.:;!?\-\d])[ \t]*\n(?=(?P<word>[a-zà-öø-ÿ(]\S*))")
_NARROWEST = 40
"""Characters of a line of running text; a page of shorter ones is a list."""
_FULL = 0.75
"""Of the longest line: letters differ in width, so that full lines differ in number of them."""


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
    longest = max(map(len, page.split("\n")))

    def joint(found: re.Match[str]) -> str:
        line = found.start() - page.rfind("\n", 0, found.start()) - 1
        full = line + len(" ") + len(found["word"]) > _FULL * longest
        return " " if full and longest >= _NARROWEST else "\n"

    joined = _COMPOUND.sub("-", _GOES_ON.sub(joint, page))
    return _HYPHENATED.sub("", joined)
