"""Excel workbooks: every visible sheet as lines ``Header: value; …``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO

from openpyxl import load_workbook
from openpyxl.cell.cell import TYPE_ERROR, TYPE_FORMULA
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from .archive import open_archive
from .hidden import hidden
from .limits import MAX_CHARACTERS
from .problem import Refused
from .table import titled_lines


def read(data: bytes) -> str:
    """Values, formulas by their saved results. Hidden sheets, rows and columns are left out.

    Raises Refused for a formula without a result: a price must not disappear silently.
    """
    open_archive(data)
    try:
        return "\n\n".join(_sheets(data))
    except (Refused, MemoryError):
        raise
    # openpyxl lets through whatever a damaged part raises: of XML, archives, look-ups, types.
    except Exception as error:
        raise Refused("damaged") from error


def _sheets(data: bytes) -> Iterator[str]:
    values = load_workbook(BytesIO(data), read_only=True, data_only=True)
    formulas = load_workbook(BytesIO(data), read_only=True)
    visible = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible"]
    size = 0
    for sheet in visible:
        lines = [sheet.title] if len(visible) > 1 else []
        for line in titled_lines(_rows(sheet, formulas[sheet.title])):
            lines.append(line)
            size += len(line) + 1
            if size > MAX_CHARACTERS:
                raise Refused("too_long", characters=size, limit=MAX_CHARACTERS)
        yield "\n".join(lines)


def _rows(values: ReadOnlyWorksheet, formulas: ReadOnlyWorksheet) -> Iterator[list[str]]:
    # What a file says of its own dimensions is often wrong.
    values.reset_dimensions()
    formulas.reset_dimensions()
    rows, columns = hidden(values)
    pairs = zip(values.iter_rows(), formulas.iter_rows(), strict=True)
    for number, (row, sources) in enumerate(pairs, start=1):
        if number in rows:
            continue
        shown = [index for index in range(len(row)) if index + 1 not in columns]
        for index in shown:
            cell, source = row[index], sources[index]
            if source.data_type == TYPE_FORMULA and cell.value is None:
                raise Refused("formula", cell=f"{values.title}!{source.coordinate}")
            if cell.data_type == TYPE_ERROR:
                raise Refused("formula_error", cell=f"{values.title}!{source.coordinate}")
        yield [_shown(row[index]) for index in shown]


def _shown(cell) -> str:
    """A cell's value much as the sheet shows it."""
    value, pattern = cell.value, cell.number_format or ""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return str(value.date() if value.time() == time() else value)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _number(value, pattern)
    return " ".join(str(value).split())


def _number(value: float, pattern: str) -> str:
    shown = pattern.partition(";")[0]
    decimals = len(shown.partition(".")[2]) - len(shown.partition(".")[2].lstrip("0"))
    if "%" in shown:
        return f"{value * 100:.{decimals}f}%"
    if decimals:
        return f"{value:.{decimals}f}"
    return f"{value:.12g}"
