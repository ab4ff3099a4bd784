"""Stores that hang, a runtime that hangs, a job that is killed: nothing claims what is not so.

Processes are stopped in their tracks: whoever calls them gets no answer, as from a machine that is
gone, and nothing of ours has to be replaced.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psutil
import pytest

from .backup import back_up, put_back
from .stores import document, in_odoo, payloads, settled

PATIENCE = 150
"""Lost work is taken up by a scheduled action that runs every two minutes."""
NAME = "Regulamento das falhas"
BINDING = (
    "SELECT state FROM ai_knowledge_binding "
    "WHERE model = 'business.support.document' AND res_id = %s"
)
PUBLICATION = "SELECT publish_state, publish_error IS NOT NULL FROM ai_tenant WHERE account_id = %s"
BELIEVED = (
    "SELECT (SELECT count(*) FROM ai_knowledge_binding WHERE state = 'indexed' AND synced_at < "
    "(SELECT max(started_at) FROM ai_sync_report)), "
    "(SELECT count(*) FROM ai_tenant WHERE publish_state = 'published' AND config_version <= %s)"
)
"""What is shown as synchronised on the word of before the last check began."""
KNOWN = "SELECT 1 FROM ir_config_parameter WHERE key = 'company_services.database_oid'"
LAST_CHECK = "SELECT id, state, removed, resent FROM ai_sync_report ORDER BY id DESC LIMIT 1"
VERSION = "SELECT config_version FROM ai_tenant WHERE account_id = %s"
WORKING = (
    "SELECT count(*) FROM queue_job WHERE state = 'started' AND channel LIKE 'root.knowledge%%'"
)
WORKERS = (
    "SELECT worker_pid FROM queue_job WHERE state = 'started' AND channel LIKE 'root.knowledge%%'"
)


@contextmanager
def _stopped(process: psutil.Process) -> Iterator[None]:
    process.suspend()
    try:
        yield
    finally:
        process.resume()


@pytest.fixture
def mongodb(stage) -> psutil.Process:
    if os.environ.get("MONGODB_URL"):
        pytest.skip("MONGODB_URL names a server that is not ours to stop")
    pid = (stage.stack.folder / "run/mongodb.pid").read_text().split()[0]
    return psutil.Process(int(pid))


@pytest.fixture
def account(patas) -> int:
    return patas.tenant.account_id


def test_mongodb_hangs_while_the_profile_changes(stage, patas, mongodb, account):
    with _stopped(mongodb):
        in_odoo(stage, patas, f"odoo_side.describe(env, {account}, 'Loja depois da falha')")
        assert patas.ledger.wait_for(
            lambda ledger: ledger.rows(PUBLICATION, account) == [("to_publish", True)], PATIENCE
        ), "nothing shows published meanwhile, and the reason is told"
    assert patas.ledger.wait_for(
        lambda ledger: ledger.rows(PUBLICATION, account) == [("published", False)], PATIENCE
    )
    assert document(stage, account)["company"]["description"] == "Loja depois da falha"


def test_runtime_hangs_while_a_document_is_written_and_deleted(stage, patas, account):
    with _stopped(stage.runtime()):
        made = _write(stage, patas, account, "Falhas são consertadas em duas semanas.")
        assert patas.ledger.wait_for(lambda ledger: ledger.rows(WORKING)[0][0], PATIENCE)
        assert patas.ledger.rows(BINDING, made) != [("indexed",)]
    assert _indexed(patas, made)
    assert _stored(stage, account) == ["Falhas são consertadas em duas semanas."]

    with _stopped(stage.runtime()):
        in_odoo(stage, patas, f"odoo_side.remove_document(env, {made})")
        assert patas.ledger.rows(BINDING, made), "a tombstone waits for the store's word"
    assert patas.ledger.wait_for(lambda ledger: not ledger.rows(BINDING, made), PATIENCE)
    assert _stored(stage, account) == []
    _agrees(stage, patas, account)


@pytest.mark.timeout(900)
def test_job_killed_between_the_write_and_its_receipt(stage, patas, account):
    runtime = stage.runtime()
    with _stopped(runtime):
        made = _write(stage, patas, account, "Falhas são consertadas em três semanas.")
        assert patas.ledger.wait_for(
            lambda ledger: ledger.rows(BINDING, made) == [("indexing",)], PATIENCE
        )
        worker = patas.ledger.wait_for(partial(_caller, stage, runtime), PATIENCE)
        assert worker, "a job waits for the runtime's answer"
        worker.kill()
        worker.wait(PATIENCE)
    # The request has reached the runtime, which now writes for a job that is no more.
    assert stage.runtime() == runtime
    assert patas.ledger.wait_for(
        lambda ledger: _stored(stage, account) and ledger.rows(BINDING, made), PATIENCE
    )
    assert _indexed(patas, made)
    assert _stored(stage, account) == ["Falhas são consertadas em três semanas."]
    in_odoo(stage, patas, f"odoo_side.remove_document(env, {made})")
    assert patas.ledger.wait_for(lambda ledger: not ledger.rows(BINDING, made), PATIENCE)
    _agrees(stage, patas, account)


@pytest.mark.timeout(900)
def test_an_older_backup_is_put_back(stage, patas, mongodb, account):
    old = {f"{NAME} {n}": f"No artigo {n} falhas custam {n} reais." for n in range(3)}
    *_others, doomed = (_write(stage, patas, account, *entry) for entry in old.items())
    in_odoo(stage, patas, f"odoo_side.describe(env, {account}, 'Loja do backup')")
    _at_rest(patas, account)
    assert patas.ledger.wait_for(lambda ledger: ledger.rows(KNOWN), PATIENCE)
    (last_in_backup, *_), *_ = [*patas.ledger.rows(LAST_CHECK), (0,)]
    backup = back_up(stage, patas)

    _write(stage, patas, account, f"{NAME} 1", "O artigo 1 mudou depois do backup.")
    _write(stage, patas, account, f"{NAME} novo", "Este artigo o backup não conhece.")
    in_odoo(stage, patas, f"odoo_side.remove_document(env, {doomed})")
    in_odoo(stage, patas, f"odoo_side.describe(env, {account}, 'Loja depois do backup')")
    _at_rest(patas, account)
    assert set(_titles(stage, account)) == {f"{NAME} 0", f"{NAME} 1", f"{NAME} novo"}
    newest = document(stage, account)["version"]
    with _stopped(mongodb):
        # Nobody has to look: loading the restored database is enough.
        put_back(stage, patas, backup)
        noticed = patas.ledger.wait_for(
            lambda ledger: any(i > last_in_backup for i, *_ in ledger.rows(LAST_CHECK)), PATIENCE
        )
        assert noticed, patas.ledger.readiness()
        assert patas.ledger.rows(BELIEVED, newest) == [(0, 0)]

    assert patas.ledger.wait_for(
        lambda ledger: ledger.rows(LAST_CHECK)[0][1] != "running", 2 * PATIENCE
    ), patas.ledger.readiness()
    # Removed: the new one. Sent again: the edited one and the one that was deleted.
    assert patas.ledger.rows(LAST_CHECK)[0][1:] == ("repaired", 1, 2)
    assert _titles(stage, account) == old
    published = document(stage, account)
    assert published["company"]["description"] == "Loja do backup"
    assert published["version"] > newest
    assert patas.ledger.rows(VERSION, account) == [(published["version"],)]
    _agrees(stage, patas, account)


def _write(stage, staged, account, *entry):
    """Write a document: its text, or its name and text."""
    *name, text = entry
    call = f"odoo_side.write_document(env, {account}, {(*name, NAME)[0]!r}, {text!r})"
    return in_odoo(stage, staged, call)


def _titles(stage, account):
    """The texts of this module's documents in the store, by name."""
    held = payloads(stage, account)
    return {
        p["metadata"]["title"]: p["document"]
        for p in held
        if p["metadata"]["title"].startswith(NAME)
    }


