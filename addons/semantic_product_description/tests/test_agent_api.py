import json

from odoo.tests import HttpCase
from odoo.tools import mute_logger

from agent_runtime.contracts import dump_json

from .common import ProductCase


class TestAgentApi(HttpCase, ProductCase):
    """The same, the way MCP-Odoo goes: JSON over HTTP with the tenant's API key."""

    def _post(self, tenant, path, **body):
        access = json.loads(dump_json(tenant._agent_access()))
        return self.url_open(
            f"/json/2/{path}",
            data=json.dumps(body),
            headers={
                "Authorization": f"Bearer {access['api_key']}",
                "Content-Type": "application/json",
                "X-Odoo-Database": access["database"],
            },
        )

    def test_offer_over_http(self):
        product = self._product(tenant=self.tenant_7, standard_price=61.0)
        other = self._product("Brush", tenant=self.tenant_8)
        answer = self._post(
            self.tenant_7,
            "product.template/search_read",
            domain=[["id", "in", (product + other).ids]],
            fields=["id", "name", "ai_selling_price"],
        )
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(
            answer.json(), [{"id": product.id, "name": "Kibble", "ai_selling_price": 100.0}]
        )

    @mute_logger("odoo.http")
    def test_cost_and_other_models_over_http(self):
        product = self._product(tenant=self.tenant_7, standard_price=61.0)
        for path, body in (
            ("product.template/read", {"ids": product.ids, "fields": ["standard_price"]}),
            ("product.template/search", {"domain": [["standard_price", ">", 60]]}),
            ("res.partner/search_read", {"domain": [], "fields": ["name"]}),
        ):
            with self.subTest(path=path):
                answer = self._post(self.tenant_7, path, **body)
                self.assertEqual(answer.status_code, 403, answer.text)
                self.assertNotIn("61.0", answer.text)
