"""The crews there are, by the names that tenants and routing rules use."""

from __future__ import annotations

from typing import Final

CREWS: Final = ("whatsapp", "social", "email", "web")
"""Every crew of the runtime."""

_ALSO_CALLED: Final = {
    "facebook": "social",
    "instagram": "social",
    "site": "web",
    "api": "web",
    "suporte": "web",
    "support": "web",
}
_SUFFIX: Final = "_crew"


def crew_named(name: str) -> str | None:
    """The crew that ``name`` means, ``None`` when there is no such crew.

    Names may carry the suffix ``_crew`` and are read without regard to case, so that
    ``whatsapp_crew`` is the crew ``whatsapp``.
    """
    known = name.strip().casefold().removesuffix(_SUFFIX)
    return known if known in CREWS else _ALSO_CALLED.get(known)
