from datetime import timedelta

from odoo import api, fields, models

from ..endpoints.metric_queries import BOUNDS, COUNTED
from ..tools import metric_totals

FOLD_AFTER = timedelta(days=2)
"""What ended so long ago does not change any more: the channel's refusals come within a day."""


class MetricTotal(models.Model):
    """What counters have counted of old rows, so that nobody has to count them again."""

    _inherit = "chatwoot.intake"

    def init(self):
        result = super().init()
        self.env.cr.execute(metric_totals.TABLES)
        return result

    @api.model
    def _fold_metrics(self):
        """Add up what ended between the last time and :data:`FOLD_AFTER` ago."""
        cr = self.env.cr
        self.env.flush_all()
        cr.execute("SELECT until FROM chatwoot_metric_fold FOR UPDATE")
        since, until = cr.fetchone()[0], fields.Datetime.now() - FOLD_AFTER
        if until <= since:
            return
        cr.execute("SELECT id FROM chatwoot_account")
        accounts = [account_id for (account_id,) in cr.fetchall()]
        values = {"accounts": accounts, "since": since, "until": until, "bounds": list(BOUNDS)}
        for counter in COUNTED:
            if counter.query:
                cr.execute(counter.query, values)
                for account_id, *labels, value in cr.fetchall():
                    metric_totals.add(cr, account_id, counter.name, labels, float(value))
        cr.execute("UPDATE chatwoot_metric_fold SET until = %s", (until,))
        cr.execute(
            "DELETE FROM chatwoot_metric_total WHERE chatwoot_account_id <> ALL(%s)",
            (accounts,),
        )

    @api.model
    def _remove_processed(self, days):
        """Remove rows worked off longer than so many days ago, once they are in the totals."""
        self._fold_metrics()
        self.env.cr.execute(
            """
            DELETE FROM chatwoot_intake
             WHERE processed_at < now() AT TIME ZONE 'UTC' - make_interval(days => %s)
               AND received_at < (SELECT until FROM chatwoot_metric_fold)
            """,
            (days,),
        )


class MessageCounted(models.Model):
    _inherit = "chatwoot.message"

    _counted = models.Index("(create_date)")
