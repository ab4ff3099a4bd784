"""What a sheet of an Excel workbook does not show."""

from __future__ import annotations

from lxml import etree
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TRUE = ("1", "true")


def hidden(sheet: ReadOnlyWorksheet) -> tuple[set[int], set[int]]:
    """Numbers, from 1, of the hidden rows and of the hidden columns.

    openpyxl tells them only of a workbook that it holds in memory as a whole.
    """
    rows: set[int] = set()
    columns: set[int] = set()
    number = 0
    tags = (f"{_SPACE}col", f"{_SPACE}row")
    with sheet._get_source() as source:
        elements = etree.iterparse(source, tag=tags, resolve_entities=False)
        for _event, element in elements:
            found = element.get("hidden") in _TRUE
            if element.tag == f"{_SPACE}col":
                if found:
                    columns |= set(range(int(element.get("min")), int(element.get("max")) + 1))
                continue
            number = int(element.get("r") or number + 1)
            if found:
                rows.add(number)
            _release(element)
    return rows, columns


def _release(element: etree._Element) -> None:
    """Give back the memory of a row and of what came before it."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]
