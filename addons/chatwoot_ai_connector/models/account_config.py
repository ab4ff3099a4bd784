import hmac

from odoo import models
from odoo.addons.company_services.fields import MASK
from odoo.addons.company_services.tools.settings import SECTION, environment_name, setting

from agent_runtime.contracts import crew_named

from ..endpoints.seed_config import MASKED, SeedConfig, Unfit

API_PATH = "/api"
DECISION_PATH = "/v1/turns"
SERVER_KEYS = {
    "MCP_CREW_API_URL": "url",
    "MCP_CREW_API_KEY": "token",
    "MCP_CREW_DECISION_ENGINE_URL": "url",
}
"""Keys that belong to whoever runs the server, and the setting that each comes from."""


class AccountConfig(models.Model):
    """The account as the first system's configuration object, which ``/config`` speaks."""

    _inherit = "chatwoot.account"

    def _seed_config(self) -> dict:
        """The object to show, secrets masked.

        Empty ``MCP_CREW_*`` mean that Odoo runs the runtime itself. Routing rules
        that ask for more than a channel have no place in the object and are left out.
        """
        self.ensure_one()
        return {
            "DEBUG": self.debug,
            "CHATWOOT_API_URL": self.base_url + API_PATH,
            "CHATWOOT_API_ACCESS_TOKEN": MASKED if self.bot_token else "",
            "CHATWOOT_WEBHOOK_SECRET": MASKED if self[self._secret_field()] else "",
            **{
                key: MASKED if key == "MCP_CREW_API_KEY" and value else value
                for key, value in _server_values().items()
            },
            "MAX_CONTEXT_MESSAGES": self.context_messages,
            "ROUTING_RULES": {
                "default_crew": self._told_default_crew() or "",
                "rules": [
                    {"channel": rule.channel, "crew": rule._told_crew()}
                    for rule in self._plain_rules()
                ],
            },
        }

    def _apply_seed_config(self, config: SeedConfig):
        """Take over the keys that were given; raises :class:`Unfit` before anything is changed."""
        self.ensure_one()
        given = config.model_fields_set
        _refuse_server_values(config)
        values = {}
        if "DEBUG" in given:
            values["debug"] = config.DEBUG
        if "CHATWOOT_API_URL" in given:
            values["base_url"] = config.CHATWOOT_API_URL.rstrip("/").removesuffix(API_PATH)
        if "CHATWOOT_API_ACCESS_TOKEN" in given:
            values["bot_token"] = config.CHATWOOT_API_ACCESS_TOKEN
        if "CHATWOOT_WEBHOOK_SECRET" in given:
            values[self._secret_field()] = config.CHATWOOT_WEBHOOK_SECRET
        if "MAX_CONTEXT_MESSAGES" in given:
            values["context_messages"] = config.MAX_CONTEXT_MESSAGES
        routing = config.ROUTING_RULES
        if "ROUTING_RULES" in given and "default_crew" in routing.model_fields_set:
            name = routing.default_crew
            values |= {"default_crew": crew_named(name), "default_crew_name": name}
        # The mask as the forms show it is a mask here, too.
        self.write({k: v for k, v in values.items() if v not in (MASKED, MASK)})
        if "ROUTING_RULES" in given and "rules" in routing.model_fields_set:
            self._replace_plain_rules(routing.rules)

    def _secret_field(self):
        """The secret that events are signed with, of the kind of registration there is."""
        bot = self.registration == "agent_bot"
        return "webhook_secret" if bot else "account_webhook_secret"

    def _plain_rules(self):
        """The rules that the object can tell: those that lead from a channel to a crew."""
        return self._rules_in_order().filtered(lambda rule: rule._goes_by_channel())

    def _replace_plain_rules(self, rules):
        """Have these rules, after those that the object cannot tell, unless they are there."""
        former = self._plain_rules()
        if [(rule.channel, rule._told_crew()) for rule in former] == [
            (rule.channel.value, rule.crew) for rule in rules
        ]:
            return
        former.unlink()
        last = max(self.routing_rule_ids.mapped("sequence"), default=0)
        self.env["chatwoot.routing.rule"].create(
            [
                {
                    "chatwoot_account_id": self.id,
                    "sequence": last + number,
                    "channel": rule.channel.value,
                    "crew": crew_named(rule.crew),
                    "crew_name": rule.crew,
                }
                for number, rule in enumerate(rules, start=1)
            ]
        )


def _server_values() -> dict[str, str]:
    url = (setting("url") or "").rstrip("/")
    return {
        "MCP_CREW_API_URL": url,
        "MCP_CREW_API_KEY": setting("token") or "",
        "MCP_CREW_DECISION_ENGINE_URL": url and url + DECISION_PATH,
    }


def _refuse_server_values(config: SeedConfig):
    """Let what is set already pass, and the mask; nothing of it can be changed from here."""
    errors = []
    for key, value in _server_values().items():
        if key not in config.model_fields_set:
            continue
        given = getattr(config, key)
        masked = key == "MCP_CREW_API_KEY" and given in (MASKED, MASK)
        if masked or hmac.compare_digest(given.rstrip("/").encode(), value.encode()):
            continue
        name = SERVER_KEYS[key]
        message = (
            "This belongs to whoever runs the server and cannot be changed here. It is set as "
            f"{name} in section [{SECTION}] of odoo.conf, or in the environment variable "
            f"{environment_name(name)}."
        )
        errors.append({"field": key, "message": message})
    if errors:
        raise Unfit(errors)
