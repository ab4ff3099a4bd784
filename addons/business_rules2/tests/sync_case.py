from odoo.addons.company_services.tests.runtime_double import TOKEN, RuntimeDouble


class SyncMixin:
    """Runs the knowledge jobs of a test case against a runtime's double, over real HTTP."""

    def setUp(self):
        super().setUp()
        self.runtime = self.enterContext(RuntimeDouble())
        self.set_environment(AGENT_RUNTIME_URL=self.runtime.url, AGENT_RUNTIME_TOKEN=TOKEN)

    def _sync(self, collection):
        bindings = self.env["ai.knowledge.binding"]
        for tenant in self.tenant_7 + self.tenant_8:
            bindings._job_sync(tenant.id, collection)

    def _stored(self, tenant):
        """Items the store holds for a tenant, by record id."""
        return {
            key[-1]: item
            for key, item in self.runtime.stored.items()
            if key[0] == tenant.account_id
        }
