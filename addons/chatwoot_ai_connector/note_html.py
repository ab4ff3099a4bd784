"""The assistant's words as Odoo shows them: of CommonMark, what is bold or quoted."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_QUOTATION = re.compile(r"(?:^&gt;[^\n]*(?:\n|\Z))+", re.MULTILINE)
_MARK = re.compile(r"^&gt; ?", re.MULTILINE)
_EMPTY = re.compile(r"\n{2,}")
_ESCAPED = re.compile(r"\\(&(?:amp|lt|gt|#34|#39);|[!-/:-@\[-`{-~])")


def note_html(note: str) -> Markup:
    """``note`` (or an answer), escaped but for what is shown as bold or as a quotation."""
    text = _QUOTATION.sub(_quotation, str(escape(note)))
    text = _BOLD.sub(r"<strong>\1</strong>", text)
    text = _ESCAPED.sub(r"\1", text)
    return Markup('<div class="o_chatwoot_text">%s</div>') % Markup(text)


def _quotation(found: re.Match[str]) -> str:
    inner = _EMPTY.sub("\n", _MARK.sub("", found[0])).strip("\n")
    return f'<blockquote class="border-start ps-2 mb-0 text-muted">{inner}</blockquote>'
