"""The tenant's knowledge as a whole: made known when it begins, withdrawn when it ends."""

from odoo import api, fields, models


class AiTenant(models.Model):
    """Knowledge of the tenant."""

    _inherit = "ai.tenant"

    knowledge_ids = fields.One2many("ai.knowledge.binding", "tenant_id", readonly=True)
    knowledge_count = fields.Integer(compute="_compute_knowledge_count")
    knowledge_open_count = fields.Integer(compute="_compute_knowledge_count")

    @api.depends("knowledge_ids.state")
    def _compute_knowledge_count(self):
        counts = self.env["ai.knowledge.binding"]._read_group(
            [("tenant_id", "in", self.ids)], ["tenant_id", "state"], ["__count"]
        )
        for tenant in self:
            mine = {state: count for owner, state, count in counts if owner == tenant}
            tenant.knowledge_count = mine.pop("indexed", 0)
            tenant.knowledge_open_count = sum(mine.values())

    @api.model_create_multi
    def create(self, vals_list):
        tenants = super().create(vals_list)
        if tenants.filtered("active"):
            self._backfill_knowledge()
        return tenants

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals or "lang" in vals:
            bindings = self.env["ai.knowledge.binding"].sudo()
            mine = bindings.search([("tenant_id", "in", self.ids)])
            if vals.get("active", True):
                self._backfill_knowledge()
                mine._mark_again()
            else:
                mine._mark_deleted()
                self._enqueue_purge()
        return result

    def _account_in_use(self):
        known = self.sudo().knowledge_ids
        return super()._account_in_use() or any(
            binding.points or binding.claim or binding.state == "indexing" for binding in known
        )

    def unlink(self):
        # What is in the way is told to whoever may delete the tenant, and nobody else.
        self.check_access("unlink")
        self._unlink_except_in_use()
        self.sudo().knowledge_ids.unlink()
        return super().unlink()

    def _knowledge_lock(self) -> str:
        """Name of the lock on all of the tenant's knowledge."""
        return f"knowledge:{self.id}"

    def _knowledge_flows(self) -> bool:
        """Whether jobs may now send the tenant's knowledge to the store."""
        return self.active and not self.moving_to and not self.knowledge_foreign

    def _resume_knowledge(self):
        """Ask for the jobs of everything that waits, after something has held it up."""
        bindings = self.env["ai.knowledge.binding"].sudo()
        waiting = bindings._read_group(
            [("tenant_id", "in", self.ids), ("state", "in", ("to_index", "to_delete"))],
            ["tenant_id", "collection", "lane"],
        )
        for tenant, collection, lane in waiting:
            bindings._enqueue(tenant, collection, lane)

    @api.model
    def _index_model_names(self) -> list[str]:
        """Names of the models whose records are kept in knowledge stores."""
        mixin = self.env.registry["ai.index.mixin"]
        return [
            name
            for name, model in self.env.registry.items()
            if issubclass(model, mixin) and not model._abstract
        ]

    @api.model
    def _backfill_knowledge(self):
        for name in self._index_model_names():
            self.env[name]._index_backfill()

    def action_view_knowledge(self):
        """The tenant's bindings; the button's context may preselect a filter."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "company_services.ai_knowledge_binding_action"
        )
        filters = {k: v for k, v in self.env.context.items() if k.startswith("search_default_")}
        return {**action, "domain": [("tenant_id", "=", self.id)], "context": filters}
