from odoo import api, fields, models
from odoo.addons.company_services.fields import MASK, Secret
from odoo.addons.company_services.tools import runtime
from odoo.addons.company_services.tools.secrets import reveal
from odoo.addons.company_services.tools.settings import setting
from odoo.exceptions import UserError, ValidationError
from pydantic import SecretStr

from agent_runtime import providers
from agent_runtime.client import RuntimeClientError
from agent_runtime.contracts import ModelAccess, ModelPrice, ModelTest

from ..tools import model_address, model_prices
from ..tools.web_address import is_elsewhere

MANAGER = "company_services.group_ai_manager"
GROUNDED = "grounded"
KEY_REFUSED = ("HTTP 401", "HTTP 403")
MOST = 5
"""Models of an account: those who are tried share the time of an answer."""
TIMEOUT = 5
"""Seconds; somebody looks at the screen."""


class ChatwootAccountModel(models.Model):
    """A language model of the account's own, which answers when those before it do not."""

    _name = "chatwoot.account.model"
    _inherit = ["chatwoot.account.bound.mixin"]
    _description = "Language model of an account"
    _order = "chatwoot_account_id, sequence, id"
    _rec_name = "model"

    chatwoot_account_id = fields.Many2one(
        "chatwoot.account", string="Account", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="chatwoot_account_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10, help="The first model that can be reached answers.")
    active = fields.Boolean(default=True)
    model = fields.Char(
        required=True,
        help="Provider and name, for example openai/gpt-4o-mini, anthropic/claude-haiku-4-5 or "
        "gemini/gemini-2.5-flash, or grounded for the built-in responder, which needs neither "
        "address nor key and never fails. With another provider the key is entered anew.",
    )
    base_url = fields.Char(
        string="Address",
        help="Of an endpoint that speaks as OpenAI does, for example https://llm.example.com/v1, "
        "whoever made the model. Empty: the provider's own, where it has a public one. Another "
        "host takes the key away: it is the former one's.",
    )
    api_key = Secret(
        string="Key",
        groups=MANAGER,
        help="Of the provider. Kept encrypted, shown to nobody, and sent to this address alone.",
    )
    vision = fields.Boolean(
        string="Sees Pictures",
        help="Customers' pictures are shown to this model, which tells the assistant what is on "
        "them. Otherwise the customer is asked to write.",
    )
    transcription = fields.Char(
        string="Model for Voice",
        help="Model of the same endpoint that turns voice messages into text, for example "
        "whisper-1. It needs an address, or a model of openai. Empty: whoever speaks is asked to "
        "write, unless Chatwoot has a transcript.",
    )
    price_read = fields.Float(
        string="Price of Reading",
        digits=(16, 4),
        help="What a million tokens read cost. With both prices 0, those in the server's setting "
        "model_prices hold.",
    )
    price_written = fields.Float(
        string="Price of Writing", digits=(16, 4), help="What a million tokens written cost."
    )

    price_heard = fields.Float(
        string="Price of a Minute Heard",
        digits=(16, 4),
        help="What a minute of a voice message costs at the model for voice. Where that counts "
        "tokens instead, its price is named in the server's setting model_prices.",
    )

    _prices_positive = models.Constraint(
        "CHECK(price_read >= 0 AND price_written >= 0 AND price_heard >= 0)",
        "A price cannot be below 0.",
    )

    @api.constrains("model")
    def _check_model(self):
        for record in self:
            name = record.model
            if not name.isprintable() or " " in name or (name != GROUNDED and "/" not in name):
                raise ValidationError(
                    self.env._(
                        "“%s” is no model's name. It consists of provider and model, for example "
                        "openai/gpt-4o-mini; grounded is the built-in one.",
                        name,
                    )
                )

    @api.constrains("model", "base_url", "transcription")
    def _check_place(self):
        for record in self.filtered(lambda record: record.model != GROUNDED):
            if not record._place():
                raise ValidationError(
                    self.env._(
                        "“%s” needs an address: its provider has none that is open to everybody.",
                        record.model,
                    )
                )
            spoken = record.base_url or providers.provider_of(record.model) == "openai"
            if record.transcription and not spoken:
                raise ValidationError(
                    self.env._(
                        "“%s” needs an address for voice messages: how its provider hears them is "
                        "not known.",
                        record.model,
                    )
                )

    @api.constrains("chatwoot_account_id", "active")
    def _check_number(self):
        for account in self.chatwoot_account_id:
            if len(account.sudo().model_ids) > MOST:
                raise ValidationError(
                    self.env._(
                        "“%(account)s” has more than %(most)s language models. They share the time "
                        "of an answer: archive some.",
                        account=account.name,
                        most=MOST,
                    )
                )

    @api.constrains("base_url")
    def _check_base_url(self):
        hosts = setting("model_hosts") or ""
        allowed = model_address.hosts_of(hosts)
        for record in self.filtered("base_url"):
            if model_address.is_allowed(record.base_url, allowed) and (allowed or not hosts):
                continue
            if hosts:
                raise ValidationError(
                    self.env._(
                        "The address of “%s” is not among the hosts that whoever runs this "
                        "server allows (setting model_hosts).",
                        record.model,
                    )
                )
            raise ValidationError(
                self.env._(
                    "The address of “%s” consists of https://, the host and, where needed, port "
                    "and path; http:// only for this very machine.",
                    record.model,
                )
            )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([_trimmed(vals) for vals in vals_list])

    def write(self, vals):
        vals = _trimmed(vals)
        if ("base_url" in vals or "model" in vals) and vals.get("api_key", MASK) == MASK:
            # Whoever may change the address may not read the key, nor have it sent there.
            moved = self.filtered(lambda record: record._would_move(vals))
            super(ChatwootAccountModel, moved).write({"api_key": False})
        return super().write(vals)

    def _would_move(self, vals):
        """Whether ``vals`` have another one called than the key was given for."""
        model, base_url = vals.get("model", self.model), vals.get("base_url", self.base_url)
        former, place = self._place() or "", providers.place_of(model or "", base_url or None) or ""
        return former != place and is_elsewhere(former, place)

    def _place(self):
        """Address, or provider with a language of its own, that is called; ``None``: nobody."""
        return providers.place_of(self.model, self.base_url or None)

    def action_test(self):
        """Ask the model for one word, and say what came of it."""
        self.ensure_one()
        self.check_access("write")
        number = self.chatwoot_account_id.account_id
        try:
            request = ModelTest(account_id=number, model=self._access())
            tested = runtime.client(TIMEOUT).test_model(request)
        except RuntimeClientError as error:
            raise UserError(
                self.env._(
                    "The agent runtime cannot be asked about “%s” now. Try again.", self.model
                )
            ) from error
        if tested.ok:
            message = self.env._(
                "%(model)s answered in %(seconds)s seconds.",
                model=self.model,
                seconds=f"{tested.seconds:.1f}",
            )
        elif tested.trouble in KEY_REFUSED:
            message = self.env._(
                "The provider of %(model)s refuses the key (%(trouble)s). Enter it anew.",
                model=self.model,
                trouble=tested.trouble,
            )
        else:
            message = self.env._(
                "%(model)s does not answer: %(trouble)s. Check name, address and key.",
                model=self.model,
                trouble=tested.trouble,
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success" if tested.ok else "danger",
                "sticky": not tested.ok,
            },
        }

    def _access(self) -> ModelAccess:
        """What the runtime needs, key in clear; for requests to the runtime alone."""
        self.ensure_one()
        key = reveal(self, "api_key")
        return ModelAccess(
            model=self.model,
            base_url=self.base_url or None,
            api_key=SecretStr(key) if key else None,
            vision=self.vision,
            transcription=self.transcription or None,
            price=self._price(),
        )

    def _price(self) -> ModelPrice | None:
        price = model_prices.price(self.model)
        if self.price_read or self.price_written:
            price = ModelPrice(read=self.price_read, written=self.price_written)
        if self.price_heard:
            price = (price or ModelPrice()).model_copy(update={"minute": self.price_heard})
        return price


def _trimmed(vals):
    """As typed, without what people paste along: blanks, line ends, the slash of an address."""
    texts = {
        name: vals[name]
        for name in ("model", "base_url", "transcription", "api_key")
        if vals.get(name)
    }
    trimmed = {name: text.strip() for name, text in texts.items()}
    if "base_url" in trimmed:
        trimmed["base_url"] = trimmed["base_url"].rstrip("/")
    return {**vals, **trimmed}
