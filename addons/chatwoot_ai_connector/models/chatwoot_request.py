from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from agent_runtime.contracts import ActionRequest

from ..tools.short_transaction import in_short_transaction
from .account_requests import APPROVER

KINDS = [("booking", "Appointment"), ("lead", "Opportunity"), ("quotation", "Quotation")]
BY_PEOPLE = frozenset({"partner_id", "refusal"})
"""What whoever decides may fill in; the rest is what the customer asked for."""
DECIDED_ON = ("waiting", "approved", "done")
"""States of a request that is, or may yet be, what the customer wanted."""


class ChatwootRequest(models.Model):
    """What a customer wants done: an appointment, an opportunity, a quotation.

    The runtime only ever asks (:mod:`.request_taking`). Whether it is done decides a person here,
    or the account's policy; Odoo does it, once, after looking at everything again
    (:mod:`.request_execution`), and tells the customer (:mod:`.request_telling`).
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
    contact_phone = fields.Char(
        string="Number of the Channel",
        readonly=True,
        help="The number from which the customer writes, where the channel proves it and no "
        "contact is known by it.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Contact",
        check_company=True,
        tracking=True,
        help="Known when the channel proves who is writing. Choose it otherwise, or leave it "
        "empty: a contact is then made where one is needed.",
    )
    starts_at = fields.Datetime(string="Beginning", readonly=True)
    holds_time = fields.Boolean(
        string="Keeps the Time",
        default=True,
        readonly=True,
        help="Until somebody has decided, the time is offered to nobody else. Of customers whom "
        "the channel does not prove, each keeps one time, and all together only some.",
    )
    expires_at = fields.Datetime(
        string="Decide Until", required=True, readonly=True, index="btree_not_null"
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(string="Decided On", readonly=True)
    tried_again_at = fields.Datetime(
        string="Tried Again On",
        readonly=True,
        help="When a job that was lost or had failed was first made anew.",
    )
    refusal = fields.Char(
        string="Reason for the Customer", help="Told to the customer when the request is refused."
    )
    problem = fields.Char(readonly=True, help="Why it could not be done.")
    result_model = fields.Char(readonly=True)
    result_id = fields.Many2oneReference(model_field="result_model", readonly=True)
    result_name = fields.Char(string="Made of It", readonly=True)
    told = fields.Selection(
        [
            ("customer", "The customer was told"),
            ("people", "A note asks people to tell the customer"),
            ("unsure", "Perhaps told; people were asked to look"),
            ("failed", "The customer could not be told"),
        ],
        string="Outcome Told",
        readonly=True,
        tracking=True,
        help="How the customer learns what has become of the request. Empty: not yet.",
    )
    part_ids = fields.One2many("chatwoot.turn.part", "request_id")

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
        decided = any(request.state != "waiting" for request in self)
        if not self.env.su and (decided or not BY_PEOPLE.issuperset(vals)):
            raise AccessError(
                self.env._("What the customer has asked for cannot be changed: approve or refuse.")
            )
        return super().write(vals)

    def _wanted(self) -> ActionRequest:
        self.ensure_one()
        return ActionRequest.model_validate(self.payload)

    def _ask_somebody(self, what):
        """Put the request on the list of the person who decides, where the account names one.

        ``what`` says of the request, which is in that person's language, what is to be done.
        """
        user = self.chatwoot_account_id.request_user_id
        if user:
            summary = what(self.with_context(lang=user.lang))
            self.activity_schedule("mail.mail_activity_data_todo", summary=summary, user_id=user.id)

    def action_approve(self):
        """Have the requests done by a job."""
        return self._decide_on("approved")

    def action_refuse(self):
        """Refuse the requests and tell the customers."""
        return self._decide_on("refused")

    def _decide_on(self, state):
        """Decide on those that still wait; whoever decided on several is told of the others."""
        self._may_decide()
        requests = self.sudo()
        late = requests.filtered(lambda request: not request._decide(state, self.env.user))
        if not late:
            return None
        message = "\n".join(request._no_longer() for request in late)
        if late == requests:
            raise UserError(message)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

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
        if not self.env.su and not self.env.user.has_group(APPROVER):
            raise AccessError(
                self.env._("Only people with the right “Approves requests” decide on requests.")
            )

    def _decide(self, state, user):
        """Compare-and-set under the row's lock; whether it was still to be decided on."""
        self._lock_request()
        now = fields.Datetime.now()
        late = self.expires_at <= now and state != "expired"
        if self.state != "waiting" or late:
            return False
        self.write({"state": state, "decided_by_id": user.id, "decided_at": now})
        self.activity_unlink(["mail.mail_activity_data_todo"])
        if state == "approved":
            self._enqueue_execution()
        else:
            self._enqueue_telling()
        return True

    def _note_done(self, record):
        """End it as done: ``record`` was made of it."""
        self.write(
            {
                "state": "done",
                "result_model": record._name,
                "result_id": record.id,
                "result_name": record.display_name,
                "decided_at": self.decided_at or fields.Datetime.now(),
            }
        )
        self._enqueue_telling()

    def _fail(self, problem, told=False):
        """End it as impossible. ``problem`` is for people here, ``told`` for the customer."""
        self.write(
            {
                "state": "failed",
                "problem": problem,
                "refusal": told,
                "decided_at": self.decided_at or fields.Datetime.now(),
            }
        )
        self._enqueue_telling()

    def _no_longer(self):
        states = dict(self._fields["state"]._description_selection(self.env))
        if self.state == "waiting":
            return self.env._("“%s” was to be decided on earlier: it expires.", self.display_name)
        return self.env._(
            "“%(request)s” is no longer waiting: it is %(state)s.",
            request=self.display_name,
            state=states[self.state],
        )

    def _lock_request(self):
        self.ensure_one()
        self.env.cr.execute(
            "SELECT id FROM chatwoot_request WHERE id = %s FOR UPDATE",
            (self.id,),
            log_exceptions=False,
        )
        self.invalidate_recordset()

    def _shortly(self, method, *args):
        """Call a method of this request in a short transaction of its own."""
        return in_short_transaction(
            self.env, lambda env: getattr(self.with_env(env), method)(*args)
        )
