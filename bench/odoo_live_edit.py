"""``odoo_live_edit``: an owner changes a promotion in Odoo while Odoo indexes 1,000 documents.

The whole way: saved over Odoo's API, marked, sent by a job in the live lane past the jobs of the
bulk lane, until a search finds the new text. Value: the 95th percentile of the edits made while
documents waited. Baseline: the median of edits with nothing else to do.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import psutil

from agent_runtime.client import RuntimeClient
from agent_runtime.contracts import KnowledgeSearch
from demo.stage import Stage, StagedTenant
from devtools.problem import Problem

from .odoo_api import call
from .odoo_documents import make_documents, waiting
from .rows import Row, percentile

DOCUMENTS = 1_000
"""Support documents of one short sentence each."""
NAME = "Lote"
MODEL = "business.rule"
QUIET_EDITS = 3
PAUSE = 0.5
"""Seconds between two edits: an owner types."""
PATIENCE = 180


def measure(stage: Stage) -> list[Row]:
    """Seconds."""
    staged = stage.tenants["patas"]
    rule = call(stage, staged, MODEL, "create", vals_list=[{"name": "Promoção", **_text(0)}])[0]
    client = _runtime(stage)
    numbers = iter(range(1, 10_000))

    def edit() -> float:
        taken = _edit(stage, staged, client, rule, next(numbers))
        time.sleep(PAUSE)
        return taken

    edit()  # the first one finds the worker cold
    quiet = [edit() for _ in range(QUIET_EDITS)]
    taken: list[float] = []
    until = time.monotonic() + PATIENCE
    with ThreadPoolExecutor(1) as pool:
        making = pool.submit(make_documents, stage, NAME, DOCUMENTS)
        while (busy := waiting(staged, NAME)) or not making.done():
            if time.monotonic() > until:
                raise Problem(f"{busy} documents still wait", f"read {stage.odoo.log}")
            seconds = edit()
            if busy:
                taken.append(seconds)
        making.result()  # raises what kept the documents from being made
    if not taken:
        raise Problem("no edit was made while documents waited")
    alone = percentile(quiet, 0.5)
    return [Row("odoo_live_edit_during_bulk_p95", percentile(taken, 0.95), "s", alone)]


def _edit(
    stage: Stage, staged: StagedTenant, client: RuntimeClient, rule: int, number: int
) -> float:
    """Seconds from saving a changed promotion until a search finds the change."""
    text = _text(number)
    question = KnowledgeSearch(
        account_id=staged.tenant.account_id, collection="business_rules", query=f"girafa{number}"
    )
    begun = time.perf_counter()
    call(stage, staged, MODEL, "write", ids=[rule], vals=text)
    while not any(f"girafa{number}." in hit.text for hit in client.search(question).hits):
        if time.perf_counter() - begun > PATIENCE:
            raise Problem("a changed promotion is not found", f"read {stage.odoo.log}")
        time.sleep(0.05)
    return time.perf_counter() - begun


def _text(number: int) -> dict[str, str]:
    return {"text": f"Desconto em girafa{number}."}


def _runtime(stage: Stage) -> RuntimeClient:
    process = stage.runtime()
    if process is None:
        raise Problem("the runtime does not run", f"read {stage.odoo.log}")
    sockets = process.net_connections("inet")
    port = next(s.laddr.port for s in sockets if s.status == psutil.CONN_LISTEN)
    return RuntimeClient(f"http://127.0.0.1:{port}", process.environ()["AGENT_RUNTIME_TOKEN"])
