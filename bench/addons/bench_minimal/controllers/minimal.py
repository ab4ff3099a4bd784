from odoo import http
from odoo.http import request


class MinimalController(http.Controller):
    """What the webhook is measured against."""

    @http.route(
        "/bench/minimal",
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def minimal(self):
        """Insert the body as one record, as the simplest integration would."""
        content = request.httprequest.get_data(as_text=True)
        request.env["bench.record"].sudo().create({"content": content})
        return request.make_json_response({})
