"""All services of one run under one name: started in order, stopped in reverse."""

import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path
from uuid import UUID

from ..databases import copy_database, database_exists, drop_database
from ..environment import child_environment
from ..layout import Layout, find_layout
from ..locking import exclusive
from ..odoo_location import find_odoo
from ..problem import Problem
from . import postgres
from .mongo import mongo
from .odoo import RunningOdoo, odoo, write_conf


class Stack:
    """Services of a run, with their files in ``<state>/<name>``.

    Use as a context manager; everything started ends with the block. Only one
    run of a name at a time; another one waits.
    """

    def __init__(self, name: str, layout: Layout | None = None):
        self.layout = layout or find_layout()
        self.name = name
        self.folder: Path = self.layout.roots.state / name
        self.env = child_environment(self.layout)
        self.mongodb_url: str | None = None
        self._exit = ExitStack()

    def __enter__(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self._exit.enter_context(exclusive(self.folder / "run.lock", f"'{self.name}'"))
        self._exit.enter_context(postgres.in_use(self.layout.roots))
        return self

    def __exit__(self, *failure):
        return self._exit.__exit__(*failure)

    def reset(self) -> None:
        """Forget the files of earlier runs (not the databases; nothing may run)."""
        for name in ("odoo-data", "runtime", "mongodb", "logs"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def database(self, name: str, template: str, identity: UUID | None = None) -> bool:
        """Make database ``name`` as a copy of ``template`` unless it exists. True when made.

        ``identity``: its ``database.uuid``; a new one without it.
        """
        if database_exists(self.layout.roots, name):
            return False
        copy_database(self.layout.roots, template, name, self.folder / "odoo-data", identity)
        return True

    def drop(self, name: str) -> None:
        """Drop a database and its files."""
        drop_database(self.layout.roots, name, self.folder / "odoo-data")

    def start_mongo(self) -> str:
        """Start MongoDB (or use the operator's) and return its URL."""
        self.mongodb_url = self._exit.enter_context(mongo(self.layout, self.folder, self.env))
        return self.mongodb_url

    def start_odoo(self, databases: list[str], **settings) -> RunningOdoo:
        """Start Odoo on ``databases``; keyword arguments as in ``services.odoo.odoo``."""
        settings.setdefault("mongodb_url", self.mongodb_url)
        return self._exit.enter_context(
            odoo(self.layout, self.folder, self.env, databases=databases, **settings)
        )

    def write_conf(self, databases: list[str], port: int, **settings) -> Path:
        """Write odoo.conf without starting a server (for ``odoo_command`` before one)."""
        settings.setdefault("mongodb_url", self.mongodb_url)
        return write_conf(self.layout, self.folder, databases=databases, port=port, **settings)

    def odoo_command(self, *arguments: str, script: str | None = None, timeout: int = 600) -> str:
        """Run one Odoo command (for example ``"shell", "-c", conf, "-d", db``) and wait.

        ``script`` is its standard input. Returns its output; raises Problem with
        its log when it fails.
        """
        done = subprocess.run(
            [str(self.layout.python), str(find_odoo(self.layout).program), *map(str, arguments)],
            input=script or "",
            capture_output=True,
            text=True,
            env=self.env,
            cwd="/",
            timeout=timeout,
            check=False,
        )
        if done.returncode:
            end = "\n".join(f"    | {line}" for line in done.stderr.splitlines()[-25:])
            raise Problem(f"odoo {' '.join(map(str, arguments[:1]))} failed\n{end}", "see above")
        return done.stdout
