"""How a product's data becomes text: for the index, and as a first description to start from.

Plain functions without Odoo, so that what is written can be read and tested at a glance.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

Attributes = Iterable[tuple[str, Iterable[str]]]
"""Pairs of an attribute's name and its values, for example ``("Colour", ["red", "blue"])``."""


def lines(text: str | None) -> list[str]:
    """The non-empty lines of a field with one entry a line, without bullets somebody typed."""
    entries = (line.strip().lstrip("-*•").strip() for line in (text or "").splitlines())
    return [entry for entry in entries if entry]


def attribute_lines(attributes: Attributes) -> list[str]:
    """``Name: value, value`` for each attribute that has values."""
    pairs = ((name, ", ".join(values)) for name, values in attributes)
    return [f"{name}: {values}" for name, values in pairs if values]


def index_text(
    *,
    name: str,
    code: str | None,
    category: str | None,
    description: str | None,
    features: str | None,
    uses: str | None,
    attributes: Attributes,
) -> str:
    """The text a product is found by, besides its title. Price and stock are read live instead.

    The index keeps the name with every passage, so the text repeats it only when there is
    nothing else to say.
    """
    blocks = [
        (code or "").strip(),
        (category or "").strip(),
        (description or "").strip(),
        "\n".join(lines(features)),
        "\n".join(lines(uses)),
        "\n".join(attribute_lines(attributes)),
    ]
    return "\n\n".join(filter(None, blocks)) or name


def suggested_description(
    *,
    name: str,
    category: str | None,
    sales_text: str | None,
    attributes: Attributes,
) -> str | None:
    """A first description made of nothing but what the product already says.

    ``None`` when there is no more than the name: repeating it would only look like work done.
    """
    facts = [sentence(fact) for fact in attribute_lines(attributes)]
    sales_text = (sales_text or "").strip()
    if not sales_text and not facts:
        return None
    heading = sentence(f"{name} – {category}" if category else name)
    return "\n".join(filter(None, [heading, sales_text, *facts]))


def sentence(text: str) -> str:
    """``text`` with a full stop, unless it already ends like a sentence."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def filterable(attributes: Attributes) -> dict[str, str]:
    """Attributes that a product has in one value, by which a search may be narrowed.

    A name becomes letters without accents, digits and underscores: "Cor do tecido" is
    ``cor_do_tecido``. What comes in several values is chosen later, so it narrows nothing.
    """
    held = [(_key(name), list(values)) for name, values in attributes]
    return {key: values[0] for key, values in held if key and len(values) == 1}


def _key(name: str) -> str:
    apart = unicodedata.normalize("NFD", name.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "_", bare).lstrip("_0123456789")[:63].rstrip("_")
