"""The published configuration as it is stored at this moment."""

import json
from datetime import UTC, datetime

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.ai_tenant_publication import RECEIPT_FIELDS
from ..tools.differences import differences


class AiConfigViewer(models.TransientModel):
    """A look at one tenant's document. Made by the tenant's button, read-only for everybody."""

    _name = "ai.config.viewer"
    _description = "Published Configuration"
    _rec_name = "tenant_id"

    tenant_id = fields.Many2one("ai.tenant", required=True, readonly=True, ondelete="cascade")
    state = fields.Selection(
        selection=[
            ("same", "Up to date"),
            ("different", "Different"),
            ("missing", "Nothing stored"),
            ("foreign", "Another database's"),
            ("unreadable", "Cannot be read"),
            ("unmade", "Cannot be published"),
        ],
        required=True,
        readonly=True,
    )
    message = fields.Text(readonly=True)
    owner = fields.Char(
        string="Published By",
        readonly=True,
        help="Identity (database.uuid) of the Odoo database that published the document.",
    )
    version = fields.Integer(readonly=True)
    published_at = fields.Datetime(readonly=True)
    document = fields.Text(readonly=True, help="The whole document as MongoDB holds it.")
    line_ids = fields.One2many("ai.config.viewer.line", "viewer_id", readonly=True)

    @api.model
    def _look(self, tenant):
        """A viewer of what the store holds for ``tenant`` (sudo) now; calls out up to 5 s."""
        return self.sudo().create({"tenant_id": tenant.id, **self._seen(tenant)})

    def _seen(self, tenant) -> dict:
        try:
            stored = tenant._stored_document()
        except UserError as error:
            return {"state": "unreadable", "message": str(error)}
        if stored is not None and stored.get("owner") != tenant._database_origin():
            # Not ours to show: the same number may be another customer's account there.
            message = tenant._foreign_owner_message(str(stored.get("owner")))
            return {"state": "foreign", "message": message, **_receipt(stored)}
        try:
            wanted = self._wanted(tenant)
        except (UserError, ValueError) as error:
            message = self.env._("Nothing new can be published: %s", error)
            return {"state": "unmade", "message": message, **_shown(stored)}
        if stored is None:
            message = self.env._(
                "Nothing is stored for account %s, so the assistant answers nobody. Press "
                "Synchronise on the company and look again.",
                tenant.account_id,
            )
            return {"state": "missing", "message": message, **self._compared({}, wanted)}
        compared = self._compared(stored, wanted)
        state = "different" if compared["line_ids"] else "same"
        return {"state": state, **_shown(stored), **compared}

    def _wanted(self, tenant) -> dict:
        """What would be published now; raises what would stop the publication."""
        if not tenant._publish_wanted():
            return {}
        return tenant._published_config(1, datetime.now(UTC)).model_dump(mode="json")

    def _compared(self, stored: dict, wanted: dict) -> dict:
        """Its differences to what would be published now."""
        lines = differences(_content(stored), _content(wanted))
        return {
            "line_ids": [
                fields.Command.create(
                    {
                        "name": " › ".join(line.path),
                        "stored": _text(line.stored),
                        "wanted": _text(line.wanted),
                    }
                )
                for line in lines
            ],
        }

    def action_look_again(self):
        """Read the store once more."""
        self.ensure_one()
        return self.tenant_id.action_view_stored_config()


def _receipt(stored: dict) -> dict:
    return {
        "owner": stored.get("owner"),
        "version": stored.get("version"),
        "published_at": _moment(stored.get("published_at")),
    }


def _shown(stored: dict | None) -> dict:
    if stored is None:
        return {}
    text = json.dumps(stored, ensure_ascii=False, indent=2, default=str)
    return {"document": text, **_receipt(stored)}


def _content(document: dict) -> dict:
    return {key: value for key, value in document.items() if key not in RECEIPT_FIELDS}


def _text(value) -> str | bool:
    if value is None:
        return False
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _moment(text):
    """Odoo's naive UTC of the document's ISO time; nothing when it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return False
    return moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
