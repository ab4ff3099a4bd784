from datetime import UTC, timedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from agent_runtime.contracts import ActionRequest

KINDS = [("booking", "Appointment"), ("lead", "Opportunity"), ("quotation", "Quotation")]
BY_PEOPLE = frozenset({"partner_id", "refusal"})
"""What whoever decides may fill in; the rest is what the customer asked for."""
MOST_WAITING = 5
"""Requests of one conversation that wait at a time: nobody wants more, except to do harm."""
_APPROVER = "chatwoot_ai_connector.group_request_approver"


class ChatwootRequest(models.Model):
    """What a customer wants done: an appointment, an opportunity, a quotation.

    The runtime only ever asks. Whether it is done decides a person here, or the account's policy;
    Odoo does it, once, after looking at everything again (:mod:`.request_execution`), and tells
    the customer (:mod:`.request_telling`).
    """

    _name = "chatwoot.request"
    _description = "Customer's request"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _check_company_auto = True

    turn_id = fields.Many2one("chatwoot.turn", required=True, index=True, ondelete="cascade")
    conversation_id = fields.Many2one(related="turn_id.conversation_id", store=True, index=True)
    chatwoot_account_id = fields.Many2one(
        related="turn_id.chatwoot_account_id", store=True, index=True
    )
    company_id = fields.Many2one(related="turn_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    state = fields.Selection(
        [
            ("waiting", "To Approve"),
            ("approved", "Approved"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("expired", "Expired"),
            ("failed", "Failed"),
        ],
        required=True,
        default="waiting",
        readonly=True,
        index=True,
        tracking=True,
    )
    summary = fields.Text(required=True, readonly=True, help="What the customer wants.")
    details = fields.Text(compute="_compute_details", help="What will be made of it.")
    payload = fields.Json(string="Request, as data", required=True, readonly=True)
    contact_name = fields.Char(string="Customer", readonly=True)
    contact_phone = fields.Char(readonly=True, help="As the customer wrote it; not verified.")
    contact_email = fields.Char(readonly=True, help="As the customer wrote it; not verified.")
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        check_company=True,
        tracking=True,
        help="Known when the channel proves who is writing. Choose it otherwise, or leave it "
        "empty: a contact is then made where one is needed.",
    )
    starts_at = fields.Datetime(string="Beginning", readonly=True)
    expires_at = fields.Datetime(
        string="Decide Until", required=True, readonly=True, index="btree_not_null"
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(string="Decided On", readonly=True)
    refusal = fields.Char(
        string="Reason for the Customer", help="Told to the customer when the request is refused."
    )
    problem = fields.Char(readonly=True, help="Why it could not be done.")
    result_model = fields.Char(readonly=True)
    result_id = fields.Many2oneReference(model_field="result_model", readonly=True)
    result_name = fields.Char(string="Made of It", readonly=True)
    told_part = fields.Integer(readonly=True)

    _one_of_a_kind = models.Constraint(
        "UNIQUE(turn_id, kind)", "A turn asks for one thing of a kind."
    )

    @api.depends("kind", "contact_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for request in self:
            who = request.contact_name or self.env._("Customer")
            request.display_name = f"{kinds[request.kind]}: {who}"

    @api.depends("payload")
    @api.depends_context("lang")
    def _compute_details(self):
        for request in self:
            describe = getattr(request, f"_describe_{request.kind}", None)
            request.details = describe() if describe and request.payload else False

    def write(self, vals):
        if not self.env.su and not BY_PEOPLE.issuperset(vals):
            raise AccessError(
                self.env._("What the customer has asked for cannot be changed: approve or refuse.")
            )
        return super().write(vals)

    def _wanted(self) -> ActionRequest:
        self.ensure_one()
        return ActionRequest.model_validate(self.payload)

    @api.model
    def _of_turn(self, turn, wanted):
        """Take up what the runtime has put into an answer that has reached the customer.

        Whatever the runtime says, a request is only ever made where the account takes that kind.
        Without a person to look at it only what the policy says, and never beside a hand-over.
        """
        account = turn.chatwoot_account_id
        policies = account._request_policies()
        waiting = self.search_count(
            [("conversation_id", "=", turn.conversation_id.id), ("state", "=", "waiting")]
        )
        allowed = [item for item in wanted if policies.get(item.kind, "off") != "off"]
        requests = self.create(
            [
                {
                    "turn_id": turn.id,
                    "kind": item.kind,
                    "summary": item.summary,
                    "payload": item.model_dump(mode="json"),
                    "contact_name": item.contact_name or turn.contact_name,
                    "contact_phone": item.contact_phone,
                    "contact_email": item.contact_email,
                    "partner_id": turn._identified_partner().id,
                    "starts_at": _naive(item.starts_at),
                    "expires_at": fields.Datetime.now() + timedelta(hours=account.request_hours),
                }
                for item in {item.kind: item for item in allowed}.values()
            ][: max(MOST_WAITING - waiting, 0)]
        )
        for request in requests:
            if policies[request.kind] == "automatic" and not turn.handover_reason:
                request._approve(self.env.ref("base.user_root"))
            else:
                request._ask_somebody()
        return requests

    def _ask_somebody(self):
        """Put the request on the list of the person who decides, where the account names one."""
        user = self.chatwoot_account_id.request_user_id
        if user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Decide: %s", self.display_name),
                user_id=user.id,
            )

    def action_approve(self):
        """Have the requests done by a job."""
        self._may_decide()
        for request in self.sudo():
            request._approve(self.env.user)

    def action_refuse(self):
        """Refuse the requests and tell the customers."""
        self._may_decide()
        for request in self.sudo():
            request._decide("refused", self.env.user)
            request._enqueue_telling()

    def action_open_result(self):
        """The record that was made."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self.result_model,
            "res_id": self.result_id,
            "views": [(False, "form")],
        }

    def _may_decide(self):
        self.check_access("read")
        if not self.env.su and not self.env.user.has_group(_APPROVER):
            raise AccessError(
                self.env._("Only people with the right “Approves requests” decide on requests.")
            )

    def _approve(self, user):
        self._decide("approved", user)
        self._enqueue_execution()

    def _decide(self, state, user):
        """Compare-and-set under the row's lock: a request is decided on once."""
        self._lock_request()
        if self.state != "waiting":
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(request)s” is no longer waiting: it is %(state)s.",
                    request=self.display_name,
                    state=states[self.state],
                )
            )
        self.write({"state": state, "decided_by_id": user.id, "decided_at": fields.Datetime.now()})
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def _lock_request(self):
        self.ensure_one()
        self.env.cr.execute(
            "SELECT id FROM chatwoot_request WHERE id = %s FOR UPDATE",
            (self.id,),
            log_exceptions=False,
        )
        self.invalidate_recordset()

    @api.model
    def _cron_expire(self):
        """End what nobody has decided in time, and tell the customers."""
        late = self.search([("state", "=", "waiting"), ("expires_at", "<=", fields.Datetime.now())])
        for request in late:
            request._decide("expired", self.env.user)
            request._enqueue_telling()


def _naive(moment):
    return (
        fields.Datetime.to_string(moment.astimezone(UTC).replace(tzinfo=None)) if moment else False
    )
