import logging
import time
import traceback

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from ..intake import store
from ..normalise import Event
from ..tools.quiet_sql import quiet_sql
from ..tools.short_transaction import in_short_transaction
from ..tools.stage_log import stage_log
from .chatwoot_account import MANAGER

_logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 6
"""After so many failures a row is set aside with its error, so that it holds up nobody."""
RETRY_AFTER = 15
"""Seconds until the second attempt, doubled by each further one: the last is after 8 minutes."""
BATCH = 200
"""Rows that one drain works off at the most."""
KEEP_DAYS = 7
"""How long a processed row is kept: deliveries are repeated within minutes."""


class ChatwootIntake(models.Model):
    """The append-only inbox: what came in and has to be worked on.

    Rows are written by ``intake.store`` in plain SQL, without this class being loaded. The
    payload is a normalised event, not Chatwoot's body, and is emptied once worked off; it is no
    field, so that nobody reads it through the ORM.
    """

    _name = "chatwoot.intake"
    _description = "Intake of Chatwoot's events and the runtime's results"
    _auto = False
    _log_access = False
    _order = "id"

    kind = fields.Char(readonly=True)
    dedup_key = fields.Char(readonly=True)
    chatwoot_account_id = fields.Many2one("chatwoot.account", string="Account", readonly=True)
    display_id = fields.Integer(string="Conversation", readonly=True)
    delivery_id = fields.Char(readonly=True, help="Chatwoot's own number of this sending.")
    attempts = fields.Integer(readonly=True)
    received_at = fields.Datetime(readonly=True)
    processed_at = fields.Datetime(readonly=True)
    error = fields.Char(readonly=True)

    def init(self):
        self.env.cr.execute(
            """
            CREATE TABLE IF NOT EXISTS chatwoot_intake (
                id bigserial PRIMARY KEY,
                kind varchar NOT NULL,
                dedup_key varchar NOT NULL,
                chatwoot_account_id integer NOT NULL,
                display_id integer,
                payload jsonb,
                attempts integer NOT NULL DEFAULT 0,
                received_at timestamp NOT NULL,
                processed_at timestamp,
                error varchar,
                UNIQUE (kind, dedup_key)
            );
            ALTER TABLE chatwoot_intake ADD COLUMN IF NOT EXISTS delivery_id varchar;
            ALTER TABLE chatwoot_intake ADD COLUMN IF NOT EXISTS retry_at timestamp;
            CREATE UNIQUE INDEX IF NOT EXISTS chatwoot_intake_delivery
                ON chatwoot_intake (chatwoot_account_id, delivery_id);
            CREATE INDEX IF NOT EXISTS chatwoot_intake_waiting
                ON chatwoot_intake (id) WHERE processed_at IS NULL;
            CREATE INDEX IF NOT EXISTS chatwoot_intake_conversation
                ON chatwoot_intake (chatwoot_account_id, display_id) WHERE processed_at IS NULL;
            -- Holds nothing: it is what drains take turns by, see _drain_next.
            CREATE TABLE IF NOT EXISTS chatwoot_intake_drain ();
            """
        )

    @api.model
    def _job_drain(self):
        """Work off what waits, each row in a short transaction of its own.

        Ends when nothing is left, or after ``BATCH`` rows, so that other databases on the same
        queue have their turn; a row that fails is left for a later drain.
        """
        done = ()
        while len(done) < BATCH:
            row = in_short_transaction(self.env, _drain_one, done)
            if not row:
                return
            done += (row,)
        store.wake(self.env.cr)

    @api.model
    def _drain_next(self, done=()):
        """Work off the next waiting row; returns its id or ``None``.

        ``done`` are the rows that this drain has had before. Rows of an account are taken in
        order of arrival, and those of the account that has had the fewest of them first: the
        flood of some does not hold the others up. A row that has failed waits for its time.

        Drains take turns. Unlike a row lock or an advisory lock, waiting for a table does not
        fix the transaction's snapshot, so what the former drain did is seen and two of them
        never make the same conversation. The intake's inserts are not held up: the table that
        is locked is another, empty one, which autovacuum has no business with either.
        """
        self.env.cr.execute("LOCK TABLE chatwoot_intake_drain IN EXCLUSIVE MODE")
        self.env.cr.execute(
            """
            SELECT id, kind, chatwoot_account_id, display_id, delivery_id, payload, received_at
              FROM chatwoot_intake
                   LEFT JOIN (SELECT chatwoot_account_id, count(*) AS rows
                                FROM chatwoot_intake WHERE id = ANY(%(done)s)
                               GROUP BY chatwoot_account_id) AS had USING (chatwoot_account_id)
             WHERE processed_at IS NULL AND id <> ALL(%(done)s)
               AND (retry_at IS NULL OR retry_at <= clock_timestamp() AT TIME ZONE 'UTC')
             ORDER BY coalesce(had.rows, 0), id
             LIMIT 1
            """,
            {"done": list(done)},
        )
        row = self.env.cr.dictfetchone()
        if not row:
            return None
        started, outcome = time.monotonic(), "worked_off"
        try:
            with quiet_sql(), self.env.cr.savepoint():
                # Before the work, which asks what else of the conversation waits.
                self._set_processed(row["id"])
                self._process(row)
                self.env.flush_all()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:
            # A message that cannot be worked on must not hold up the others. Only the kind of
            # error and where it arose are kept: its text may quote the customer.
            _logger.error(
                "Intake row %s could not be worked on: %s\n%s",
                row["id"],
                type(error).__name__,
                "".join(traceback.format_tb(error.__traceback__)),
            )
            self.env.clear()
            if self._set_failed(row["id"], type(error).__name__):
                self._ask_people_instead(row)
            outcome = "failed"
        stage_log(
            "drain",
            delivery=row["delivery_id"],
            account=self.env["chatwoot.account"]
            .browse(row["chatwoot_account_id"])
            .exists()
            .account_id,
            conversation=row["display_id"],
            outcome=f"{row['kind']}_{outcome}",
            ms=(time.monotonic() - started) * 1000,
        )
        return row["id"]

    @api.model
    def _process(self, row):
        if row["kind"] == "result":
            self.env["chatwoot.turn"]._apply_result(row["payload"])
            return
        account = self.env["chatwoot.account"].browse(row["chatwoot_account_id"]).exists()
        # Deleted meanwhile: there is nobody left to answer for.
        if account:
            event = Event.from_json(row["payload"])
            self.env["chatwoot.conversation"]._apply_event(account, event, row["received_at"])

    @api.model
    def _set_processed(self, row_id):
        self.env.cr.execute(
            """
            UPDATE chatwoot_intake
               SET processed_at = now() AT TIME ZONE 'UTC', payload = NULL, error = NULL
             WHERE id = %s
            """,
            (row_id,),
        )

    @api.model
    def _set_failed(self, row_id, error):
        """Note a failed attempt; whether it was the last one."""
        self.env.cr.execute(
            """
            UPDATE chatwoot_intake
               SET attempts = attempts + 1, error = %s,
                   retry_at = clock_timestamp() AT TIME ZONE 'UTC'
                              + %s * 2 ^ attempts * interval '1 second',
                   processed_at = CASE WHEN attempts + 1 >= %s THEN now() AT TIME ZONE 'UTC' END
             WHERE id = %s
            RETURNING processed_at
            """,
            (error, RETRY_AFTER, MAX_ATTEMPTS, row_id),
        )
        return bool(self.env.cr.fetchone()[0])

    @api.model
    def _waits_for(self, conversation):
        """Whether the customer wrote something that came in but is not worked off yet.

        What could not be worked off at once holds up nobody.
        """
        self.env.cr.execute(
            """
            SELECT 1 FROM chatwoot_intake
             WHERE processed_at IS NULL AND attempts = 0 AND kind = 'chatwoot'
               AND chatwoot_account_id = %s AND display_id = %s
               AND payload->'message'->>'author' = 'customer' LIMIT 1
            """,
            (conversation.chatwoot_account_id.id, conversation.display_id),
        )
        return bool(self.env.cr.fetchone())

    @api.model
    def _cron_pick_up(self):
        """Wake what a lost job left lying, and what the company's changed hours set free."""
        self.env.cr.execute("SELECT 1 FROM chatwoot_intake WHERE processed_at IS NULL LIMIT 1")
        if self.env.cr.fetchone():
            store.wake(self.env.cr)
        self.env["chatwoot.conversation"]._heed_changed_hours()
        self.env["chatwoot.conversation"]._wake_overdue()

    @api.autovacuum
    def _gc_processed(self):
        self._remove_processed(KEEP_DAYS)

    def action_retry(self):
        """Have rows that were set aside worked on again; for managers of the rows' companies."""
        if not self.env.su and not self.env.user.has_group(MANAGER):
            raise AccessError(self.env._("Only managers of the assistant may do this."))
        # The update below is plain SQL, which knows no record rules. Nobody may write through
        # the ORM, so reading is what there is to check.
        self.check_access("read")
        self.env.cr.execute(
            """
            UPDATE chatwoot_intake
               SET attempts = 0, processed_at = NULL, error = NULL, retry_at = NULL
             WHERE id IN %s AND payload IS NOT NULL
            """,
            (tuple(self.ids or [0]),),
        )
        store.wake(self.env.cr)
        self.invalidate_model()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": self.env._("They will be worked on again."), "type": "success"},
        }


def _drain_one(env, done):
    return env["chatwoot.intake"]._drain_next(done)
