from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..delivery.template import placeholders, rendered, template_params

FILLED_IN = ({"1"}, {"1", "2"}, set())
"""Placeholders that a body may have together: we know a customer's and the company's name."""


class InboxTemplate(models.Model):
    """The template that asks a customer to write again when the reply window is closed."""

    _inherit = "chatwoot.inbox"

    template_name = fields.Char(
        string="Template",
        help="Name of an approved WhatsApp template. It is sent when the answer is ready but "
        "WhatsApp's 24 hours for answering are over: the customer writes again, and reads the "
        "answer. Without a template a person is asked.",
    )
    template_language = fields.Char(
        default="pt_BR",
        help="As in WhatsApp's own list of templates, for example pt_BR.",
    )
    template_category = fields.Selection(
        [("UTILITY", "Utility"), ("MARKETING", "Marketing")],
        default="UTILITY",
        help="As WhatsApp has approved the template.",
    )
    template_body = fields.Text(
        string="Template Text",
        help="The approved text, word for word: attendants see it in the conversation. {{1}} "
        "becomes the customer's name, {{2}} the company's.",
    )

    @api.constrains(
        "template_name", "template_language", "template_category", "template_body", "channel"
    )
    def _check_template(self):
        for inbox in self:
            if problem := inbox._template_problem():
                raise ValidationError(
                    self.env._("Inbox %(inbox)s: %(problem)s", inbox=inbox.name, problem=problem)
                )

    def _template_problem(self):
        name, body = self.template_name, self.template_body
        if not name and not body:
            return None
        if not (name and body and self.template_language and self.template_category):
            return self.env._("a template needs its name, its text, its language and category.")
        if self.channel != "whatsapp":
            return self.env._("only WhatsApp has templates. Empty the template's name and text.")
        if any(character.isspace() for character in name + self.template_language):
            return self.env._("the name and the language of a template have no spaces in them.")
        if placeholders(body) not in FILLED_IN:
            return self.env._(
                "only {{1}}, the customer's name, and {{2}}, the company's name, can be filled in."
            )
        return None

    def _invitation(self, customer, company):
        """Text and ``template_params`` for this customer; ``None`` without a template."""
        self.ensure_one()
        if not self.template_name:
            return None
        values = {"1": customer, "2": company}
        return (
            rendered(self.template_body, values),
            template_params(
                self.template_name,
                self.template_language,
                self.template_category,
                self.template_body,
                values,
            ),
        )
