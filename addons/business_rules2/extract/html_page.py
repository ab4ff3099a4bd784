"""HTML, as a reader sees it: no scripts, styles, menus or hidden parts."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Comment, Tag
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PreformattedString

from .encoding import decode
from .table import plain_lines, titled_lines

_DROPPED = ["script", "style", "noscript", "template", "head", "nav", "aside"]
_DROPPED += ["button", "select", "iframe", "object", "embed", "svg", "canvas", "audio", "video"]
_DROPPED_ROLES = ["navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"]
_PARAGRAPHS = ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre"]
_PARAGRAPHS += ["section", "article", "main"]
_LINES = ["div", "li", "dt", "dd", "tr", "figcaption", "address", "details", "summary"]
_LINES += ["header", "footer", "form", "fieldset"]
_PARAGRAPH_MARK, _LINE_MARK = "\x1d", "\x1e"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def read(data: bytes | str, encoding: str | None = None) -> str:
    """Text of a page; ``encoding`` is what the server said, the page's own word comes next."""
    soup = _soup(data, encoding)
    # A page's own header and footer repeat on every page; an article's are part of it.
    outer = soup.select("body > header, body > footer, [hidden], [aria-hidden=true]")
    styled = soup.find_all(style=_HIDDEN)
    for tag in [*soup(_DROPPED), *soup.find_all(role=_DROPPED_ROLES), *outer, *styled]:
        tag.decompose()
    for node in soup.find_all(string=True):
        if isinstance(node, Comment | PreformattedString):
            node.extract()
        elif not node.find_parent("pre"):
            node.replace_with(NavigableString(re.sub(r"\s+", " ", node)))
    # Innermost first: a table in a table is a cell's text by the time its row is read.
    for table in reversed(soup("table")):
        table.replace_with(NavigableString(f"\n\n{_table(table)}\n\n"))
    return _text(soup)


def _soup(data: bytes | str, encoding: str | None) -> BeautifulSoup:
    if isinstance(data, bytes):
        encoding = encoding or EncodingDetector.find_declared_encoding(data, is_html=True)
        if encoding:
            return BeautifulSoup(data, "lxml", from_encoding=encoding)
        data = decode(data)
    return BeautifulSoup(data, "lxml")


def _text(tag: Tag) -> str:
    for line_break in tag("br"):
        line_break.replace_with(NavigableString("\n"))
    for names, mark in ((_PARAGRAPHS, _PARAGRAPH_MARK), (_LINES, _LINE_MARK)):
        for block in tag(names):
            block.insert_before(NavigableString(mark))
            block.insert_after(NavigableString(mark))
    # Neighbouring blocks mark their border twice; the stronger mark wins.
    text = re.sub("[ \x1d\x1e]*\x1d[ \x1d\x1e]*", "\n\n", tag.get_text())
    return re.sub("[ \x1e]*\x1e[ \x1e]*", "\n", text)


def _table(table: Tag) -> str:
    rows = [row for row in table("tr") if row.find(["td", "th"])]
    cells = [[" ".join(_text(cell).split()) for cell in row(["td", "th"])] for row in rows]
    headed = bool(rows) and len(rows[0]("th")) > 1 and not rows[0]("td")
    return "\n".join(titled_lines(cells) if headed else plain_lines(cells))
