from odoo import models
from odoo.tools.mail import plaintext2html


class ChatwootRequest(models.Model):
    """Opportunities: a lead in CRM."""

    _inherit = "chatwoot.request"

    def _execute_lead(self):
        """The lead, assigned by CRM's own rules."""
        self.partner_id = self.partner_id or self._known_contact()
        name = self.summary.splitlines()[0][:80]
        return self.env["crm.lead"].create(
            {
                "name": name,
                "contact_name": self.contact_name,
                "partner_id": self.partner_id.id,
                "phone": self.contact_phone or self.partner_id.phone,
                "email_from": self.partner_id.email,
                "company_id": self.company_id.id,
                "user_id": False,
                "description": plaintext2html(self._origin_text()),
            }
        )

    def _tell_lead(self):
        return self.env._("Your request has been passed on. Our team will contact you here.")
