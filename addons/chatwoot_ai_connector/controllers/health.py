from odoo import http
from odoo.http import request

from ..endpoints import health
from ..endpoints.answer import answer, for_machines
from ..endpoints.caller import bearer, server_or_manager

TOKEN_SETTING = "health_token"
OK, TROUBLE = 200, 503


class HealthController(http.Controller):
    """The first system's ``/health``."""

    @http.route(
        "/health", type="http", auth="none", methods=["GET"], save_session=False, readonly=False
    )
    @for_machines
    def health(self, **_query):
        """200 when everything needed works, 503 otherwise; what, only for whoever may know."""
        authorised = bool(bearer(request.httprequest))
        if authorised:
            server_or_manager(request.httprequest, TOKEN_SETTING)
        report = health.report()
        status = OK if report["status"] == "ok" else TROUBLE
        return answer(report if authorised else {"status": report["status"]}, status)
