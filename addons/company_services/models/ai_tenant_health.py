"""How one thing that a tenant depends on was when it was last asked."""

from datetime import timedelta

from odoo import api, fields, models

FRESH = timedelta(minutes=20)
"""An older answer says nothing about now; the scheduled action asks every five minutes."""


class AiTenantHealth(models.Model):
    """One row for each store or server of a tenant, rewritten by every check."""

    _name = "ai.tenant.health"
    _description = "Store Health"
    _order = "tenant_id, sequence, id"

    tenant_id = fields.Many2one("ai.tenant", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="tenant_id.company_id", store=True, index=True)
    part = fields.Char(required=True, help="Technical name of what was asked.")
    name = fields.Char(string="Store", compute="_compute_name")
    sequence = fields.Integer(default=10)
    state = fields.Selection(
        selection=[("ok", "Works"), ("starting", "Starting"), ("trouble", "Problem")],
        required=True,
    )
    message = fields.Text(string="What To Do")
    checked_at = fields.Datetime(string="Checked", required=True)

    _part_unique = models.Constraint(
        "UNIQUE(tenant_id, part)", "Each part of a tenant has one health entry."
    )

    @api.depends("part")
    @api.depends_context("lang")
    def _compute_name(self):
        names = self._part_names()
        for health in self:
            health.name = names.get(health.part, health.part)

    @api.model
    def _part_names(self) -> dict[str, str]:
        return {
            "mongodb": self.env._("Configuration (MongoDB)"),
            "knowledge": self.env._("Knowledge (Qdrant)"),
            "runtime": self.env._("Assistant's runtime"),
            "qdrant": self.env._("Qdrant's connection in the runtime"),
            "embedder": self.env._("Language model of the search"),
            "mcp-mongodb": self.env._("Reading of the configuration (MCP)"),
            "mcp-odoo": self.env._("Reading of prices and stock (MCP)"),
            "crews": self.env._("Answering crews"),
            "model": self.env._("Language model of the answers"),
            "callback": self.env._("Way back of the answers"),
        }

    def _is_fresh(self) -> bool:
        """Whether every entry was checked lately."""
        limit = fields.Datetime.now() - FRESH
        return all(health.checked_at >= limit for health in self)
