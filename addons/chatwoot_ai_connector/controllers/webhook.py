import logging

from odoo import http
from odoo.http import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from ..intake import receive as intake

_logger = logging.getLogger(__name__)
INTERNAL_ERROR, TOO_LARGE = 500, 413


class ChatwootWebhook(http.Controller):
    """Where Chatwoot delivers its events; see ``intake`` for what becomes of them."""

    @http.route(
        ["/webhook/chatwoot", "/webhook/chatwoot/<string:route_token>"],
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        save_session=False,
        readonly=False,
        max_content_length=intake.MAX_BODY,
    )
    def receive(self, route_token=None, **_query):
        """Answer at once: 200, or the status of the first thing wrong. Bodies say nothing."""
        try:
            body = request.httprequest.get_data(cache=False)
            status = intake.receive(body, request.httprequest.headers, route_token)
        except RequestEntityTooLarge:
            status = TOO_LARGE
        except Exception:
            # 500 is what Chatwoot repeats; 502 to 504 and time-outs take the bot's
            # conversation away at once.
            _logger.exception("A Chatwoot webhook could not be taken in")
            status = INTERNAL_ERROR
        return Response("{}", status=status, content_type="application/json")
