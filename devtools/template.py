"""Template databases: made once, copied for every run and test."""

import shutil
from pathlib import Path

from .console import say, step
from .databases import (
    copy_database,
    create_database,
    database_exists,
    database_names,
    drop_database,
    rename_database,
    template_data,
)
from .environment import addons_path, child_environment
from .keys import digest, tree_digest
from .layout import Layout
from .locking import exclusive
from .odoo_location import find_odoo
from .services.odoo import secret_key
from .shell import run

BASE_MODULES = ("queue_job", "mail", "contacts", "sale_management", "stock", "crm")
OWN_MODULES = (
    "company_services",
    "business_rules2",
    "semantic_product_description",
    "product_ai_mass_management",
    "chatwoot_ai_connector",
    "chatwoot_ai_calendar",
    "chatwoot_ai_crm",
    "chatwoot_ai_sale",
)
LANGUAGE = "pt_BR"
# The first one becomes the database's own; without it English would not be there at all.
_LANGUAGES = f"en_US,{LANGUAGE}"
_BASE_PREFIX = "tpl_base_"
_SUITE_PREFIX = "tpl_suite_"
# What of the runtime package Odoo imports.
_SHARED_CODE = (
    "contracts",
    "rules.py",
    "opening.py",
    "slots.py",
    "client.py",
    "signing.py",
    "__init__.py",
)


def base_name(layout: Layout) -> str:
    """Name of the template with Odoo's own modules, keyed by what it is made of."""
    release = find_odoo(layout).library / "odoo/release.py"
    queue_job = layout.roots.repo / "locks/queue_job.txt"
    return _BASE_PREFIX + digest(
        release.read_bytes(), queue_job.read_bytes(), *BASE_MODULES, _LANGUAGES
    )


def suite_name(layout: Layout) -> str:
    """Name of the template with our addons, keyed by their source as well."""
    repo = layout.roots.repo
    shared = [repo / "agent_runtime" / name for name in _SHARED_CODE]
    sources = [layout.own_addons, *(path for path in shared if path.exists())]
    return _SUITE_PREFIX + digest(base_name(layout), tree_digest(sources, repo))


def make_base(layout: Layout) -> str:
    """Make the base template unless it is there; returns its name. PostgreSQL must run."""
    roots, name = layout.roots, base_name(layout)
    with exclusive(roots.state / "template.lock", "a template database"):
        if not database_exists(roots, name):
            with step("template database with Odoo's modules (about a minute)"):
                work = _fresh(layout, name)
                create_database(roots, work)
                _install(layout, work, BASE_MODULES, ["--load-language", _LANGUAGES])
                _finish(layout, work, name)
            _drop_others(layout, _BASE_PREFIX, name)
    return name


def make_suite(layout: Layout) -> str:
    """Make the template with our addons unless it is there; drop outdated ones."""
    roots, base = layout.roots, make_base(layout)
    name = suite_name(layout)
    with exclusive(roots.state / "template.lock", "a template database"):
        if not database_exists(roots, name):
            with step("template database with the suite's addons"):
                work = _fresh(layout, name)
                copy_database(roots, base, work, template_data(roots))
                _install(layout, work, OWN_MODULES, [])
                _finish(layout, work, name)
            _drop_others(layout, _SUITE_PREFIX, name)
    return name


def _fresh(layout: Layout, name: str) -> str:
    work = f"{name}_part"
    drop_database(layout.roots, work, template_data(layout.roots))
    return work


def _install(layout: Layout, database: str, modules: tuple[str, ...], more: list[str]) -> None:
    data = template_data(layout.roots)
    command = [
        layout.python, find_odoo(layout).program, "-d", database, "-i", ",".join(modules),
        "--addons-path", addons_path(layout), "--data-dir", data, "--without-demo",
        "--stop-after-init", "--no-http", "--log-level", "warn", *more,
    ]  # fmt: skip
    # The addons refuse to keep a secret without a key; a template holds none.
    env = child_environment(layout, SUITE_SECRET_KEY=secret_key(data))
    run(command, log="template", env=env, cwd=Path("/"), timeout=1200)


def _finish(layout: Layout, work: str, name: str) -> None:
    """Give the finished template its name: from then on it counts."""
    files = template_data(layout.roots) / "filestore"
    shutil.rmtree(files / name, ignore_errors=True)
    if (files / work).is_dir():
        (files / work).rename(files / name)
    rename_database(layout.roots, work, name)


def _drop_others(layout: Layout, prefix: str, name: str) -> None:
    for other in database_names(layout.roots, prefix):
        if other != name:
            say(f"outdated template {other} is dropped")
            drop_database(layout.roots, other, template_data(layout.roots))
