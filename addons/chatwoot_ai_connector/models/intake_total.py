from odoo import models


class IntakeTotal(models.Model):
    """How many rows the intake has had: rows are removed after some days, counters never fall."""

    _inherit = "chatwoot.intake"

    def init(self):
        result = super().init()
        self.env.cr.execute(
            """
            CREATE TABLE IF NOT EXISTS chatwoot_intake_total (
                chatwoot_account_id integer NOT NULL,
                kind varchar NOT NULL,
                events bigint NOT NULL,
                PRIMARY KEY (chatwoot_account_id, kind)
            )
            """
        )
        return result

    def _remove_processed(self, days):
        """Remove rows worked off longer than so many days ago, and add them to the totals."""
        self.env.cr.execute(
            """
            WITH removed AS (
                DELETE FROM chatwoot_intake
                 WHERE processed_at < now() AT TIME ZONE 'UTC' - make_interval(days => %s)
             RETURNING chatwoot_account_id, kind
            )
            INSERT INTO chatwoot_intake_total AS total (chatwoot_account_id, kind, events)
            SELECT chatwoot_account_id, kind, count(*) FROM removed GROUP BY 1, 2
                ON CONFLICT (chatwoot_account_id, kind)
                DO UPDATE SET events = total.events + EXCLUDED.events
            """,
            (days,),
        )
