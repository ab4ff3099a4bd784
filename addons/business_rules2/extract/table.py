"""Tables as lines that can be found and understood one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_NUMBER = re.compile(r"[\d.,:/%+\-\s]*\d[\d.,:/%+\-\s]*")


def titled_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines ``Header: value; Header: value`` of a table whose first full row is its header.

    Rows with a single cell are titles or remarks and stay as they are. A first row with a
    number in it is no header: the values are then only set side by side.
    """
    header: Sequence[str] | None = None
    for row in rows:
        filled = [cell for cell in row if cell]
        if len(filled) < 2:
            yield from filled
        elif header is None:
            header = () if any(_NUMBER.fullmatch(cell) for cell in filled) else row
            if not header:
                yield "; ".join(filled)
        else:
            yield _line(header, row)


def plain_lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines of a table inside a text, which may have a header or none.

    Two columns are a list of terms (``Monday: 8 to 18``). With more, a first row which is full,
    free of figures and without repetition is taken for the header.
    """
    width = max(map(len, rows), default=0)
    first = rows[0] if rows else ()
    headed = width > 2 and len(set(first)) == len(first) == width and all(first)
    if headed and not any(re.search(r"\d", cell) for cell in first):
        yield from titled_lines(rows)
        return
    for row in rows:
        filled = [cell for cell in row if cell]
        if filled:
            yield (": " if width == 2 else "; ").join(filled)


def _line(header: Sequence[str], row: Sequence[str]) -> str:
    names = [*header, *[""] * (len(row) - len(header))]
    pairs = zip(names, row, strict=False)
    return "; ".join(f"{name}: {cell}" if name else cell for name, cell in pairs if cell)
