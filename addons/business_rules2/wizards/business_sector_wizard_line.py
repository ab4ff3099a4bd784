from odoo import api, fields, models

from ..models.business_sector import SERVICES, TEXTS
from ..tools.blanks import blanks


class BusinessSectorWizardLine(models.TransientModel):
    """One thing a template proposes: a field of the tenant or a record of its company."""

    _name = "business.sector.wizard.line"
    _description = "Line of a Sector Template's Preview"
    _order = "sequence, id"

    wizard_id = fields.Many2one("business.sector.wizard", required=True, ondelete="cascade")
    sequence = fields.Integer()
    field_name = fields.Char(help="Field of the tenant, for what is no record.")
    item_id = fields.Many2one("business.sector.item", ondelete="cascade")
    # The user's own rights, although stored: the notes quote what the tenant already has.
    selected = fields.Boolean(
        string="Use", compute="_compute_selected", compute_sudo=False, store=True, readonly=False
    )
    applied = fields.Boolean(readonly=True)
    record = fields.Reference(selection="_record_models", readonly=True)
    next_step = fields.Char(compute="_compute_next_step")
    section = fields.Selection("_sections", string="Part", compute="_compute_proposal")
    name = fields.Text(string="What", compute="_compute_proposal")
    text = fields.Text(string="Proposal", compute="_compute_proposal")
    status = fields.Selection(
        [("new", "New"), ("similar", "Similar Exists"), ("kept", "Kept")],
        compute="_compute_status",
        help="What is kept is not touched. What is similar is only added if you choose it.",
    )
    note = fields.Text(compute="_compute_status")

    @api.model
    def _targets(self):
        return self.env["business.sector.item"]._fields["target"]._description_selection(self.env)

    @api.model
    def _record_models(self):
        return [("ai.tenant", self.env._("Company")), *self._targets()]

    @api.model
    def _sections(self):
        own = {"profile": self.env._("Profile"), "services": self.env._("Services")}
        return [*own.items(), *self._targets()]

    @api.depends("item_id", "field_name", "wizard_id.tenant_id", "wizard_id.sector_id")
    def _compute_proposal(self):
        for line in self:
            tenant = line.wizard_id.tenant_id._origin
            if line.item_id:
                item = line.item_id._origin._for_tenant(tenant)
                line.section, line.name, line.text = item.target, item.name, item.text
            elif line.field_name and line.wizard_id.sector_id:
                line.section = "services" if line.field_name in SERVICES else "profile"
                line.name = tenant._fields[line.field_name]._description_string(self.env)
                line.text = line._words(line._proposal())
            else:
                line.section = line.name = line.text = False

    @api.depends("item_id", "field_name", "wizard_id.tenant_id", "wizard_id.sector_id")
    def _compute_status(self):
        for line in self:
            if line.item_id:
                line.status, line.note = line._status_of_record()
            elif line.field_name and line.wizard_id.sector_id:
                line.status, line.note = line._status_of_field()
            else:
                line.status = line.note = False

    @api.depends("item_id", "field_name", "wizard_id.tenant_id", "wizard_id.sector_id")
    def _compute_selected(self):
        """What is new is chosen, but not again what was left out or removed the first time."""
        for line in self:
            wizard = line.wizard_id
            again = wizard.tenant_id.sector_id._origin == wizard.sector_id._origin
            line.selected = line.status == "new" and not again

    @api.depends("record")
    def _compute_next_step(self):
        for line in self:
            record = line.record
            if not record or record._name == "ai.tenant":
                line.next_step = False
            elif record._name == "business.support.document" and record.state == "draft":
                line.next_step = self.env._("Complete it and approve it")
            elif not record.visible_in_ai:
                line.next_step = self.env._("Complete it and let the AI see it")
            else:
                line.next_step = self.env._("None: answers use it")

    def _proposal(self):
        """Value that the sector proposes for the line's field of the tenant."""
        wizard = self.wizard_id
        return wizard.sector_id._origin._proposals(wizard.tenant_id._origin)[self.field_name]

    def _words(self, value):
        """A value of the line's field as people read it."""
        field = self.env["ai.tenant"]._fields[self.field_name]
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value)
        if field.type == "boolean":
            return self.env._("On") if value else self.env._("Off")
        return value

    def _status_of_field(self):
        """``(status, note)`` of a field. A setting still at its default counts as not chosen."""
        tenant = self.wizard_id.tenant_id._origin
        value = tenant[self.field_name]
        if self.field_name in TEXTS:
            if value:
                return "kept", self.env._("Yours: %s", value)
            return "new", False
        if value == self._proposal():
            return "kept", self.env._("Already so")
        if value == tenant.default_get([self.field_name]).get(self.field_name, False):
            return "new", self.env._("Now: %s", self._words(value))
        return "kept", self.env._("Yours: %s", self._words(value))

    def _status_of_record(self):
        """``(status, note)`` of a record; the note says what becomes of it or what is there."""
        item, tenant = self.item_id._origin, self.wizard_id.tenant_id._origin
        if existing := item._existing(tenant):
            return "kept", self.env._("Yours: %s", existing.display_name)
        if similar := item._similar(tenant):
            return "similar", self.env._("Same subject: %s", similar.display_name)
        if item.target == "business.support.document":
            return "new", self.env._("Draft until you approve it")
        if item._goes_live():
            return "new", self.env._("Used in answers at once")
        if blanks(item._for_tenant(tenant).text):
            return "new", self.env._("Hidden until you fill in its blanks")
        return "new", self.env._("Hidden until you check it")

    def _apply(self):
        """Create the record of the line and remember it; the wizard has written the fields."""
        self.ensure_one()
        tenant = self.wizard_id.tenant_id
        record = tenant
        if self.item_id:
            model = self.env[self.item_id.target].with_company(tenant.company_id)
            values = self.item_id._record_values(tenant)
            record = model.with_context(lang=tenant.lang).create(values)
        self.write({"applied": True, "record": f"{record._name},{record.id}"})

    def action_open(self):
        """Open what was filled in."""
        self.ensure_one()
        return self.record.get_formview_action()
