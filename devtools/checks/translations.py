"""Every addon speaks Brazilian Portuguese completely."""

from collections.abc import Iterator
from pathlib import Path

from ..po_file import parse_po, untranslated
from ..template import LANGUAGE, OWN_MODULES


def complaints(repo: Path) -> Iterator[str]:
    """Addons without a translation file, and terms without a translation.

    Whether the file knows every term of the source is seen by make test, which
    has a database to export the terms from.
    """
    for addon in OWN_MODULES:
        path = repo / "addons" / addon / "i18n" / f"{LANGUAGE}.po"
        if not path.is_file():
            yield f"{path.relative_to(repo)} is missing"
            continue
        for source in untranslated(parse_po(path.read_text(encoding="utf-8"))):
            yield f"{path.relative_to(repo)}: not translated: {source[:70]!r}"
