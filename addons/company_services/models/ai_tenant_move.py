"""The guided move of a tenant to another account number."""

from datetime import timedelta
from time import monotonic

from odoo import api, fields, models
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.exceptions import UserError, ValidationError

from agent_runtime.client import RuntimeClientError, RuntimeRefused
from agent_runtime.contracts import KnowledgeMove

from ..stores.mongodb import ForeignOwner, StoreError
from ..tools import jobs, runtime

COPYING_SECONDS = 30
"""How long one job goes on copying; the rest is for the next one."""
GRACE = timedelta(minutes=5)
"""How long a turn that began under the former number may still read there."""


class AiTenant(models.Model):
    """Move, in an order in which every turn finds one whole account.

    1. The passages are *copied* to the new number; the former ones stay. Synchronisation pauses,
       so that no copy grows stale.
    2. The document is published under the new number and read back.
    3. The number changes in Odoo, in one transaction. A turn before it finds the whole former
       account, a turn after it the whole new one.
    4. After a grace for turns that are still out, the former number's document and passages are
       removed, with the store's word for it.

    Each step may be repeated, so a job killed anywhere is simply run again; the scheduled action
    does so. A number whose stores belong to another database ends the move before step 3.
    """

    _inherit = "ai.tenant"

    moving_to = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="New account number while the tenant is being moved, otherwise 0.",
    )
    leaving_account_id = fields.Integer(
        string="Former Account Number",
        readonly=True,
        copy=False,
        aggregator=None,
        help="Account number whose stores are still to be emptied after a move, otherwise 0.",
    )
    leaving_since = fields.Datetime(
        readonly=True,
        copy=False,
        help="When the former number ended; empty when the move was given up, so that nothing "
        "was ever read under the number that is emptied.",
    )
    move_error = fields.Text(string="Problem of the Move", readonly=True, copy=False)

    @api.constrains("account_id", "moving_to", "leaving_account_id")
    def _check_number_is_free(self):
        for tenant in self.sudo():
            under_way = [n for n in (tenant.moving_to, tenant.leaving_account_id) if n]
            taken = tenant.with_context(active_test=False).search_count(
                [
                    ("id", "!=", tenant.id),
                    *("|", "|"),
                    ("account_id", "in", under_way),
                    ("moving_to", "in", [tenant.account_id, *under_way]),
                    ("leaving_account_id", "in", [tenant.account_id, *under_way]),
                ],
                limit=1,
            )
            if taken:
                raise ValidationError(
                    self.env._(
                        "Another company of this database uses this account number, or is being "
                        "moved to or from it. Choose another number."
                    )
                )

    def _start_move(self, number: int):
        """Begin to move to ``number``; a job does the rest."""
        self.ensure_one()
        if number <= 0:
            raise ValidationError(self.env._("The account number must be greater than zero."))
        if number == self.account_id:
            raise ValidationError(self.env._("This is the present account number already."))
        if self.moving_to or self.leaving_account_id:
            raise ValidationError(
                self.env._("The former move of this company has not ended yet. Wait for it.")
            )
        if not self.active:
            raise ValidationError(self.env._("An archived company cannot be moved."))
        self.sudo().write({"moving_to": number, "move_error": False})
        self._enqueue_move()

    def _enqueue_move(self):
        for tenant in self:
            key = f"move:{tenant.id}"
            jobs.enqueue(
                tenant.sudo().env,
                key,
                lambda env, tenant=tenant, key=key: (
                    tenant.with_env(env)
                    .with_delay(
                        channel=jobs.CHANNEL_BULK,
                        max_retries=0,
                        identity_key=key,
                        description=env._("Move %s", tenant.with_env(env).display_name),
                    )
                    ._job_move()
                ),
            )

    def _job_move(self):
        """The next step of the move. Registered with ``allow_commit``."""
        tenant = self.sudo().with_context(tracking_disable=True).exists()._speaking()
        if not tenant or not (tenant.moving_to or tenant.leaving_account_id):
            return
        with (
            jobs.exclusive(self.env, tenant._knowledge_lock()) as alone,
            jobs.exclusive(self.env, tenant._publish_lock()) as publisher,
        ):
            if not (alone and publisher):
                raise RetryableJobError("The stores are at work", seconds=3, ignore_retry=True)
            try:
                if tenant.moving_to and not tenant.active:
                    tenant._give_up_move(
                        tenant.env._("The company was archived, so it was not moved.")
                    )
                elif tenant.moving_to:
                    tenant._move_over()
                else:
                    tenant._leave_former_account()
            except ForeignOwner as error:
                tenant._give_up_move(tenant._foreign_number_message(str(error)))
            except (RuntimeClientError, runtime.RuntimeNotConfigured, StoreError) as error:
                if tenant.moving_to and isinstance(error, RuntimeRefused) and error.status == 409:
                    tenant._give_up_move(tenant._foreign_number_message(str(error)))
                else:
                    tenant._note_move_trouble(tenant.env._("Tried again by itself: %s", error))
                    raise RetryableJobError(str(error)) from error
            except (UserError, ValueError) as error:
                # Only a person can help; the scheduled action tries again meanwhile.
                tenant._note_move_trouble(tenant._stuck_message(error))
                return
        if tenant.moving_to or tenant.leaving_account_id:
            tenant._enqueue_move()

    def _move_over(self):
        number, store, origin = self.moving_to, self._tenant_store(), self._database_origin()
        jobs.commit(self.env)
        # Asked before anything is copied: the number may be another database's.
        document = store.stored(number)
        if document is not None and document.get("owner") != origin:
            raise ForeignOwner(str(document.get("owner")))
        if not self._copy_knowledge(number) or not self._still_moves_to(number):
            return
        values = self._publish_document(number)
        if not self._still_moves_to(number):
            return
        self.write(
            {
                **values,
                "account_id": number,
                "moving_to": 0,
                "move_error": False,
                "leaving_account_id": self.account_id,
                "leaving_since": fields.Datetime.now(),
            }
        )
        self.message_post(body=self.env._("Moved to account %s.", number))
        self._resume_knowledge()
        self.env["ai.sync.report"]._start(self)
        jobs.commit(self.env)

    def _still_moves_to(self, number) -> bool:
        """Whether nobody has cancelled the move or archived the tenant; the next job cleans up."""
        return self.active and self.moving_to == number

    def _copy_knowledge(self, number) -> bool:
        """Copy passages for a while; whether none is left."""
        client = runtime.client()
        request = KnowledgeMove(
            account_id=self.account_id,
            to_account_id=number,
            origin=self._database_origin(),
        )
        jobs.commit(self.env)
        until = monotonic() + COPYING_SECONDS
        while monotonic() < until:
            answer = client.move(request)
            if not answer.left:
                return True
            if not answer.moved:
                raise RetryableJobError("The store copied nothing although some is left")
        return False

    def _leave_former_account(self):
        """Empty the stores of the number that is left, once no turn reads there any more."""
        moved_at = self.leaving_since
        rest = moved_at + GRACE - fields.Datetime.now() if moved_at else timedelta()
        if rest > timedelta():
            raise RetryableJobError(
                "Turns may still read under the former number",
                seconds=rest.total_seconds() + 1,
                ignore_retry=True,
            )
        store, request = self._tenant_store(), self._account_request(self.leaving_account_id)
        jobs.commit(self.env)
        store.withdraw(request.account_id, request.origin)
        if self._purge(request):
            raise RetryableJobError("The store still holds knowledge of the former number")
        values = {"leaving_account_id": 0, "leaving_since": False}
        if moved_at:
            values["move_error"] = False  # why a move was given up stays until it is dismissed
        self.write(values)

    def action_cancel_move(self):
        """Stay under the present number, whatever holds the move up."""
        self.ensure_one()
        self.check_access("write")
        tenant = self.sudo()
        if not tenant.moving_to:
            raise UserError(self.env._("This company is not being moved, or has just been moved."))
        tenant._give_up_move(False)
        tenant._enqueue_move()

    def action_dismiss_problem(self):
        """Hide why the latest move or take-over was given up."""
        self.check_access("write")
        self.sudo().write({"move_error": False, "take_over_error": False})

    def _give_up_move(self, reason):
        """Stay under the present number; what was copied is removed again."""
        cancelled = self.env._("The move to account %s was cancelled.", self.moving_to)
        self.message_post(body=reason or cancelled)
        self.write(
            {
                "leaving_account_id": self.moving_to,
                "leaving_since": False,
                "moving_to": 0,
                "move_error": reason,
            }
        )
        self._resume_knowledge()

    def _note_move_trouble(self, message):
        if self.moving_to or self.leaving_since:
            self.move_error = message
        jobs.commit(self.env)

    def _foreign_number_message(self, owner):
        return self.env._(
            "Account %(number)s belongs to another Odoo database (%(owner)s), so nothing was "
            "moved. Choose another number, or take the account over there first.",
            number=self.moving_to,
            owner=owner,
        )

    @api.model
    def _take_up_store_work(self):
        """Continue moves, take-overs and purges whose job was lost."""
        tenants = self.sudo().with_context(active_test=False)
        open_moves = ["|", ("moving_to", "!=", 0), ("leaving_account_id", "!=", 0)]
        tenants.search(open_moves)._enqueue_move()
        tenants.search([("taking_over", "=", True)])._enqueue_take_over()
        tenants.search([("purge_pending", "=", True), ("active", "=", False)])._enqueue_purge()
