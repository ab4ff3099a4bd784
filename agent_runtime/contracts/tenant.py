"""The tenant's published configuration, the document in MongoDB ``acct_{account_id}``."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from .base import AccountId, Contract


class OpeningHours(Contract):
    """One open interval of a weekday, in the tenant's time zone."""

    weekday: Annotated[int, Field(ge=0, le=6)]
    """0 is Monday, as in ``datetime.weekday`` and ``resource.calendar.attendance``."""
    start: Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
    end: Annotated[str, StringConstraints(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$")]


class Closure(Contract):
    """A holiday or leave of the calendar; end exclusive."""

    name: str
    start: AwareDatetime
    end: AwareDatetime


class CompanyProfile(Contract):
    """Who the company is, as far as customers may know. ``None`` means: not to be told."""

    name: str
    description: str | None = None
    business_area: str | None = None
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    address: str | None = None


class Voice(Contract):
    """How the company speaks."""

    greeting: str | None = None
    farewell: str | None = None
    tone: Literal["friendly", "polite", "professional", "technical"] = "friendly"
    formality: Literal["informal", "moderate", "formal"] = "moderate"
    emoji: Literal["none", "minimal", "moderate"] = "minimal"
    use_customer_name: bool = True


class Hours(Contract):
    """When the company is open."""

    timezone: str
    """IANA name, for example ``America/Sao_Paulo``."""
    week: tuple[OpeningHours, ...] = ()
    closures: tuple[Closure, ...] = ()


class EnabledServices(Contract):
    """Services the tenant has switched on; each gates tools and collections."""

    sales: bool = False
    scheduling: bool = False
    delivery: bool = False
    support: bool = False


class TenantConfig(Contract):
    """The document published for one account, replaced whole at every publication.

    ``version`` grows monotonically; ``content_hash`` is the SHA-256 of :meth:`content`, so it
    does not change when only version or time does. ``owner`` is the ``database.uuid`` of the
    Odoo database that publishes; another owner's publication is refused.
    """

    schema_version: Literal[1] = 1
    account_id: AccountId
    owner: str
    version: Annotated[int, Field(ge=1)]
    published_at: AwareDatetime
    content_hash: str
    language: str
    """Odoo/BCP-47-like code, for example ``pt_BR``."""
    currency: str
    """ISO 4217."""
    company: CompanyProfile
    voice: Voice
    hours: Hours
    services: EnabledServices
    promotions_allowed: bool = True

    def content(self) -> dict[str, Any]:
        """The part that the hash is made of: everything except the receipt's own fields."""
        return self.model_dump(
            mode="json", exclude={"owner", "version", "published_at", "content_hash"}
        )


# --- A turn ---------------------------------------------------------------------------------
