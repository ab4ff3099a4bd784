from odoo import http
from odoo.http import request
from prometheus_client import CONTENT_TYPE_LATEST

from ..endpoints import metrics
from ..endpoints.answer import for_machines, text
from ..endpoints.caller import server_or_manager
from ..intake import directory

TOKEN_SETTING = "metrics_token"


class MetricsController(http.Controller):
    """The first system's ``/metrics``, for Prometheus."""

    @http.route(
        "/metrics", type="http", auth="none", methods=["GET"], save_session=False, readonly=False
    )
    @for_machines
    def metrics(self, **_query):
        """Every account's metrics for the server's token; one account's for its manager's key."""
        caller = server_or_manager(request.httprequest, TOKEN_SETTING)
        if caller is None:
            body = metrics.exposition(sorted(directory.databases()))
        else:
            body = metrics.exposition([caller.database], caller.chatwoot_account_id)
        return text(body.decode(), CONTENT_TYPE_LATEST)
