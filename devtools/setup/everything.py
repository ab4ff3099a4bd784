"""All steps in their order; downloads that do not need each other run side by side."""

from concurrent.futures import ThreadPoolExecutor

from ..console import say
from ..layout import Layout, find_layout
from ..locking import exclusive
from .marker import is_complete
from .node import make_node_tools
from .odoo_tree import complete_odoo_tree, make_odoo_tree
from .system_packages import ensure_browser, ensure_postgres, ensure_redis, ensure_venv_module
from .venv import check_python, make_venv


def set_up(*, browser: bool = False, redis: bool = False) -> Layout:
    """Make what is missing of the environment and return where it is.

    Idempotent and resumable: each step has a marker, an interrupted one is made again.
    """
    check_python()
    layout = find_layout()
    layout.roots.cache.mkdir(parents=True, exist_ok=True)
    layout.roots.state.mkdir(parents=True, exist_ok=True)
    with exclusive(layout.roots.cache / "setup.lock", "the set-up"):
        ensure_venv_module()
        ensure_postgres()
        if browser:
            ensure_browser()
        if redis:
            ensure_redis()
        with ThreadPoolExecutor(max_workers=3) as pool:
            jobs = [
                pool.submit(make, layout) for make in (make_venv, make_odoo_tree, make_node_tools)
            ]
        for job in jobs:
            job.result()
        complete_odoo_tree(layout)
    if is_complete(layout.venv):
        say("environment is ready")
    return layout
