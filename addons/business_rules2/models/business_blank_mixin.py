from odoo import api, models
from odoo.exceptions import ValidationError

from ..tools.blanks import blanks


class BusinessBlankMixin(models.AbstractModel):
    """A text for customers that may begin with blanks and may not be said before they are filled.

    See ``tools/blanks.py`` for what a blank looks like.
    """

    _name = "business.blank.mixin"
    _description = "Text with Blanks to Fill In"

    def _blank_fields(self):
        """Names of the text fields that customers may be told.

        :rtype: set[str]
        """
        return {"text"}

    def _said_fields(self):
        """Names of the fields that :meth:`_may_be_said` looks at.

        :rtype: set[str]
        """
        return {"visible_in_ai"}

    def _may_be_said(self):
        """Whether somebody has released this record for answers."""
        self.ensure_one()
        return self.visible_in_ai

    @api.constrains(lambda self: self._blank_fields() | self._said_fields())
    def _check_blanks(self):
        for record in self:
            if record._may_be_said() and (left := record._blanks()):
                raise ValidationError(
                    self.env._(
                        "“%(record)s” still has blanks: %(blanks)s. Fill them in or remove them, "
                        "then let the AI use it.",
                        record=record.display_name,
                        blanks=" ".join(left),
                    )
                )

    def _blanks(self):
        """The blanks still to be filled in.

        :rtype: list[str]
        """
        self.ensure_one()
        return [blank for name in sorted(self._blank_fields()) for blank in blanks(self[name])]
