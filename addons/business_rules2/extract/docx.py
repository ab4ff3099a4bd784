"""Word documents."""

from __future__ import annotations

from io import BytesIO

import mammoth

from . import html_page
from .archive import open_archive
from .problem import Refused


def read(data: bytes) -> str:
    """Text with tables, notes and list items, without pictures, comments and deletions."""
    open_archive(data)
    pictures = mammoth.images.img_element(lambda _image: {"src": ""})
    try:
        page = mammoth.convert_to_html(BytesIO(data), convert_image=pictures)
    except MemoryError:
        raise
    # mammoth has no errors of its own: what a damaged part raises depends on the damage.
    except Exception as error:
        raise Refused("damaged") from error
    return html_page.read(page.value)
