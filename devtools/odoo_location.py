"""Where Odoo is: unpacked by the set-up, or an installation the operator names."""

import os
from dataclasses import dataclass
from pathlib import Path

from .layout import Layout
from .problem import Problem

_STARTER = Path(__file__).parent / "bin/start_odoo.py"


@dataclass(frozen=True)
class OdooLocation:
    """``program`` starts Odoo, ``library`` goes on PYTHONPATH, ``addons`` on addons_path."""

    program: Path
    library: Path
    addons: tuple[Path, ...]


def find_odoo(layout: Layout, environ=None) -> OdooLocation:
    """The Odoo to use.

    ``SUITE_ODOO_PATH`` names a directory with Odoo's source (``odoo-bin``, ``odoo/``,
    ``addons/``) or one that holds the installed package ``odoo``; ``ODOO_BIN`` the
    program when it is not found there.
    """
    environ = os.environ if environ is None else environ
    named = environ.get("SUITE_ODOO_PATH")
    if not named:
        library = layout.odoo_root / "usr/lib/python3/dist-packages"
        return OdooLocation(layout.odoo_root / "usr/bin/odoo", library, ())
    library = Path(named).absolute()
    if not (library / "odoo").is_dir():
        raise Problem(
            f"SUITE_ODOO_PATH={named} has no directory 'odoo'",
            "name the directory that contains it (a source checkout, or site-packages)",
        )
    candidates = [library / "odoo-bin", _STARTER]
    if environ.get("ODOO_BIN"):
        candidates = [Path(environ["ODOO_BIN"])]
    program = next((path for path in candidates if path.is_file()), None)
    if program is None:
        raise Problem(
            f"ODOO_BIN={environ['ODOO_BIN']} is not a file",
            "name Odoo's program, or unset ODOO_BIN",
        )
    # Only a source checkout keeps most addons outside the package.
    addons = library / "addons"
    is_checkout = (library / "odoo-bin").is_file() and addons.is_dir()
    return OdooLocation(program, library, (addons,) if is_checkout else ())
