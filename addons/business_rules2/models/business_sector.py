from odoo import fields, models

TEXTS = ("business_area", "description", "greeting", "farewell")
"""Fields of the tenant that a template fills when they are empty."""

CHOICES = ("tone", "manner", "formality", "emoji")
SERVICES = ("enable_sales", "enable_scheduling", "enable_delivery", "enable_support")
SETTINGS = CHOICES + SERVICES
"""Fields of the tenant that always have a value; a template changes the ones left at default."""


def _choice_of_tenant(name, string=None):
    """A selection field with the values that the tenant's field ``name`` has."""
    return fields.Selection(
        selection=lambda self: self.env["ai.tenant"]._fields[name]._description_selection(self.env),
        string=string,
    )


class BusinessSector(models.Model):
    """What companies of one sector usually start from: profile, voice, services, rules.

    The fields named like fields of ``ai.tenant`` are proposed for the tenant, ``item_ids`` as
    records of its company. Templates are data of this addon; a wizard applies them.
    """

    _name = "business.sector"
    _description = "Sector Template"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    summary = fields.Char(translate=True, help="What companies the template is for.")
    sequence = fields.Integer(default=10)
    business_area = fields.Char(translate=True)
    description = fields.Text(translate=True)
    greeting = fields.Text(
        translate=True, help="{company} stands for the name of the company customers know."
    )
    farewell = fields.Text(translate=True)
    tone = _choice_of_tenant("tone")
    manner = _choice_of_tenant("manner", "Voice")
    formality = _choice_of_tenant("formality")
    emoji = _choice_of_tenant("emoji", "Emojis")
    enable_sales = fields.Boolean(string="Sales")
    enable_scheduling = fields.Boolean(string="Scheduling")
    enable_delivery = fields.Boolean(string="Delivery")
    enable_support = fields.Boolean(string="Support", default=True)
    item_ids = fields.Many2many("business.sector.item", string="Records")

    def _items_by_part(self):
        """The sector's items as people read them: all rules, then scheduling, and so on."""
        targets = self.item_ids._fields["target"].get_values(self.env)
        return self.item_ids.sorted(lambda item: (targets.index(item.target), item.sequence))

    def _proposals(self, tenant):
        """What the sector proposes for the tenant's own fields, in the tenant's language.

        :return: dict from field name to value; nothing is proposed to be emptied or switched off
        """
        self.ensure_one()
        sector = self.with_context(lang=tenant.lang)
        values = {name: sector[name] for name in TEXTS + SETTINGS if sector[name]}
        for name in TEXTS:
            if name in values:
                values[name] = values[name].replace("{company}", tenant.name)
        return values
