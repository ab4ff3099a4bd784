"""Records whose text the assistant may find: marks, state and button, once for all models.

The views of every model that inherits ``ai.index.mixin`` show it the same way. In the list, last::

    <field name="sync_state" widget="badge" optional="show"
        decoration-muted="sync_state == 'none'" decoration-info="sync_state in ('to_index', 'indexing')"
        decoration-success="sync_state == 'indexed'" decoration-warning="sync_state == 'to_delete'"
        decoration-danger="sync_state == 'error'" />

In the form, the button and status in the header, and below it what is wrong::

    <button name="action_sync_now" type="object" string="Synchronise" groups="company_services.group_ai_editor" />
    <field name="sync_state" widget="statusbar" statusbar_visible="to_index,indexed" />
    …
    <div class="alert alert-danger mb-0" role="alert" invisible="sync_state != 'error' or not sync_error">
        <field name="sync_error" readonly="1" nolabel="1" />
    </div>
    <div class="alert alert-warning mb-0" role="alert" invisible="sync_state == 'error' or not sync_error">
        <field name="sync_error" readonly="1" nolabel="1" />
    </div>

In the search view, two filters::

    <filter name="sync_trouble" string="Synchronisation Problems" domain="[('sync_state', '=', 'error')]" />
    <filter name="sync_waiting" string="Not Yet Synchronised"
        domain="[('sync_state', 'in', ['to_index', 'indexing', 'to_delete'])]" />
"""  # noqa: E501 – XML as it stands in the views

from datetime import UTC, datetime

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import split_every

from agent_runtime.contracts import KnowledgeItem

from ..tools import lanes
from ..tools.content import content_hash

_BACKFILL_BATCH = 500
_WORST_FIRST = ("error", "to_delete", "to_index", "indexing", "indexed")


