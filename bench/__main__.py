"""``python -m bench``: measure, print the table, write ``build/bench.json``."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from demo.stage import Stage
from devtools.console import say, step
from devtools.environment import addons_path
from devtools.layout import find_layout
from devtools.problem import Problem

from . import (
    cold_start,
    cold_tenants,
    concurrent_turns,
    conversation_load,
    crew_kickoff,
    decision,
    knowledge_index,
    knowledge_sync,
    mcp_call,
    odoo_live_edit,
    odoo_reconcile,
    odoo_sync_memory,
    turn_overhead,
    turn_parts,
    webhook_ingest,
)
from .rows import Row, save, table

ADDONS = Path(__file__).parent / "addons"
ALONE = {
    "decision": decision.measure,
    "crew_kickoff": crew_kickoff.measure,
    "cold_start": cold_start.measure,
    "concurrent_turns": concurrent_turns.measure,
    "turn_parts": turn_parts.measure,
    "knowledge_index": knowledge_index.measure,
    "knowledge_sync": knowledge_sync.measure,
}
ON_STAGES_OF_THEIR_OWN = {
    "conversation_load": conversation_load.measure,
    "cold_tenants": cold_tenants.measure,
}
ON_STAGE = {
    "turn_overhead": turn_overhead.measure,
    "webhook_ingest": webhook_ingest.measure,
    "mcp_call": mcp_call.measure,
    "odoo_live_edit": odoo_live_edit.measure,
    "odoo_sync_memory": odoo_sync_memory.measure,
    "odoo_reconcile": odoo_reconcile.measure,
}


def main(argv: list[str] | None = None) -> int:
    """Run all measurements, or those named."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    names = [*ALONE, *ON_STAGES_OF_THEIR_OWN, *ON_STAGE]
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(names))
    chosen = parser.parse_args(argv).names or names
    if unknown := set(chosen) - set(names):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        rows = measure(chosen)
    except Problem as problem:
        say(f"FAILED: {problem}")
        return 1
    save(rows)
    print(table(rows))
    return 0


def measure(chosen: list[str]) -> list[Row]:
    """The rows of the chosen measurements."""
    rows: list[Row] = []
    alone = {**ALONE, **ON_STAGES_OF_THEIR_OWN}
    for name in alone:
        if name in chosen:
            with step(name):
                rows += alone[name]()
    on_stage = [name for name in ON_STAGE if name in chosen]
    if not on_stage:
        return rows
    options = {"addons_path": f"{addons_path(find_layout())},{ADDONS}"}
    with Stage("bench", group_window=0, options=options, modules=("bench_minimal",)) as stage:
        stage.wait_ready()
        for name in on_stage:
            with step(name):
                rows += ON_STAGE[name](stage)
    return rows


if __name__ == "__main__":
    sys.exit(main())
