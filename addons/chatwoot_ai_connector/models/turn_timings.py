from odoo import api, fields, models


class TurnTimings(models.Model):
    """How long the answer took, stage by stage, in words."""

    _inherit = "chatwoot.turn"

    timings_text = fields.Char(string="Timings", compute="_compute_timings_text")

    @api.depends("timings")
    @api.depends_context("lang")
    def _compute_timings_text(self):
        for turn in self:
            turn.timings_text = " · ".join(
                f"{name} {milliseconds:.0f} ms" for name, milliseconds in turn._stages(turn.timings)
            )

    def _stages(self, timings):
        """``timings`` (as ``contracts.TurnResult.timings_ms``) by name, in the order of a turn."""
        names = {
            "config": self.env._("Settings"),
            "attachments": self.env._("Files"),
            "decide": self.env._("Decision"),
            "evidence": self.env._("Searches"),
            "crew": self.env._("Answer"),
            "check": self.env._("Check"),
            "repair": self.env._("Second try"),
            "total": self.env._("Together"),
            "delivery": self.env._("Sending"),
        }
        taken = timings or {}
        order = [*names, *sorted(set(taken) - set(names))]
        return [(names.get(stage, stage), taken[stage]) for stage in order if stage in taken]
