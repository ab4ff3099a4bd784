"""The crews and roles there are, by the names that tenants and routing rules use."""

from __future__ import annotations

from typing import Final

CREWS: Final = ("whatsapp", "facebook", "instagram", "email", "web", "internal")
"""Every crew of the runtime: one for each form an answer can have."""

CUSTOMER_CREWS: Final = CREWS[:-1]
"""Those that a tenant's routing may name: its own people are answered by ``internal``, and nobody
else is."""

ROLES: Final = ("service", "sales", "scheduling", "support", "orders")
"""Who may lead an answer, within any crew; each has tools of its own."""

INTENTS: Final = (
    "product",
    "service",
    "promotion",
    "opening_hours",
    "address_contact",
    "booking",
    "order",
    "policy",
    "about",
    "person",
    "complaint",
)
"""What a routing rule may ask a message for."""

_ALSO_CALLED: Final = {
    "social": "instagram",
    "site": "web",
    "api": "web",
    "suporte": "web",
    "support": "web",
    "interno": "internal",
}
_SUFFIX: Final = "_crew"


def crew_named(name: str) -> str | None:
    """The crew that ``name`` means, ``None`` when there is no such crew.

    Names may carry the suffix ``_crew`` and are read without regard to case, so that
    ``whatsapp_crew`` is the crew ``whatsapp``.
    """
    known = name.strip().casefold().removesuffix(_SUFFIX)
    return known if known in CREWS else _ALSO_CALLED.get(known)
