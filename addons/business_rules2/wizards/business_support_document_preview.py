from odoo import Command, api, fields, models
from odoo.addons.company_services.tools import runtime
from odoo.exceptions import UserError

from agent_runtime.client import RuntimeClientError
from agent_runtime.contracts import ChunkPreview

_TIMEOUT_SECONDS = 5
_SHOWN = 200


class BusinessSupportDocumentPreview(models.TransientModel):
    """The passages the agent would find a document by, as the runtime cuts them now."""

    _name = "business.support.document.preview"
    _description = "Preview of a Document's Passages"

    passage_ids = fields.One2many("business.support.document.passage", "preview_id", readonly=True)
    passage_count = fields.Integer(string="Passages", readonly=True)
    shown_count = fields.Integer(string="Passages Shown", readonly=True)
    problem = fields.Text(readonly=True)

    @api.model
    def _of(self, document):
        """A preview of one document's present text, or of why there is none to show."""
        values = {}
        try:
            client = runtime.client(timeout=_TIMEOUT_SECONDS)
            passages = client.chunks(ChunkPreview(text=document._index_text())).chunks
        except UserError as error:
            values["problem"] = str(error)
        except RuntimeClientError as error:
            values["problem"] = self.env._(
                "The agent runtime does not answer, so the passages cannot be shown (%s). The "
                "document itself is not affected. Try again in a minute; if this lasts, check on "
                "the tenant's page whether the runtime runs.",
                error,
            )
        else:
            shown = passages[:_SHOWN]
            values["passage_count"] = len(passages)
            values["shown_count"] = len(shown)
            values["passage_ids"] = [
                Command.create({"number": number, "text": text, "characters": len(text)})
                for number, text in enumerate(shown, start=1)
            ]
        return self.create(values)
