from .common import BusinessRulesCase


class DocumentCase(BusinessRulesCase):
    """Documents of the two tenants, and their jobs."""

    @classmethod
    def _document(cls, tenant=None, **values):
        return cls.env["business.support.document"].create(
            {
                "name": "Returns",
                "company_id": (tenant or cls.tenant_7).company_id.id,
                **({} if "source" in values else {"content": "Seven days."}),
                **values,
            }
        )

    @classmethod
    def _uploaded(cls, data, file_name, tenant=None, **values):
        """A document whose file waits to be read."""
        return cls._document(tenant, source="file", file=data, file_name=file_name, **values)

    def _jobs(self, document):
        return self.env["queue.job"].search([("identity_key", "=", document._extraction_key())])
