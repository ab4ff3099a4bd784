"""OpenDocument texts."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .archive import member, open_archive
from .problem import Refused
from .table import plain_lines

_NS = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
}
_TEXT = f"{{{_NS['text']}}}"
_TABLE = f"{{{_NS['table']}}}table"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_SKIPPED = {f"{_TEXT}tracked-changes", f"{{{_NS['office']}}}annotation", f"{_TEXT}sequence-decls"}
_SPACES = {f"{_TEXT}s": " ", f"{_TEXT}tab": " ", f"{_TEXT}line-break": "\n"}


def read(data: bytes) -> str:
    """Text with tables and list items, without comments and tracked deletions."""
    archive = open_archive(data)
    if b"encryption-data" in member(archive, "META-INF/manifest.xml"):
        raise Refused("encrypted")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(member(archive, "content.xml"), parser)
    except etree.XMLSyntaxError as error:
        # The parser's word for an exhausted memory.
        code = "exhausted" if error.code == etree.ErrorTypes.ERR_NO_MEMORY else "damaged"
        raise Refused(code) from error
    body = root.find(".//office:body/office:text", _NS)
    if body is None:
        raise Refused("damaged")
    return "\n\n".join(_blocks(body))


def _blocks(parent: etree._Element) -> Iterator[str]:
    for element in parent:
        if element.tag in _PARAGRAPHS:
            yield _inline(element)
        elif element.tag == _TABLE:
            yield "\n".join(plain_lines([_cells(row) for row in _rows(element)]))
        elif element.tag not in _SKIPPED:
            yield from _blocks(element)


def _rows(table: etree._Element) -> list[etree._Element]:
    rows = table.iterfind(".//table:table-row", _NS)
    return [row for row in rows if next(row.iterancestors(_TABLE)) is table]


def _cells(row: etree._Element) -> list[str]:
    return [" ".join(" ".join(_blocks(cell)).split()) for cell in row]


def _inline(element: etree._Element) -> str:
    """Text of a paragraph; runs of spaces are elements in this format."""
    if element.tag in _SKIPPED:
        return ""
    parts = [_SPACES.get(element.tag, ""), element.text or ""]
    for child in element:
        parts += [_inline(child), child.tail or ""]
    return "".join(parts)
