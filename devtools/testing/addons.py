"""The addons' tests by Odoo's own runner, on fresh installations of all of them."""

import subprocess
from pathlib import Path

from ..console import say
from ..databases import copy_database, drop_database
from ..environment import addons_path, child_environment
from ..layout import Layout
from ..odoo_location import find_odoo
from ..po_file import missing, parse_po
from ..services.odoo import secret_key
from ..services.ports import free_port
from ..services.process import Service
from ..template import LANGUAGE, OWN_MODULES, make_base
from . import odoo_log
from .tally import Tally

_SECONDS = 1500


class AddonsRun:
    """A run in the background: ``start`` it, then ``finish`` gives the result.

    All addons are installed; the tests are those of ``modules``. ``name`` keeps runs that go on
    side by side apart.
    """

    def __init__(self, layout: Layout, output: Path, name: str, modules: tuple[str, ...]):
        self._layout = layout
        self._folder = output
        self._name = name
        self._log = output / f"logs/addons-{name}.log"
        self._database = f"suite_test_addons_{name}"
        self._data = output / f"odoo-data-{name}"
        self._env = child_environment(layout, SUITE_SECRET_KEY=secret_key(output))
        self._modules = modules
        self._service: Service | None = None

    def start(self) -> None:
        """Copy the base template and let Odoo install and test the addons on it."""
        roots = self._layout.roots
        drop_database(roots, self._database, self._data)
        copy_database(roots, make_base(self._layout), self._database, self._data)
        command = self._odoo(
            "-d", self._database, "-i", ",".join(OWN_MODULES), "--without-demo",
            "--addons-path", addons_path(self._layout), "--data-dir", self._data,
            "--http-interface", "127.0.0.1", "--http-port", free_port(),
            "--gevent-port", free_port(), "--max-cron-threads", 0, "--stop-after-init",
            "--test-tags", ",".join(f"/{module}" for module in self._modules),
        )  # fmt: skip
        self._log.unlink(missing_ok=True)
        self._service = Service(
            f"tests of the addons, {self._name}",
            command,
            log=self._log,
            pid_file=self._folder / f"run/addons-{self._name}.pid",
            env=self._env,
        )

    def finish(self) -> Tally:
        """Wait for the end, print what failed, check the translations, drop the database."""
        try:
            status = self._service.process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            say(f"the addons' tests did not end within {_SECONDS} s")
            status = 1
        self._service.stop()
        found = odoo_log.records(self._log.read_text(encoding="utf-8", errors="replace"))
        for record in [*odoo_log.failures(found), *odoo_log.complaints(found)]:
            print(f"{record.level} {record.logger}: {record.text}", flush=True)
        result = odoo_log.tally(found)
        if status and not result.failed:
            print(f"Odoo ended with status {status}; see {self._log}", flush=True)
            result += Tally(failed=1)
        print(f"addons, {self._name}: {result} (log: {self._log})", flush=True)
        return result + self._translations()

    def close(self) -> None:
        """End the run if it still goes on, and drop its database."""
        if self._service:
            self._service.stop()
        drop_database(self._layout.roots, self._database, self._data)

    def _translations(self) -> Tally:
        """One check an addon: its .po knows every term the installed addon has."""
        terms = parse_po(self._exported_terms())
        total = Tally()
        for module in self._modules:
            path = self._layout.own_addons / module / "i18n" / f"{LANGUAGE}.po"
            known = parse_po(path.read_text(encoding="utf-8")) if path.is_file() else []
            own = [entry for entry in terms if module in entry.modules]
            absent = missing(own, known)
            for source in absent:
                print(f"addons/{module}/i18n/{LANGUAGE}.po lacks: {source[:70]!r}", flush=True)
            if not own:
                print(f"addons/{module}: no terms were exported", flush=True)
            total += Tally(passed=1) if own and not absent else Tally(failed=1)
        print(f"translations, {self._name}: {total}", flush=True)
        return total

    def _exported_terms(self) -> str:
        command = self._odoo(
            "i18n", "export", "-c", self._conf(), "-d", self._database,
            "-l", "pot", "-o", "-", *self._modules,
        )  # fmt: skip
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=self._env,
            cwd="/",
            timeout=180,
            check=False,
        )
        if done.returncode:
            print(done.stderr[-1500:], flush=True)
        return done.stdout

    def _conf(self) -> Path:
        path = self._log.with_name(f"export-{self._name}.conf")
        path.write_text(
            f"[options]\naddons_path = {addons_path(self._layout)}\ndata_dir = {self._data}\n",
            encoding="utf-8",
        )
        return path

    def _odoo(self, *arguments: object) -> list[str]:
        program = find_odoo(self._layout).program
        return [str(part) for part in (self._layout.python, program, *arguments)]
