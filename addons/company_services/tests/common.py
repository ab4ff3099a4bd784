"""What tests of the suite's addons share: a server key, two tenants, two doubles."""

import os
from unittest.mock import patch

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.tests import TransactionCase, new_test_user

from ..tools import settings

SECRET_KEY = "key-of-the-tests-0123456789-abcdefghij"


class CompanyServicesCase(TransactionCase):
    """Two companies that are tenants, accounts 7 and 8, each with a manager of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_environment(SUITE_SECRET_KEY=SECRET_KEY)
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        # Tenants that the database already has (demo data) would take part in every search.
        cls.env["ai.tenant"].search([]).active = False
        cls.tenant_7 = cls.make_tenant(7, "Company Seven")
        cls.tenant_8 = cls.make_tenant(8, "Company Eight")
        cls.manager_7 = cls.make_user("manager_7", cls.tenant_7, "group_ai_manager")
        cls.manager_8 = cls.make_user("manager_8", cls.tenant_8, "group_ai_manager")

    @classmethod
    def set_environment(cls, **variables):
        """Set environment variables (``None`` removes one) until the class is done."""
        values = {name: value for name, value in variables.items() if value is not None}
        patcher = patch.dict(os.environ, values)
        patcher.start()
        cls.addClassCleanup(patcher.stop)
        for name in variables.keys() - values.keys():
            os.environ.pop(name, None)
        settings._file_section.cache_clear()

    @classmethod
    def make_tenant(cls, account_id, company_name, **values):
        company = cls.env["res.company"].create({"name": company_name})
        calendar = cls.env["resource.calendar"].create(
            {
                "name": f"Hours of {company_name}",
                "company_id": company.id,
                "tz": "America/Sao_Paulo",
            }
        )
        return cls.env["ai.tenant"].create(
            {
                "company_id": company.id,
                "account_id": account_id,
                "lang": "en_US",
                "resource_calendar_id": calendar.id,
                **values,
            }
        )

    @classmethod
    def make_user(cls, login, tenant, group):
        return new_test_user(
            cls.env,
            login=f"{login}_{tenant.account_id}",
            groups=f"base.group_user,company_services.{group}",
            company_id=tenant.company_id.id,
            company_ids=[(6, 0, tenant.company_id.ids)],
        )

    def as_user(self, records, user):
        """The records as the web client of ``user`` reads them."""
        companies = user.company_ids.ids
        return records.with_user(user).with_context(allowed_company_ids=companies)

    def assert_retried(self, job, *args):
        """The job asks for a retry. What it committed stays, unlike under ``assertRaises``."""
        try:
            job(*args)
        except RetryableJobError:
            return
        self.fail("the job did not ask to be tried again")
