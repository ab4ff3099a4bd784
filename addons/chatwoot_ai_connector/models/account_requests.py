from odoo import api, fields, models
from odoo.exceptions import ValidationError

from agent_runtime.contracts import AllowedRequests

APPROVER = "chatwoot_ai_connector.group_request_approver"
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
        domain=lambda self: self._domain_request_user(),
        help="Gets an activity for each request that waits, and for each of which the customer "
        "could not be told. Needs the right “Approves requests”. Empty: nobody in particular.",
    )
    automatic_a_day = fields.Integer(
        string="Done Automatically",
        default=20,
        help="So many requests in 24 hours are done automatically at most; on more of them "
        "somebody decides. A visitor may begin any number of conversations.",
    )
    waiting_request_count = fields.Integer(compute="_compute_waiting_request_count")

    _request_hours_positive = models.Constraint(
        "CHECK (request_hours > 0)", "Requests wait at least one hour."
    )

    _automatic_a_day_not_negative = models.Constraint(
        "CHECK (automatic_a_day >= 0)", "How many requests are done automatically is 0 or more."
    )

    @api.model
    def _domain_request_user(self):
        return [("all_group_ids", "in", self.env.ref(APPROVER).ids), ("share", "=", False)]

    @api.constrains("request_user_id")
    def _check_request_user(self):
        for account in self:
            user = account.request_user_id
            if user and not user.has_group(APPROVER):
                raise ValidationError(
                    self.env._(
                        "%(user)s cannot be asked about the requests of %(account)s without the "
                        "right “Approves requests”.",
                        user=user.name,
                        account=account.name,
                    )
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

    def _takes(self, kind):
        """Whether customers' requests of this kind are taken at all."""
        return self.active and self._request_policies().get(kind, "off") != "off"

    def _takes_any(self):
        return any(self._takes(kind) for kind in self._policy_fields())

    def _requests(self) -> AllowedRequests:
        """The published form."""
        taken = {kind: policy != "off" for kind, policy in self._request_policies().items()}
        return AllowedRequests(**taken)

    @api.model_create_multi
    def create(self, vals_list):
        accounts = super().create(vals_list)
        accounts.tenant_id._publish_mark()
        return accounts

    def write(self, vals):
        result = super().write(vals)
        if not {"active", *self._policy_fields().values()}.isdisjoint(vals):
            self.tenant_id._publish_mark()
            self._forget_numbers()
        return result

    def _forget_numbers(self):
        """Customers' numbers are kept for answering requests, and for nothing else."""
        done = self.filtered(lambda account: not account._takes_any())
        conversations = self.env["chatwoot.conversation"].sudo()
        conversations.search(
            [("chatwoot_account_id", "in", done.ids), ("proven_phone", "!=", False)]
        ).proven_phone = False

    def action_view_waiting_requests(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "chatwoot_ai_connector.action_chatwoot_request"
        )
        action["domain"] = [("chatwoot_account_id", "=", self.id)]
        return action
