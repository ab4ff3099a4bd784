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
        """200 when everything needed works, 503 otherwise; why, only for whoever may know."""
        known = bool(bearer(request.httprequest))
        caller = server_or_manager(request.httprequest, TOKEN_SETTING) if known else None
        report = health.report()
        status = OK if report["status"] == "ok" else TROUBLE
        if not known:
            report = {"status": report["status"]}
        elif caller:
            report = health.for_tenants(report)
        return answer(report, status)
