"""A runtime that answers tried turns as the test says, over real HTTP."""

import json
from urllib.parse import unquote

from odoo.addons.company_services.tests.runtime_double import RuntimeDouble

from agent_runtime.contracts import (
    Decision,
    Factor,
    Played,
    Source,
    TurnAccepted,
    TurnRequest,
    TurnResult,
    dump_json,
)


class PlaygroundDouble(RuntimeDouble):
    """``asked`` are the requests; ``answer`` changes results; while ``busy`` none is ready."""

    def __init__(self):
        super().__init__()
        self.asked = {}
        self.answer = {}
        self.busy = False

    def _answer(self, path, headers, body):
        if path != "/v1/playground":
            return super()._answer(path, headers, body)
        if self.failures:
            return self.failures.pop(0), json.dumps({"error": "as the test wants it"})
        request = TurnRequest.model_validate_json(body)
        self.asked[request.turn_id] = request
        accepted = TurnAccepted(turn_id=request.turn_id, attempt=1, boot_id="double")
        return 202, dump_json(accepted)

    def _tell(self, path):
        if not path.startswith("/v1/playground/"):
            return super()._tell(path)
        asked, _question, whose = path.removeprefix("/v1/playground/").partition("?account_id=")
        request = self.asked.get(unquote(asked))
        if request is None or request.account_id != int(whose):
            return 404, json.dumps({"error": "no such turn was tried lately"})
        if self.busy:
            return 200, dump_json(Played(state="running"))
        return 200, dump_json(Played(state="done", result=self._result(request)))

    def _result(self, request):
        known = {
            "turn_id": request.turn_id,
            "attempt": 1,
            "account_id": request.account_id,
            "boot_id": "double",
            "parts": (f"Heard: {request.text}",),
            "decision": Decision(
                crew="whatsapp",
                role="sales",
                intents=("product",),
                reason="The question is about a product.",
                factors=(
                    Factor(group="content", name="intent", detail="product", weight=0.4, score=0.9),
                ),
            ),
            "sources": (
                Source(kind="company", reference="config", title="Profile", via="mcp-mongodb"),
            ),
            "timings_ms": {"decide": 1.5, "total": 420.0},
        }
        return TurnResult(**known | self.answer)

    @property
    def last(self):
        """The latest request."""
        return next(reversed(self.asked.values()))
