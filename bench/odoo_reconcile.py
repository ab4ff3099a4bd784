"""``odoo_reconcile``: the nightly comparison of a company's knowledge with Odoo, the whole way.

A tenant with 5,000 indexed documents (50,000 where ``QDRANT_URL`` names a server), each a short
sentence, all in agreement. The check is requested as from its button; the row is the time until
its report says so: every stored passage listed, every binding and every record's present text
compared. How long the runtime needs of it to list the passages is ``runtime_inventory``.
"""

from __future__ import annotations

import time

from demo.stage import Stage, StagedTenant
from devtools.problem import Problem

from .knowledge_runtime import ON_SERVER
from .odoo_api import call
from .odoo_documents import make_documents
from .rows import Row

RECORDS = 50_000 if ON_SERVER else 5_000
NAME = "Acervo"
FILL_SECONDS = 7200 if ON_SERVER else 900
CHECK_SECONDS = 1800
_STATES = """
SELECT count(*) FILTER (WHERE state = 'indexed'), count(*) FILTER (WHERE state != 'indexed')
  FROM ai_knowledge_binding
"""
_REPORT = """
SELECT state, points_seen, records_seen, error FROM ai_sync_report WHERE id > %s
"""


def measure(stage: Stage) -> list[Row]:
    """Seconds."""
    staged = stage.tenants["patas"]
    _fill(stage, staged)
    before = staged.ledger.rows("SELECT coalesce(max(id), 0) FROM ai_sync_report")[0][0]
    (tenant,) = staged.ledger.rows("SELECT id FROM ai_tenant")[0]
    begun = time.perf_counter()
    call(stage, staged, "ai.tenant", "action_check_knowledge", ids=[tenant])
    ended = staged.ledger.wait_for(
        lambda ledger: [row for row in ledger.rows(_REPORT, before) if row[0] != "running"],
        CHECK_SECONDS,
    )
    taken = time.perf_counter() - begun
    if not ended or ended[0][0] != "agreed" or min(ended[0][1:3]) < RECORDS:
        raise Problem(f"the check did not find agreement: {ended}", f"read {stage.odoo.log}")
    return [Row(f"odoo_reconcile_{RECORDS}", taken, "s")]


def _fill(stage: Stage, staged: StagedTenant) -> None:
    """So many indexed records; what earlier measurements made counts."""
    if (missing := RECORDS - sum(staged.ledger.rows(_STATES)[0])) > 0:
        make_documents(stage, NAME, missing)
    full = staged.ledger.wait_for(
        lambda ledger: ledger.rows(_STATES)[0][0] >= RECORDS and not ledger.rows(_STATES)[0][1],
        FILL_SECONDS,
    )
    if not full:
        raise Problem(f"not all records are indexed: {staged.ledger.rows(_STATES)}")
