"""A backup of a tenant's database, made and put back with PostgreSQL's own programs."""

from __future__ import annotations

import subprocess
from pathlib import Path

from demo.stage import Stage, StagedTenant
from devtools.services.postgres import program


def back_up(stage: Stage, staged: StagedTenant) -> Path:
    """Dump the database while it is at work."""
    file = stage.stack.folder / f"{staged.database}.dump"
    _run(stage, "pg_dump", "--format=custom", f"--file={file}", staged.database)
    return file


def put_back(stage: Stage, staged: StagedTenant, file: Path) -> None:
    """Put the dump in the place of the database; Odoo and its runtime are started anew."""
    with stage.odoo_stopped():
        staged.ledger.close()
        _run(stage, "dropdb", staged.database)
        _run(stage, "createdb", "--template=template0", staged.database)
        _run(stage, "pg_restore", "--exit-on-error", f"--dbname={staged.database}", file)
        staged.ledger.connect()
    file.unlink()


def _run(stage: Stage, name: str, *arguments: str | Path) -> None:
    done = subprocess.run(
        [program(name), *arguments],
        env=stage.stack.env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
