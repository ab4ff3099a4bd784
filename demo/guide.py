"""What to do with the running demonstration."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress

from .chat import chat
from .stage import Stage

GUIDE = """
   The demonstration stays up. Press Ctrl-C to stop it.

   Odoo       {url}/web/login?db={first}
              {url}/web/login?db={second}
   Login      admin / admin
   Look at    AI Customer Service → Conversations: each turn with its crew, why, and its sources
              AI Customer Service → Company: profile, voice and hours of the tenant
              AI Customer Service → Knowledge: rules, promotions, documents, products
   Try        change a price, a rule or the opening hours in Odoo, then ask again
   Log        {log}
"""
CHAT = """\
   Type a message as a customer, here below. It goes the whole way: webhook, Odoo, crew, answer.
   "{example}: Bom dia, quanto custa o clareamento?" changes tenant and inbox.
"""


def stay(stage: Stage) -> None:
    """Print the guide; then chat on a terminal, or wait to be stopped."""
    first, second = (staged.database for staged in stage.tenants.values())
    print(GUIDE.format(url=stage.address, first=first, second=second, log=stage.odoo.log))
    if sys.stdin.isatty():
        print(CHAT.format(example="sorriso/email"))
        sys.stdout.flush()
        chat(stage)
    else:
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            threading.Event().wait()