def _at_rest(staged, account):
    at_rest = staged.ledger.wait_for(partial(settled, account_id=account), PATIENCE)
    assert at_rest, staged.ledger.readiness()


def _indexed(staged, record):
    return staged.ledger.wait_for(
        lambda ledger: ledger.rows(BINDING, record) == [("indexed",)], PATIENCE
    )


def _stored(stage, account):
    return [p["document"] for p in payloads(stage, account) if p["metadata"]["title"] == NAME]


def _agrees(stage, staged, account):
    """A comparison of the whole store ends in agreement."""
    _at_rest(staged, account)
    report = in_odoo(stage, staged, f"odoo_side.start_check(env, {account})")
    query = "SELECT state, removed, resent FROM ai_sync_report WHERE id = %s"
    assert staged.ledger.wait_for(
        lambda ledger: ledger.rows(query, report)[0][0] != "running", PATIENCE
    )
    assert staged.ledger.rows(query, report) == [("agreed", 0, 0)]


def _caller(stage, runtime, ledger):
    """The process of a knowledge job that waits for the runtime's answer."""
    served = {c.laddr.port for c in runtime.net_connections("inet") if c.status == "LISTEN"}
    jobs = {pid for (pid,) in ledger.rows(WORKERS)}
    for worker in psutil.Process(stage.odoo.pid).children(recursive=True):
        if worker.pid in jobs and any(
            c.raddr and c.raddr.port in served for c in worker.net_connections("inet")
        ):
            return worker
    return None
