"""``odoo_sync_memory``: what an Odoo worker needs while it brings 2,000 documents to the index.

Value: the most any worker held while the documents were sent. Baseline: the most any worker held
by the time a tenth of them was indexed, when its registry and its jobs were loaded. A ratio near
one means that memory does not grow with the number of records.
"""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor

import psutil

from demo.stage import Stage
from devtools.problem import Problem

from .odoo_documents import indexed, make_documents
from .rows import Row

DOCUMENTS = 2_000
"""Support documents of one short sentence each."""
NAME = "Medida"
PATIENCE = 600
LOOK_EVERY = 0.2
MEGABYTE = 1024 * 1024


def measure(stage: Stage) -> list[Row]:
    """Megabytes of resident memory."""
    with ThreadPoolExecutor(1) as pool:
        # Indexing begins while the program that makes the documents is still ending.
        making = pool.submit(make_documents, stage, NAME, DOCUMENTS)
        early, peak = _watch(stage, making)
    return [Row("odoo_sync_memory", peak, "MB", early)]


def _watch(stage: Stage, making: Future[None]) -> tuple[float, float]:
    """The most a worker held until a tenth was indexed, and until all were."""
    early = peak = 0.0
    until = time.monotonic() + PATIENCE
    done = 0
    while done < DOCUMENTS:
        if time.monotonic() > until:
            raise Problem(f"{done} of {DOCUMENTS} documents indexed", f"read {stage.odoo.log}")
        if making.done():
            making.result()  # raises what kept the documents from being made
        time.sleep(LOOK_EVERY)
        peak = max(peak, _largest_worker(stage))
        done = indexed(stage.tenants["patas"], NAME)
        if done <= DOCUMENTS / 10:
            early = peak
    return early, peak


def _largest_worker(stage: Stage) -> float:
    """Resident memory of Odoo's largest process, the runtime and its tools left out."""
    runtime = stage.runtime()
    tools = {runtime.pid, *(p.pid for p in runtime.children(recursive=True))} if runtime else set()
    sizes = []
    for process in psutil.Process(stage.odoo.pid).children(recursive=True):
        try:
            if process.pid not in tools:
                sizes.append(process.memory_info().rss / MEGABYTE)
        except psutil.NoSuchProcess:
            continue
    return max(sizes)
