from datetime import UTC, datetime

from odoo import http
from odoo.modules.module import get_manifest

from ..endpoints.answer import answer, for_machines

ADDON = __name__.split(".")[2]


class StatusController(http.Controller):
    """The first system's ``/webhook/status``."""

    @http.route("/webhook/status", type="http", auth="none", methods=["GET"], save_session=False)
    @for_machines
    def status(self, **_query):
        """Whether webhooks are taken in at all; asks no database and tells no secret."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return answer({"status": "ok", "version": get_manifest(ADDON)["version"], "time": now})