class AiIndexMixin(models.AbstractModel):
    """A record that is kept in the knowledge store of its tenant.

    The implementing model overrides the ``_index_…`` methods of the first section.
    """

    _name = "ai.index.mixin"
    _description = "Knowledge mixin"

    sync_state = fields.Selection(
        selection="_selection_sync_state",
        string="Synchronisation",
        compute="_compute_sync",
        search="_search_sync_state",
        help="“Synchronised” is shown only for what was read back from the store.",
    )
    sync_error = fields.Text(string="Synchronisation Problem", compute="_compute_sync")
    synced_at = fields.Datetime(string="Synchronised On", compute="_compute_sync")

    @api.model
    def _selection_sync_state(self):
        # A method, because a list's labels would be translated by the addon of the mixin only,
        # which is loaded before the models that inherit it.
        labels = {
            "none": self.env._("Not Shared"),
            "to_index": self.env._("Waiting"),
            "indexing": self.env._("Synchronising"),
            "indexed": self.env._("Synchronised"),
            "to_delete": self.env._("Being Removed"),
            "error": self.env._("Error"),
        }
        return list(labels.items())

    # --- to be given by the implementing model ---

    def _index_collection(self) -> str:
        """Kind of knowledge, the second half of the collection's name."""
        raise NotImplementedError

    def _index_text(self) -> str:
        """The text to be found and answered from, in the language of the context."""
        raise NotImplementedError

    def _index_relevant_fields(self) -> set[str]:
        """Names of the fields that the ``_index_…`` methods read; writes to others mark nothing."""
        raise NotImplementedError

    def _index_wanted(self) -> bool:
        """Whether the record may be known to the assistant. Archived records never are."""
        return True

    def _index_title(self) -> str:
        """Name of the source, as the attendant sees it beside an answer."""
        return self.display_name

    def _index_type(self) -> str | None:
        """Sort of text within the model, for example ``policy``; stored beside the text."""
        return None

    def _index_language(self) -> str | None:
        """Odoo's code of the text's language; by default the one the text was asked for in."""
        return self.env.lang

    def _index_attributes(self) -> dict[str, bool | int | float | str]:
        """What a search may be narrowed by: names of letters, digits and underscores."""
        return {}

    def _index_validity(self) -> tuple[datetime | None, datetime | None]:
        """From (inclusive) and until (exclusive), naive UTC as Odoo keeps them."""
        return None, None

    def _index_tenants(self):
        """Tenants whose assistant may know the record: its company's, or without one, every."""
        tenants = self.env["ai.tenant"].sudo()
        company = self.company_id if "company_id" in self._fields else self.env["res.company"]
        by_company = tenants._active_by_company()
        ids = [by_company.get(company.id, 0)] if company else by_company.values()
        return tenants.browse(filter(None, ids))

    # --- content ---

    def _index_shared(self) -> bool:
        """Whether the record is to be in the store at all."""
        return ("active" not in self._fields or self.active) and self._index_wanted()

    def _index_item(self, tenant, version: int) -> KnowledgeItem | None:
        """What the store should hold for ``tenant``; ``None`` when nothing."""
        self.ensure_one()
        record = (
            self.sudo()
            .with_company(tenant.company_id)
            .with_context(lang=tenant.lang, active_test=False)
        )
        if not record._index_shared() or tenant not in record._index_tenants():
            return None
        text = (record._index_text() or "").strip()
        if not text:
            return None
        title = record._index_title() or ""
        valid_from, valid_until = (
            moment and moment.replace(tzinfo=UTC) for moment in record._index_validity()
        )
        sort, language = record._index_type() or None, record._index_language() or None
        content = [
            *(title, text, sort, language),
            *(moment and str(moment) for moment in (valid_from, valid_until)),
        ]
        if attributes := record._index_attributes():
            # Only where there are any, so that no other text counts as changed.
            content.append(sorted(attributes.items()))
        return KnowledgeItem(
            model=self._name,
            record_id=self.id,
            title=title,
            text=text,
            content_hash=content_hash(content),
            version=version,
            type=sort,
            language=language,
            valid_from=valid_from or None,
            valid_until=valid_until or None,
            attributes=attributes,
        )

    def _index_has_content(self, tenant) -> bool:
        """Whether there is something to store, or a problem in making it that must be shown."""
        try:
            return self._index_item(tenant, 1) is not None
        except (UserError, ValueError):
            return True

    # --- marking ---

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._index_mark()
        return records

    def write(self, vals):
        result = super().write(vals)
        if not (self._index_relevant_fields() | {"active", "company_id"}).isdisjoint(vals):
            self._index_mark()
        return result

    def update_field_translations(self, field_name, translations, source_lang=""):
        result = super().update_field_translations(field_name, translations, source_lang)
        if field_name in self._index_relevant_fields():
            self._index_mark()
        return result

    def unlink(self):
        bindings = self._index_bindings()
        result = super().unlink()
        bindings._mark_deleted()
        return result

    def _index_mark(self):
        """Note for every tenant concerned that the store is to be brought up to date."""
        wanted = []
        for record in self.sudo().with_context(active_test=False):
            if record._index_shared():
                place = (record.id, record._index_collection(), record._index_title())
                wanted += [(tenant, *place) for tenant in record._index_tenants()]
        self.env["ai.knowledge.binding"]._mark(self._name, self.ids, wanted)

    @api.model
    def _index_backfill(self):
        """Mark every record that lacks a binding: after installation or for a new tenant.

        In batches, so that a large catalogue does not fill the memory.
        """
        everything = self.sudo().with_context(**{lanes.CONTEXT_KEY: lanes.BULK})
        known = everything.search([])  # pylint: disable=no-search-all
        for ids in split_every(_BACKFILL_BATCH, known.ids):
            everything.browse(ids)._index_mark_unbound()
            self.env.flush_all()
            self.env.invalidate_all()

    def _index_mark_unbound(self):
        """Mark those of these records that lack a binding they should have; returns them."""
        # A tombstone does not count: after a reinstallation the record is wanted again.
        bound = self._index_bindings().filtered(lambda b: b.state != "to_delete")
        known = {(binding.tenant_id.id, binding.res_id) for binding in bound}
        unbound = self.filtered(
            lambda record: (
                record._index_shared()
                and any((tenant.id, record.id) not in known for tenant in record._index_tenants())
            )
        )
        unbound._index_mark()
        return unbound

    # --- what users see ---

    def _index_bindings(self):
        """Bindings of these records, also of companies the user does not see."""
        return (
            self.env["ai.knowledge.binding"]
            .sudo()
            .search([("model", "=", self._name), ("res_id", "in", self.ids)])
        )

    @api.depends_context("allowed_company_ids")
    def _compute_sync(self):
        visible = self._index_bindings().filtered(lambda b: b.company_id in self.env.companies)
        by_record = visible.grouped("res_id")
        for record in self:
            bindings = by_record.get(record.id) or visible.browse()
            states = set(bindings.mapped("state"))
            record.sync_state = next((s for s in _WORST_FIRST if s in states), "none")
            record.sync_error = "\n".join(filter(None, bindings.mapped("error"))) or False
            confirmed = [moment for moment in bindings.mapped("synced_at") if moment]
            record.synced_at = max(confirmed, default=False)

    def _search_sync_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        bindings = self.env["ai.knowledge.binding"].sudo()
        mine = [("model", "=", self._name), ("company_id", "in", self.env.companies.ids)]
        found = bindings.search([*mine, ("state", "in", list(value))]).mapped("res_id")
        if "none" not in value:
            return [("id", "in", found)]
        bound = set(bindings.search(mine).mapped("res_id"))
        return ["|", ("id", "in", found), ("id", "not in", list(bound))]

    def action_sync_now(self):
        """Have the store checked and brought up to date for these records."""
        self.check_access("write")
        self._index_mark()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._("The synchronisation has been requested."),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
