"""``odoo-mcp``, with a search that fails told as failed. Run as a program by its interpreter.

The released server answers a search that Odoo refused, or never answered, with success and no
records: a shop would have nothing to sell, and a calendar would be free all day.
"""

from __future__ import annotations

import sys
from typing import Any

from odoo_mcp.__main__ import main
from odoo_mcp.odoo_client import OdooClient


def search_read(self: OdooClient, model_name: str, domain: list[Any], **asked: Any) -> Any:
    """The records; raises what the server's own method keeps to itself."""
    given = {name: value for name, value in asked.items() if value is not None}
    return self._execute(model_name, "search_read", domain, **given)


OdooClient.search_read = search_read

if __name__ == "__main__":
    sys.exit(main())
