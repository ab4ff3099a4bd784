"""Chatwoot itself, and the tokens we use there."""

from __future__ import annotations

from collections.abc import Iterator

from odoo.api import Environment

from ..delivery.problems import NotForBots, Rejected
from . import version as v
from .facts import ERROR, OK, WARNING, Facts, Line
from .refusals import explained


def chatwoot(env: Environment, facts: Facts) -> Iterator[Line]:
    """Whether it answers, and what its version cannot do."""
    topic = env._("Chatwoot")
    if isinstance(facts.problem("version"), Rejected):
        yield Line(
            topic,
            ERROR,
            env._(
                "What answers at %(address)s is no Chatwoot, or leads elsewhere (%(error)s).",
                address=facts.setup.base_url,
                error=str(facts.problem("version")),
            ),
            env._(
                "Enter the address that your browser shows when Chatwoot is open, with https:// "
                "where it has it."
            ),
        )
        return
    if facts.problem("version"):
        yield Line(
            topic,
            ERROR,
            env._("No Chatwoot answers at %s.", facts.setup.base_url),
            env._("Check the address, and that this server may reach it."),
        )
        return
    if facts.version is None:
        yield Line(
            topic,
            WARNING,
            env._("Chatwoot says that its version is “%s”.", facts.good("version")),
            env._("What depends on the version was not checked."),
        )
        return
    if facts.setup.base_url.startswith("http://"):
        yield Line(
            env._("Chatwoot's address"),
            WARNING,
            env._("It is not encrypted: tokens and messages can be read on the way."),
            env._("Enter an address with https, unless both run in one closed network."),
        )
    found = env._("Chatwoot %s answers.", v.written(facts.version))
    unsigned = _unsigned(env, facts)
    if unsigned:
        yield Line(topic, ERROR, f"{found} {unsigned}", env._("Update Chatwoot."))
    elif lost := _what_is_lost(env, facts):
        remedy = env._("Update Chatwoot, or enter a user token, with which some of it works.")
        yield Line(topic, WARNING, f"{found} {' '.join(lost)}", remedy)
    else:
        yield Line(topic, OK, found)


def _unsigned(env: Environment, facts: Facts) -> str | None:
    by_webhook = facts.setup.registration == "account_webhook"
    since = v.WEBHOOK_EVENTS_SIGNED if by_webhook else v.BOT_EVENTS_SIGNED
    if facts.version >= since:
        return None
    return env._(
        "It does not sign its events before version %s, so that none of them is accepted here.",
        v.written(since),
    )


def _what_is_lost(env: Environment, facts: Facts) -> list[str]:
    lost = []
    if facts.version < v.BOT_READS and not facts.setup.has_user_token:
        lost += [
            env._(
                "Before version %s a bot cannot look at a conversation right before it answers, "
                "and cannot label it.",
                v.written(v.BOT_READS),
            )
        ]
    if facts.version < v.BOT_TYPES:
        lost += [
            env._("Before version %s a bot cannot show that it types.", v.written(v.BOT_TYPES))
        ]
    return lost


def bot_token(env: Environment, facts: Facts) -> Iterator[Line]:
    """Whether it is the token of a bot of this account."""
    topic = env._("Bot token")
    if not facts.setup.has_bot_token:
        yield Line(
            topic,
            ERROR,
            env._("There is none, so that no answer can be sent."),
            env._("Copy the access token of the bot from Chatwoot's Settings, Bots."),
        )
        return
    right_kind = env._("Copy the access token of the bot from Chatwoot's Settings, Bots.")
    if person := facts.good("bot_owner"):
        found = env._("This is the token of a person, %s: answers would look theirs.", person.name)
        yield Line(topic, ERROR, found, right_kind)
        return
    kind, problem = facts.problem("bot_owner"), facts.problem("bot_rights")
    if problem is None and isinstance(kind, NotForBots):
        # Events are only taken in from the account with this number.
        known = facts.setup.events_arrive or (
            facts.owner and facts.setup.number in facts.owner.roles
        )
        proven = env._("A bot may act in account %s.", facts.setup.number)
        likely = env._(
            "Chatwoot accepts the token of a bot. Whether account %s exists shows with the first "
            "event or with a user token.",
            facts.setup.number,
        )
        yield Line(topic, OK, proven if known else likely)
    elif isinstance(problem, NotForBots):
        found = env._("This is not the token of a bot; perhaps that of a platform app.")
        yield Line(topic, ERROR, found, right_kind)
    else:
        yield Line(topic, ERROR, *explained(env, facts.setup, problem or kind))


def user_token(env: Environment, facts: Facts) -> Iterator[Line]:
    """Whose it is and what its owner sees."""
    topic = env._("User token")
    setup, owner = facts.setup, facts.owner
    if not setup.has_user_token:
        yield Line(
            topic,
            WARNING,
            env._(
                "There is none. Not checked: the bot's address, which inboxes have it, and the "
                "account's webhooks. Events that Chatwoot could not deliver are not found again, "
                "and a doubtful sending is not looked up."
            ),
            env._(
                "Enter the access token of an administrator, from the bottom of their profile in "
                "Chatwoot."
            ),
        )
    elif owner is None:
        problem = facts.problem("owner")
        if isinstance(problem, NotForBots):
            found = env._("This is the token of a bot or of a platform app, not of a person.")
            remedy = env._("Copy the access token from the bottom of a person's profile.")
        else:
            found, remedy = explained(env, setup, problem)
        yield Line(topic, ERROR, found, remedy)
    elif setup.number not in owner.roles:
        yield Line(
            topic,
            ERROR,
            env._(
                "%(name)s is not a member of account %(number)s, but of: %(others)s.",
                name=owner.name,
                number=setup.number,
                others=", ".join(map(str, sorted(owner.roles))) or "–",
            ),
            env._("Use the token of a member of this account."),
        )
    elif facts.is_administrator:
        yield Line(topic, OK, env._("%s, administrator of the account.", owner.name))
    else:
        yield Line(
            topic,
            WARNING,
            env._(
                "%s, an agent: sees only their own inboxes, and not the account's settings.",
                owner.name,
            ),
            env._("With an administrator's token the bot and the webhooks are checked, too."),
        )
