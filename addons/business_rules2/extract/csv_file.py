"""CSV files as lines ``Header: value; …``."""

from __future__ import annotations

import csv
from io import StringIO

from .encoding import decode
from .limits import MAX_CHARACTERS
from .problem import Refused
from .table import titled_lines

_DELIMITERS = ";,\t|"


def read(data: bytes) -> str:
    """Text; the delimiter is found out."""
    text = decode(data)
    csv.field_size_limit(MAX_CHARACTERS)
    try:
        rows = list(csv.reader(StringIO(text), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise Refused("damaged") from error
    return "\n".join(titled_lines([" ".join(cell.split()) for cell in row] for row in rows))


def _delimiter(text: str) -> str:
    """The most frequent candidate of the header; Brazilian Excel writes semicolons."""
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=header.count)
