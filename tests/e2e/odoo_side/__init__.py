"""What the tests do inside Odoo, in ``odoo shell``: only what a person could do by hand."""

from .account import set_chatwoot_account, set_inbox
from .company import make_company
from .edits import describe, remove_document, start_check, write_document
from .marked import make_marked, marked_request, suite_fields, switch_off
from .neighbours import make_neighbours
from .promotion import end_promotion, make_promotion, remove_promotion
from .twin import archive, make_twin

__all__ = [
    "archive",
    "describe",
    "end_promotion",
    "make_company",
    "make_marked",
    "make_neighbours",
    "make_promotion",
    "make_twin",
    "marked_request",
    "remove_document",
    "remove_promotion",
    "set_chatwoot_account",
    "set_inbox",
    "start_check",
    "suite_fields",
    "switch_off",
    "write_document",
]
