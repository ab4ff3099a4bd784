from odoo import api, fields, models

from agent_runtime.contracts import AllowedRequests

POLICIES = [
    ("off", "Not taken"),
    ("approve", "A person approves"),
    ("automatic", "Done automatically"),
]


class AccountRequests(models.Model):
    """Which requests of customers the account takes, and who decides on them.

    Each kind's policy is a field ``{kind}_policy`` of the addon that joins the app to it; without
    the app there is no such kind.
    """

    _inherit = "chatwoot.account"

    request_hours = fields.Integer(
        string="Requests Wait",
        default=72,
        help="Hours within which somebody decides. Afterwards a request expires, and the "
        "customer is told.",
    )
    request_user_id = fields.Many2one(
        "res.users",
        string="Who Is Asked",
        check_company=True,
        help="Gets an activity for each request that waits. Empty: nobody in particular.",
    )
    waiting_request_count = fields.Integer(compute="_compute_waiting_request_count")

    _request_hours_positive = models.Constraint(
        "CHECK (request_hours > 0)", "Requests wait at least one hour."
    )

    def _compute_waiting_request_count(self):
        groups = self.env["chatwoot.request"]._read_group(
            [("chatwoot_account_id", "in", self.ids), ("state", "=", "waiting")],
            ["chatwoot_account_id"],
            ["__count"],
        )
        counts = {account.id: count for account, count in groups}
        for account in self:
            account.waiting_request_count = counts.get(account.id, 0)

    @api.model
    def _policy_fields(self):
        """Kinds of requests to the fields of their policies."""
        return {
            kind: f"{kind}_policy"
            for kind in AllowedRequests.model_fields
            if f"{kind}_policy" in self._fields
        }

    def _request_policies(self):
        """Kinds of requests to what is done with them."""
        self.ensure_one()
        return {kind: self[field] for kind, field in self._policy_fields().items()}

    def _requests(self) -> AllowedRequests:
        """The published form."""
        taken = {kind: policy != "off" for kind, policy in self._request_policies().items()}
        return AllowedRequests(**taken)

    def write(self, vals):
        result = super().write(vals)
        if not set(self._policy_fields().values()).isdisjoint(vals):
            self.tenant_id._publish_mark()
        return result

    def action_view_waiting_requests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chatwoot_ai_connector.action_chatwoot_request"
        )
        action["domain"] = [("chatwoot_account_id", "=", self.id)]
        return action
