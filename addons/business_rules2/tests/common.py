from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from odoo.addons.company_services.tests.common import CompanyServicesCase
from odoo.tests import tagged

SAO_PAULO = ZoneInfo("America/Sao_Paulo")


@tagged("post_install", "-at_install")
class BusinessRulesCase(CompanyServicesCase):
    """The two tenants of the base case, 7 and 8, and short ways to make their rules."""

    @classmethod
    def _rule(cls, tenant, name="Rule", **values):
        return cls.env["business.rule"].create(
            {"name": name, "text": f"{name}.", "company_id": tenant.company_id.id, **values}
        )

    @classmethod
    def _temporary(cls, tenant, start, end, name="Promotion", **values):
        """A temporary rule; ``start`` and ``end`` are UTC, naive, or ``None``."""
        return cls.env["business.temporary.rule"].create(
            {
                "name": name,
                "text": f"{name}.",
                "company_id": tenant.company_id.id,
                "date_start": start or False,
                "date_end": end or False,
                **values,
            }
        )

    @staticmethod
    def _utc(*parts):
        """An aware moment in UTC."""
        return datetime(*parts, tzinfo=UTC)

    @staticmethod
    def _local(*parts):
        """A moment on the clock of São Paulo, as the naive UTC value that Odoo stores."""
        local = datetime(*parts, tzinfo=SAO_PAULO)
        return local.astimezone(UTC).replace(tzinfo=None)
