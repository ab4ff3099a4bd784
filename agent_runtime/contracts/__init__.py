"""The vocabulary that Odoo and the runtime share.

Every request and result that crosses the process border is one of these models. Both sides
reject what they do not know (``extra="forbid"``): a field that one side sends and the other
drops is a bug found at once instead of a setting that silently never arrives.

All times are timezone-aware; all durations are seconds unless the name says otherwise.
Secrets are ``SecretStr`` so that neither ``repr`` nor a log line shows them; only
:func:`dump_json` writes them in clear, for the wire.
"""

from .base import CONTRACT_VERSION, AccountId, CollectionType, Contract, dump_json
from .health import Health
from .hours import Closure, Hours, OpeningHours
from .knowledge import (
    INCOMPLETE,
    AccountCollections,
    AccountKnowledge,
    ChunkPreview,
    Chunks,
    CollectionState,
    KnowledgeAdopt,
    KnowledgeDelete,
    KnowledgeHit,
    KnowledgeHits,
    KnowledgeInventory,
    KnowledgeInventoryPage,
    KnowledgeItem,
    KnowledgeMove,
    KnowledgeMoved,
    KnowledgeReceipt,
    KnowledgeSearch,
    KnowledgeUpsert,
    PointReceipt,
    RecordKey,
    StoredPoint,
)
from .preview import Preview, PreviewRequest
from .request import (
    Customer,
    CustomerMessage,
    HistoryEntry,
    InternalAccess,
    ModelAccess,
    OdooAccess,
    TurnRequest,
)
from .result import (
    Decision,
    Factor,
    Feedback,
    Handover,
    HandoverReason,
    Source,
    TurnAccepted,
    TurnResult,
    Usage,
)
from .rule import (
    Channel,
    DeliveryTerms,
    PostalRange,
    Rule,
    RuleContext,
    RuleKind,
    SchedulingTerms,
    Service,
)
from .tenant import (
    CompanyProfile,
    ContactPoint,
    EnabledServices,
    RatingRequest,
    ServiceOffer,
    TenantConfig,
    Voice,
)

__all__ = [
    "INCOMPLETE",
    "AccountCollections",
    "AccountId",
    "AccountKnowledge",
    "CONTRACT_VERSION",
    "Channel",
    "ChunkPreview",
    "Chunks",
    "Closure",
    "CollectionState",
    "CollectionType",
    "CompanyProfile",
    "ContactPoint",
    "Contract",
    "Customer",
    "CustomerMessage",
    "Decision",
    "DeliveryTerms",
    "EnabledServices",
    "Factor",
    "Feedback",
    "Handover",
    "HandoverReason",
    "Health",
    "HistoryEntry",
    "Hours",
    "InternalAccess",
    "KnowledgeAdopt",
    "KnowledgeDelete",
    "KnowledgeHit",
    "KnowledgeHits",
    "KnowledgeInventory",
    "KnowledgeInventoryPage",
    "KnowledgeItem",
    "KnowledgeMove",
    "KnowledgeMoved",
    "KnowledgeReceipt",
    "KnowledgeSearch",
    "KnowledgeUpsert",
    "ModelAccess",
    "OdooAccess",
    "OpeningHours",
    "PointReceipt",
    "PostalRange",
    "Preview",
    "PreviewRequest",
    "RatingRequest",
    "RecordKey",
    "Rule",
    "RuleContext",
    "RuleKind",
    "SchedulingTerms",
    "Service",
    "ServiceOffer",
    "Source",
    "StoredPoint",
    "TenantConfig",
    "TurnAccepted",
    "TurnRequest",
    "TurnResult",
    "Usage",
    "Voice",
    "dump_json",
]
