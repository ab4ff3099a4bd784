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
from .knowledge import (
    KnowledgeDelete,
    KnowledgeHit,
    KnowledgeHits,
    KnowledgeItem,
    KnowledgeReceipt,
    KnowledgeSearch,
    KnowledgeUpsert,
    PointReceipt,
    RecordKey,
)
from .request import Customer, CustomerMessage, HistoryEntry, ModelAccess, OdooAccess, TurnRequest
from .result import (
    Decision,
    Factor,
    Handover,
    HandoverReason,
    Source,
    TurnAccepted,
    TurnResult,
    Usage,
)
from .rule import Channel, Rule, RuleContext, RuleKind
from .tenant import (
    Closure,
    CompanyProfile,
    EnabledServices,
    Hours,
    OpeningHours,
    TenantConfig,
    Voice,
)

__all__ = [
    "AccountId",
    "CONTRACT_VERSION",
    "Channel",
    "Closure",
    "CollectionType",
    "CompanyProfile",
    "Contract",
    "Customer",
    "CustomerMessage",
    "Decision",
    "EnabledServices",
    "Factor",
    "Handover",
    "HandoverReason",
    "Health",
    "HistoryEntry",
    "Hours",
    "KnowledgeDelete",
    "KnowledgeHit",
    "KnowledgeHits",
    "KnowledgeItem",
    "KnowledgeReceipt",
    "KnowledgeSearch",
    "KnowledgeUpsert",
    "ModelAccess",
    "OdooAccess",
    "OpeningHours",
    "PointReceipt",
    "RecordKey",
    "Rule",
    "RuleContext",
    "RuleKind",
    "Source",
    "TenantConfig",
    "TurnAccepted",
    "TurnRequest",
    "TurnResult",
    "Usage",
    "Voice",
    "dump_json",
]
