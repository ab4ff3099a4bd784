"""What a way of contact may hold, by its kind. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from odoo.tools import email_normalize

from . import phone

PHONES = frozenset({"phone", "whatsapp"})
TEXTS = frozenset({"address", "other"})
EMAIL = "email"


def tidy(kind: str, value: str | None) -> str | None:
    """The value as customers are told it; ``None`` when it does not fit its kind.

    Kinds that are neither a phone, an e-mail address nor free text are addresses on the web.
    """
    text = " ".join((value or "").split())
    if kind in TEXTS:
        return text or None
    if kind in PHONES:
        number = phone.e164(text)
        return phone.readable(number) if number else None
    if kind == EMAIL:
        return email_normalize(text) or None
    return _url(text)


def _url(text: str) -> str | None:
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return None
    valid = (
        parts.scheme in ("http", "https")
        and " " not in address
        and "." in host.strip(".")
        and "@" not in parts.netloc
    )
    return address if valid else None
