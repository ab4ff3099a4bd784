"""``python -m demo.pictures``: take the pictures of the README anew, from a played conversation."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import requests

from devtools.console import say

from .browser import Browser
from .player import play
from .scenario import PLAYS
from .stage import Stage, StagedTenant

DOCS = Path(__file__).parent.parent / "docs"
SHOWN = "price"
TURNS = "action-chatwoot_ai_connector.action_chatwoot_turn"
HEIGHT = 1580
"""The page with all that counted, without scrolling."""
TURN_READY = (
    "document.querySelector('.o_form_view [name=decision_reason]') "
    "&& !document.querySelector('.o_loading_indicator')"
    # The page of the notebook fades in.
    "&& getComputedStyle(document.querySelector('.o_notebook .tab-pane.active')).opacity === '1'"
)


def main() -> int:
    """Play one conversation and photograph its turn."""
    with Stage("pictures") as stage:
        stage.wait_ready()
        what = next(what for what in PLAYS if what.key == SHOWN)
        outcome = play(stage, what)
        if not outcome.passed or outcome.turn is None:
            say(f"FAILED: {outcome.failures}")
            return 1
        staged = stage.tenants[what.tenant]
        with Browser(height=HEIGHT, timezone=staged.tenant.timezone) as browser:
            browser.cookie(stage.odoo.url, "session_id", login(stage, staged))
            address = f"{stage.odoo.url}/odoo/{TURNS}/{outcome.turn.id}"
            browser.open(address, TURN_READY)
            browser.picture(DOCS / "turn.png")
    say(f"{DOCS / 'turn.png'} is new")
    return 0


def login(stage: Stage, staged: StagedTenant) -> str:
    """Log the administrator in and return the session."""
    session = requests.Session()
    session.trust_env = False
    address = f"{stage.odoo.url}/web/login"
    page = session.get(address, params={"db": staged.database}, timeout=30)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    form = {"login": "admin", "password": "admin", "csrf_token": token.group(1) if token else ""}
    session.post(address, data=form, timeout=30).raise_for_status()
    return session.cookies["session_id"]


if __name__ == "__main__":
    sys.exit(main())
