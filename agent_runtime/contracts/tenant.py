"""The tenant's published configuration, the document in MongoDB ``acct_{account_id}``."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from .action import AllowedRequests
from .base import AccountId, Contract
from .hours import Hours
from .rule import Channel


class ContactPoint(Contract):
    """One more way to reach or find the company, beside the main ones of the profile."""

    kind: Literal[
        "address",
        "phone",
        "whatsapp",
        "email",
        "website",
        "instagram",
        "facebook",
        "tiktok",
        "youtube",
        "linkedin",
        "x",
        "mercado_livre",
        "shopee",
        "amazon",
        "other",
    ]
    label: str | None = None
    """What it is called, for example ``Savassi branch`` or ``Orders``."""
    value: str
    """An address in one line, an international phone number, an e-mail address or a URL."""
    in_farewell: bool = False
    """Whether it is mentioned when the customer says goodbye."""


class CompanyProfile(Contract):
    """Who the company is, as far as customers may know. ``None`` means: not to be told."""

    name: str
    description: str | None = None
    business_area: str | None = None
    tax_id: str | None = None
    """CNPJ in Brazil."""
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    website_in_farewell: bool = False
    address: str | None = None
    contacts: tuple[ContactPoint, ...] = ()


class RatingRequest(Contract):
    """How the customer is asked to rate the service, after the farewell."""

    scale: Literal[5, 10]
    """Highest mark; the lowest is 1."""
    message: str | None = None
    """Own words of the request; ``None`` leaves the sentence to the assistant."""
    ask_reason: bool = False
    reason_message: str | None = None
    ask_suggestions: bool = False
    suggestions_message: str | None = None


class Voice(Contract):
    """How the company speaks."""

    greeting: str | None = None
    farewell: str | None = None
    sign_off: str | None = None
    """Name under a letter or a farewell, for example ``Equipe Patas``; the company's if none."""
    tone: Literal["friendly", "polite", "professional", "technical"] = "friendly"
    manner: Literal["welcoming", "energetic", "calm", "objective"] = "welcoming"
    """The first system's ``voice``."""
    formality: Literal["informal", "moderate", "formal"] = "moderate"
    emoji: Literal["none", "minimal", "moderate"] = "minimal"
    use_customer_name: bool = True
    name_frequency: Literal["minimal", "moderate", "frequent"] = "minimal"
    """``minimal``: in the greeting; ``moderate``: in greeting and farewell; ``frequent``: in
    every answer."""


class ServiceOffer(Contract):
    """A service of the company's catalogue. The order of offers is the company's."""

    key: str
    """Stable identity, ``model,id`` of the Odoo record."""
    name: str
    description: str | None = None
    pricing: Literal["fixed", "from", "on_request", "product"] = "on_request"
    price: Decimal | None = None
    """In the tenant's currency, for ``fixed`` and ``from``."""
    product: int | None = None
    """``product.template`` whose live price holds, for ``product``."""
    duration_minutes: Annotated[int, Field(gt=0)] | None = None


class EnabledServices(Contract):
    """Services the tenant has switched on; each gates tools and collections."""

    sales: bool = False
    scheduling: bool = False
    delivery: bool = False
    support: bool = False


class RoutingRule(Contract):
    """Who takes what comes this way. ``None`` means: whatever it is; all that is given must fit.

    At least one of ``crew`` and ``role`` is given.
    """

    channel: Channel | None = None
    inbox: int | None = None
    """Chatwoot's number of the inbox."""
    intent: str | None = None
    """A name in :data:`~.crew.INTENTS`."""
    keywords: tuple[str, ...] = ()
    """One of these words or phrases occurs, whatever accents, case and endings."""
    hours: Literal["open", "closed"] | None = None
    label: str | None = None
    """A label of the conversation or of the contact, case-folded."""
    priority: Literal["low", "medium", "high", "urgent"] | None = None
    """The conversation's priority in Chatwoot, or a higher one."""
    crew: str | None = None
    """A name in :data:`~.crew.CUSTOMER_CREWS`."""
    role: str | None = None
    """A name in :data:`~.crew.ROLES`."""


class RoutingWeights(Contract):
    """How much each group of factors counts for who leads an answer."""

    content: Annotated[float, Field(ge=0, le=1)] = 0.4
    context: Annotated[float, Field(ge=0, le=1)] = 0.3
    rules: Annotated[float, Field(ge=0, le=1)] = 0.3


class Routing(Contract):
    """The tenant's routing: the first rule that fits decides, then the default, then points.

    Crew and role are decided apart: a rule without a crew leaves the crew to the next that has
    one.
    """

    default_crew: str | None = None
    """``None``: the crew made for the channel."""
    default_role: str | None = None
    """Leads where nothing speaks for anybody; ``None``: ``service``."""
    rules: tuple[RoutingRule, ...] = ()
    weights: RoutingWeights = RoutingWeights()


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
    cross_sell_allowed: bool = False
    """Whether products that Odoo lists as going with another may be mentioned."""
    requests: AllowedRequests = AllowedRequests()
    reads_orders: bool = True
    """Whether the database has orders that the agent's user may read."""
    rating: RatingRequest | None = None
    offers: tuple[ServiceOffer, ...] = ()
    routing: Routing = Routing()

    def content(self) -> dict[str, Any]:
        """The part that the hash is made of: everything except the receipt's own fields."""
        return self.model_dump(
            mode="json", exclude={"owner", "version", "published_at", "content_hash"}
        )
