"""Make, copy and drop Odoo databases together with their filestore."""

import os
import shutil
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from .problem import Problem
from .roots import Roots
from .services.postgres import sql


def _quoted(name: str) -> str:
    if not name.replace("_", "").isalnum():
        raise Problem(f"'{name}' is not a database name", "use letters, digits and underscores")
    return f'"{name}"'


def database_exists(roots: Roots, name: str) -> bool:
    return name in sql(roots, "SELECT datname FROM pg_database")


def database_names(roots: Roots, prefix: str) -> list[str]:
    """Databases whose name begins with ``prefix``."""
    rows = sql(roots, "SELECT datname FROM pg_database ORDER BY datname")
    return [name for name in rows if name.startswith(prefix)]


def create_database(roots: Roots, name: str) -> None:
    sql(roots, f"CREATE DATABASE {_quoted(name)} TEMPLATE template0 ENCODING 'UTF8'")


def rename_database(roots: Roots, old: str, new: str) -> None:
    sql(roots, f"ALTER DATABASE {_quoted(old)} RENAME TO {_quoted(new)}")


def drop_database(roots: Roots, name: str, data_dir: Path) -> None:
    """Drop a database, cutting its connections, and its files."""
    sql(roots, f"DROP DATABASE IF EXISTS {_quoted(name)} WITH (FORCE)")
    shutil.rmtree(data_dir / "filestore" / name, ignore_errors=True)


def stable_identity(roots: Roots, key: str) -> UUID:
    """The ``database.uuid`` for what is made again and again: always the same for ``key``."""
    return uuid5(NAMESPACE_URL, f"{roots.state.as_uri()}#{key}")


def copy_database(
    roots: Roots, template: str, name: str, data_dir: Path, identity: UUID | None = None
) -> None:
    """Copy a template with its files into ``data_dir``, as an installation of its own.

    Two copies must not share the key of the sessions, nor the identity (``database.uuid`` owns
    published data) unless the same ``identity`` is given on purpose. Files of a filestore never
    change: they are linked.
    """
    sql(roots, f"CREATE DATABASE {_quoted(name)} TEMPLATE {_quoted(template)}")
    sql(
        roots,
        "UPDATE ir_config_parameter SET value = gen_random_uuid()::text "
        "WHERE key IN ('database.uuid', 'database.secret')",
        name,
    )
    if identity:
        statement = (
            # Nothing can be smuggled in by a UUID.
            f"UPDATE ir_config_parameter SET value = '{identity}' "  # noqa: S608
            "WHERE key = 'database.uuid'"
        )
        sql(roots, statement, name)
    # The job runner knows jobs of all databases by their uuid alone.
    sql(roots, "UPDATE queue_job SET uuid = gen_random_uuid()::text", name)
    source = template_data(roots) / "filestore" / template
    target = data_dir / "filestore" / name
    shutil.rmtree(target, ignore_errors=True)
    if source.is_dir():
        shutil.copytree(source, target, copy_function=_link_or_copy)


def template_data(roots: Roots) -> Path:
    """Odoo's data directory of the templates."""
    return roots.state / "templates"


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
