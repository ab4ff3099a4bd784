"""Publication of the tenant's configuration document to MongoDB."""

from datetime import UTC, datetime

from odoo import api, fields, models
from odoo.addons.queue_job.exception import RetryableJobError
from odoo.exceptions import UserError

from agent_runtime.contracts import AllowedRequests, Routing, TenantConfig

from ..stores import mongodb
from ..tools import jobs
from ..tools.content import content_hash
from ..tools.settings import setting

RECEIPT_FIELDS = frozenset({"_id", "owner", "version", "published_at", "content_hash"})
"""What a publication adds by itself; different every time without meaning anything."""


class AiTenant(models.Model):
    """What is published, and to where."""

    _inherit = "ai.tenant"

    def _publish_relevant_fields(self):
        return super()._publish_relevant_fields() | {"account_id", "lang", "active"}

    def _publish_wanted(self):
        return self.active

    def _speaking(self):
        return self.with_context(lang=self.lang) if self else self

    def _published_config(self, version: int, moment: datetime) -> TenantConfig:
        """The whole document. Its hash leaves version, time and owner out."""
        self.ensure_one()
        tenant = self.with_company(self.company_id).with_context(lang=self.lang)
        config = TenantConfig(
            account_id=tenant.account_id,
            owner=self._database_origin(),
            version=version,
            published_at=moment,
            content_hash="",
            language=tenant.lang,
            currency=tenant.company_id.currency_id.name,
            company=tenant._profile(),
            voice=tenant._voice(),
            hours=tenant._hours(),
            services=tenant._services(),
            promotions_allowed=tenant.promotions_allowed,
            cross_sell_allowed=tenant.cross_sell_allowed,
            rating=tenant._rating(),
            offers=tenant._offers(),
            routing=tenant._routing(),
            requests=tenant._requests(),
            reads_orders=tenant._reads_orders(),
        )
        return config.model_copy(update={"content_hash": content_hash(config.content())})

    def _routing(self) -> Routing:
        """Which crew answers what; given by the addon that knows the inboxes."""
        return Routing()

    def _requests(self) -> AllowedRequests:
        """Which requests of customers are taken; given by the addon that does them."""
        return AllowedRequests()

    def _reads_orders(self):
        """Whether there are orders that the agent may read; said by the addon that knows them."""
        return False

    def _publish_execute(self):
        self.ensure_one()
        try:
            if not self._publish_wanted():
                self._tenant_store().withdraw(self.account_id, self._database_origin())
                return {"published_at": False, "foreign_owner": False}
            # Whoever reads this configuration will soon need the agent's access as well.
            self._renew_agent_key()
            return self._publish_document(self.account_id)
        except (mongodb.StoreUnavailable, mongodb.StoreConflict) as error:
            raise RetryableJobError(
                self.env._(
                    "The configuration store does not answer (%s). Publication is tried again "
                    "by itself; check that MongoDB runs if this lasts.",
                    error,
                )
            ) from error
        except mongodb.ForeignOwner as error:
            self.foreign_owner = str(error)
            raise UserError(self._foreign_owner_message(str(error))) from error
        except mongodb.StoreTooLarge as error:
            raise UserError(
                self.env._(
                    "The configuration is larger than MongoDB takes. Shorten the company's texts, "
                    "or archive services it no longer offers."
                )
            ) from error
        except mongodb.StoreRefused as error:
            raise UserError(
                self.env._(
                    "The configuration store refused the publication (%s). Check the address "
                    "and the rights in the server setting mongodb_url, then publish again.",
                    error,
                )
            ) from error

    def _publish_document(self, account_id: int) -> dict:
        """Publish under this number and return the values to keep, as read back."""
        config = self._published_config(self.config_version + 1, datetime.now(UTC))
        # During a move the new number is published before it is the tenant's.
        config = config.model_copy(update={"account_id": account_id})
        config = config.model_copy(update={"content_hash": content_hash(config.content())})
        store, known = self._tenant_store(), self.config_version
        # The key just renewed must be of use before anybody reads the document, and no row may
        # stay locked while the store answers.
        jobs.commit(self.env)
        stored = store.publish(
            account_id,
            config.owner,
            known,
            lambda version: config.model_copy(update={"version": version}).model_dump(mode="json"),
        )
        return self._receipt_values(stored)

    def _receipt_values(self, stored: dict) -> dict:
        """Values to keep, from the document as the store gave it back."""
        receipt = TenantConfig.model_validate({k: v for k, v in stored.items() if k != "_id"})
        moment = receipt.published_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        return {
            "config_version": receipt.version,
            "published_at": fields.Datetime.to_string(moment),
            "foreign_owner": False,
        }

    @api.model
    def _stored_is_whole(self, stored: dict) -> bool:
        """Whether a stored document still says what its hash was made of.

        Of the document as it is: one that an earlier release wrote may lack what is new now.
        """
        content = {k: v for k, v in stored.items() if k not in RECEIPT_FIELDS}
        try:
            return content_hash(content) == stored.get("content_hash")
        except TypeError:  # values that no publication writes
            return False

    def _tenant_store(self) -> mongodb.TenantStore:
        url = setting("mongodb_url")
        if not url:
            raise UserError(
                self.env._(
                    "The server does not know where to publish. Set mongodb_url in section "
                    "[agent_runtime] of odoo.conf, or the environment variable MONGODB_URL, "
                    "restart the server and publish again."
                )
            )
        return mongodb.TenantStore(url, setting("mongodb_collection", mongodb.DEFAULT_COLLECTION))

    def _foreign_owner_message(self, owner: str) -> str:
        return self.env._(
            "Account %(account)s is published by another Odoo database (%(owner)s). If this "
            "database is a copy, leave it so: the original keeps serving the customers. If this "
            "database takes over, a manager does so with Take Over.",
            account=self.account_id,
            owner=owner,
        )
