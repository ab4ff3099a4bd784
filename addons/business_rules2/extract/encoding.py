"""From bytes to characters."""

from __future__ import annotations

import codecs

from .problem import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes) -> str:
    """Text of a file that does not say how it is encoded.

    A byte order mark decides; else UTF-8, which is practically never valid by accident; else
    Windows' western encoding, in which Excel and Notepad save Portuguese. Guessing more finely
    by statistics fails on short texts.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data, encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode(data, "cp1252")


def is_text(data: bytes) -> bool:
    """Whether the bytes can be text at all: binary files hold zeros."""
    marked = any(data.startswith(mark) for mark, _encoding in _MARKS)
    return marked or b"\0" not in data


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("encoding") from error
