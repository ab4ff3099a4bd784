"""What tests of the synchronisation share: notes, a runtime double, jobs run by hand."""

from datetime import timedelta

from odoo import fields
from odoo.addons.queue_job.exception import RetryableJobError

from ..tools import lanes
from .common import CompanyServicesCase
from .knowledge_model import NAME, add_note_model
from .runtime_double import TOKEN, RuntimeDouble

UPSERT = "/v1/knowledge/upsert"


class KnowledgeCase(CompanyServicesCase):
    """Two tenants whose notes go to a runtime double."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        add_note_model(cls)
        cls.origin = cls.env["ai.tenant"]._database_origin()

    def setUp(self):
        super().setUp()
        self.runtime = self.enterContext(RuntimeDouble())
        self.set_environment(AGENT_RUNTIME_URL=self.runtime.url, AGENT_RUNTIME_TOKEN=TOKEN)

    def note(self, name="Note", tenant=None, **values):
        company = (tenant or self.tenant_7).company_id
        return self.env[NAME].create(
            {"name": name, "text": f"Text of {name}", "company_id": company.id, **values}
        )

    def notes(self, count, tenant=None):
        """Many notes, created at once."""
        company = (tenant or self.tenant_7).company_id
        return self.env[NAME].create(
            [
                {"name": f"Note {n}", "text": f"Text of note {n}", "company_id": company.id}
                for n in range(count)
            ]
        )

    def sync(self, tenant=None):
        """Run jobs as the queue would, until nothing is waiting in either lane."""
        tenant = tenant or self.tenant_7
        bindings = self.env["ai.knowledge.binding"]
        for lane in lanes.LANES:
            bindings._job_sync(tenant.id, "notes", lane)
            # While the store is another database's or a move is under way, all of it waits.
            while tenant._knowledge_flows() and bindings._pending(tenant, "notes", lane, limit=1):
                bindings._job_sync(tenant.id, "notes", lane)

    def check(self, tenant=None):
        """Check the store as the nightly job does, with the repairs; returns the report.

        A check that is running is continued.
        """
        tenant = tenant or self.tenant_7
        report = tenant._check_running() or self.env["ai.sync.report"]._start(tenant)
        for _step in range(100):
            if report.state != "running":
                return report
            try:
                report._job_reconcile()
            except RetryableJobError:
                self.sync(tenant)
        self.fail("the check does not end")

    def later(self):
        """The bindings were confirmed some time ago, not in this very second."""
        self.env["ai.knowledge.binding"].search([("synced_at", "!=", False)]).write(
            {"synced_at": fields.Datetime.now() - timedelta(hours=1)}
        )

    def stored(self, account_id=7):
        """Titles in the store by record id."""
        return {
            key[4]: item.title for key, item in self.runtime.stored.items() if key[0] == account_id
        }

    def assert_killed(self, death, job):
        """The job dies of ``death``. What it committed stays, unlike under ``assertRaises``."""
        try:
            job()
        except death:
            return
        self.fail("the job was to be killed")

    def upserts(self):
        """How many items have been sent in all."""
        return sum(len(request.items) for path, request in self.runtime.calls if path == UPSERT)
