"""What should be and what is in the knowledge store for one record."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

LANES = [("live", "At once"), ("bulk", "In bulk")]
STATES = [
    ("to_index", "Waiting"),
    ("indexing", "Synchronising"),
    ("indexed", "Synchronised"),
    ("to_delete", "Being Removed"),
    ("error", "Error"),
]


class AiKnowledgeBinding(models.Model):
    """One record of one tenant in one collection.

    Only marks are written by users' actions; jobs do the work. A binding outlives its record:
    it is the tombstone until the store confirms that nothing is left.
    """

    _name = "ai.knowledge.binding"
    _description = "Knowledge Synchronisation"
    _order = "write_date desc, id desc"
    _rec_name = "title"

    tenant_id = fields.Many2one(
        "ai.tenant", string="Company", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", string="Odoo Company", required=True, readonly=True, index=True
    )
    model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(
        model_field="model", string="Record", required=True, readonly=True
    )
    kind = fields.Char(compute="_compute_kind")
    title = fields.Char(readonly=True)
    collection = fields.Char(required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="to_index", index=True)
    content_hash = fields.Char(readonly=True, help="Content that was read back from the store.")
    points = fields.Integer(
        string="Passages", readonly=True, help="Passages that were read back from the store."
    )
    version = fields.Integer(readonly=True, help="How many times the content has been indexed.")
    synced_at = fields.Datetime(
        string="Confirmed On", readonly=True, help="When the store's content was last read back."
    )
    error = fields.Text(string="Problem", readonly=True)
    lane = fields.Selection(
        LANES,
        required=True,
        readonly=True,
        default="live",
        help="Single changes are synchronised at once; changes of many records wait for their "
        "turn, so that they hold up nobody.",
    )
    claim = fields.Selection(
        LANES,
        readonly=True,
        help="The lane whose job is at work on the record now. Until it is done, nobody else "
        "sends or removes the record, so that the store ends with the newest content.",
    )
    report_id = fields.Many2one(
        "ai.sync.report",
        string="Repaired By",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The latest check of the store that found this record different.",
    )

    _record_unique = models.Constraint(
        "UNIQUE(tenant_id, collection, model, res_id)",
        "A record can be in a tenant's collection only once.",
    )
    _record_index = models.Index("(model, res_id)")

    @api.depends("model")
    def _compute_kind(self):
        """Name of the record's model as users know it."""
        for binding in self:
            model = self.env["ir.model"].sudo()._get(binding.model)
            binding.kind = model.name or binding.model

    def action_open_record(self):
        """Open the record this binding stands for."""
        self.ensure_one()
        known = self.model in self.env
        if not known or not self.env[self.model].sudo().browse(self.res_id).exists():
            raise UserError(
                self.env._(
                    "“%s” is no longer in Odoo, or its addon is no longer installed. The next "
                    "check of the knowledge removes it from the store.",
                    self.title or self.model,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": self.model,
            "res_id": self.res_id,
            "views": [(False, "form")],
        }

    def action_sync_now(self):
        """Have these bindings compared with their records and with the store."""
        self.check_access("read")
        if not self.env.user.has_group("company_services.group_ai_editor"):
            raise AccessError(self.env._("Only knowledge editors may request a synchronisation."))
        self._mark_again()
