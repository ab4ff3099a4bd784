from odoo import fields, models


class BenchRecord(models.Model):
    """One row, written by the minimal route."""

    _name = "bench.record"
    _description = "Bench Record"

    content = fields.Text()
