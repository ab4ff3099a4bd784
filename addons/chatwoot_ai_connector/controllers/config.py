import logging

from odoo import http
from odoo.exceptions import AccessError, UserError
from odoo.http import request

from ..endpoints.answer import answer, for_machines
from ..endpoints.caller import environment, manager
from ..endpoints.refused import Refused
from ..endpoints.seed_config import Unfit, parse
from ..tools.short_transaction import in_short_transaction

_logger = logging.getLogger(__name__)
MAX_BODY = 64 * 1024
UNFIT = 422


class ConfigController(http.Controller):
    """The first system's ``/config``: an account's settings as one JSON object."""

    @http.route(
        "/config",
        type="http",
        auth="none",
        methods=["GET", "POST"],
        csrf=False,
        save_session=False,
        readonly=False,
        max_content_length=MAX_BODY,
    )
    @for_machines
    def config(self, **_query):
        """The account's object after what was sent has been taken over; see the documentation."""
        sent = request.httprequest
        posted = sent.method == "POST"
        body = sent.get_data(cache=False) if posted else b""
        caller = manager(sent)
        if posted and not sent.is_json:
            raise Refused(415, "the body must be application/json")
        try:
            config = parse(body) if posted else None
            with environment(caller) as env:
                shown = in_short_transaction(env, _configured, caller.chatwoot_account_id, config)
        except Unfit as unfit:
            return answer({"errors": unfit.errors}, UNFIT)
        except AccessError:
            raise Refused(403, "only managers of the assistant may do this") from None
        except UserError as error:
            # A rule of the account's own that the object's checks do not know.
            return answer({"errors": [{"field": "", "message": str(error)}]}, UNFIT)
        if config is not None:
            _logger.info(
                "%s: account %s was configured by user %s over /config: %s",
                caller.database, caller.chatwoot_account_id, caller.user_id,
                ", ".join(sorted(config.model_fields_set)),
            )  # fmt: skip
        return answer(shown)


def _configured(env, chatwoot_account_id, config):
    """The account's object after ``config``, where there is one, has been taken over."""
    account = env["chatwoot.account"].browse(chatwoot_account_id)
    if config is not None:
        account.check_access("write")
        account._apply_seed_config(config)
    return account._seed_config()
