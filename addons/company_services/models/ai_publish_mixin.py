"""Publication of a record's content to a store outside: states, marks, jobs, once for all."""

from odoo import api, fields, models
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.exceptions import UserError

from ..tools import jobs


class AiPublishMixin(models.AbstractModel):
    """A record whose content is published whole, with a version that only grows.

    Model hooks only *mark*; a job publishes, reads back what the store holds, and only then
    the record is shown as published. The implementing model gives
    ``_publish_relevant_fields``, ``_publish_execute`` and ``_publish_wanted``.
    """

    _name = "ai.publish.mixin"
    _description = "Publication mixin"

    publish_state = fields.Selection(
        selection=[
            ("draft", "Not published"),
            ("to_publish", "Waiting"),
            ("publishing", "Publishing"),
            ("published", "Published"),
            ("error", "Error"),
        ],
        string="Publication",
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    config_version = fields.Integer(
        string="Published Version",
        readonly=True,
        copy=False,
        help="Version that was read back from the store after the latest publication.",
    )
    published_at = fields.Datetime(readonly=True, copy=False)
    publish_error = fields.Text(string="Publication Problem", readonly=True, copy=False)

    # --- to be given by the implementing model ---

    def _publish_relevant_fields(self) -> set[str]:
        """Names of the fields that are part of what is published; extended by each part."""
        return set()

    def _publish_wanted(self) -> bool:
        """Whether the store should hold this record; otherwise it is withdrawn."""
        raise NotImplementedError

    def _publish_execute(self) -> dict:
        """Publish or withdraw now and return the values to keep, as read back.

        Called between two transactions. Raises ``RetryableJobError`` when trying later may
        help, ``UserError`` with a human remedy when it will not.
        """
        raise NotImplementedError

    def _speaking(self):
        """The record with the language of those who read its problems; for jobs, which have none.

        A scheduled action enqueues them without any language.
        """
        return self

    # --- marking ---

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._publish_mark()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not self._publish_relevant_fields().isdisjoint(vals):
            self._publish_mark()
        return result

    def _publish_mark(self):
        """Note that the store is out of date and have a job see to it."""
        records = self.sudo().exists()
        stale = records.filtered(lambda r: r.publish_state != "draft" or r._publish_wanted())
        stale.filtered(lambda r: r.publish_state != "to_publish").with_context(
            tracking_disable=True
        ).write({"publish_state": "to_publish"})
        stale._publish_enqueue()

    def _publish_enqueue(self):
        for record in self:
            key = f"publish:{record._name}:{record.id}"
            jobs.enqueue(
                record.env,
                key,
                lambda env, record=record, key=key: (
                    record.with_env(env)
                    .with_delay(
                        channel=jobs.CHANNEL,
                        max_retries=0,
                        identity_key=key,
                        description=env._("Publish %s", record.with_env(env).display_name),
                    )
                    ._job_publish()
                ),
            )

    def action_publish(self):
        """Publish again although nothing changed, for whoever wants to be sure."""
        self.check_access("write")
        self._publish_mark()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("The publication has been requested."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    @api.model
    def _cron_publish(self):
        """Take up marked records whose job was lost, and those a killed job left half-way."""
        self.sudo().with_context(active_test=False).search(
            [("publish_state", "in", ("to_publish", "publishing"))]
        )._publish_enqueue()

    @api.model
    def _cron_republish(self):
        """Check every publication against the store; content also changes by the calendar."""
        self.sudo().with_context(active_test=False).search(
            [("publish_state", "!=", "draft")]
        )._publish_mark()

    # --- the job ---

    def _job_publish(self):
        """Bring the store up to date with this record (registered with ``allow_commit``)."""
        record = self.sudo().exists()._speaking()
        if not record:
            return
        with jobs.exclusive(self.env, record._publish_lock()) as alone:
            if not alone:
                raise RetryableJobError("Another publication runs", seconds=3, ignore_retry=True)
            record._publish_run()

    def _publish_lock(self) -> str:
        """Name of the lock on everything that is published of this record."""
        return f"publish:{self._name}:{self.id}"

    def _publish_run(self):
        # Only a withdrawn record has nothing to do. "Published" may be older than the change this
        # job is for: a change that finds the mark set writes none, and its transaction may be
        # committed after the running publication has cleared it. What the store already holds
        # is not written again.
        if self.publish_state == "draft":
            return
        record = self.with_context(tracking_disable=True)
        record.publish_state = "publishing"
        jobs.commit(self.env)
        try:
            values = record._publish_execute()
        except RetryableJobError as error:
            record.write({"publish_state": "to_publish", "publish_error": str(error)})
            jobs.commit(self.env)
            raise
        except UserError as error:
            record.write({"publish_state": "error", "publish_error": str(error)})
            return
        except Exception:
            # Not swallowed, only shown where the owner looks; the job fails with the traceback.
            record.write(
                {
                    "publish_state": "error",
                    "publish_error": record.env._(
                        "Publication failed unexpectedly. The failed job in the job queue says why."
                    ),
                }
            )
            jobs.commit(self.env)
            raise
        # A mark made meanwhile has set the state back; it must not be overwritten.
        if record.publish_state == "publishing":
            values["publish_state"] = "published" if record._publish_wanted() else "draft"
        record.write({**values, "publish_error": False})
