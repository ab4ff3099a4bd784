"""How Chatwoot is set up to call us: the bot, its inboxes, the webhooks. For administrators."""

from __future__ import annotations

from collections.abc import Iterator

from odoo.api import Environment

from .address import leads_here
from .facts import ERROR, OK, WARNING, Facts, Line
from .refusals import explained

NEEDED_EVENTS = frozenset(
    {
        "conversation_created",
        "conversation_status_changed",
        "conversation_updated",
        "message_created",
        "message_updated",
    }
)


def bot_address(env: Environment, facts: Facts) -> Iterator[Line]:
    """Whether our bot calls us."""
    setup = facts.setup
    if not facts.is_administrator or setup.registration != "agent_bot":
        return
    topic = env._("Bot's address")
    bot = facts.our_bot
    if problem := facts.problem("bots"):
        yield Line(topic, WARNING, *explained(env, setup, problem))
    elif bot is None:
        yield Line(
            topic,
            WARNING,
            env._("None of the account's bots has the bot token that is entered here."),
            env._("Copy the token again, unless the bot belongs to the whole installation."),
        )
    elif leads_here(bot.address, setup.webhook_url, setup.webhook_path):
        yield Line(topic, OK, env._("The bot “%s” calls this Odoo.", bot.name))
    else:
        yield Line(
            topic,
            ERROR,
            env._(
                "The bot “%(name)s” calls %(address)s.", name=bot.name, address=bot.address or "–"
            ),
            env._("Enter %s as the bot's webhook address in Chatwoot.", setup.webhook_url),
        )


def inboxes(env: Environment, facts: Facts) -> Iterator[Line]:
    """Which inboxes have our bot, which have another one, which none."""
    setup = facts.setup
    if not facts.is_administrator:
        return
    topic = env._("Inboxes")
    if problem := facts.problem("inboxes"):
        yield Line(topic, WARNING, *explained(env, setup, problem))
        return
    ours, others, without, unknown = [], [], [], []
    for inbox in facts.good("inboxes") or ():
        answer = facts.answers.get(facts.inbox_bot(inbox.id))
        if isinstance(answer, Exception) or facts.inbox_bot(inbox.id) not in facts.answers:
            unknown.append(inbox.name)
        elif answer is None:
            without.append(inbox)
        elif answer.ours or (facts.our_bot and answer.id == facts.our_bot.id):
            ours.append(inbox.name)
        else:
            others.append(f"{inbox.name} ({answer.name})")
    if unknown:
        found = env._("Not checked, there was no time left: %s.", ", ".join(unknown))
        yield Line(topic, WARNING, found, env._("Test again in a moment."))
    if setup.registration == "account_webhook":
        yield _without_bots(env, ours + others)
        return
    if ours:
        yield Line(topic, OK, env._("With the bot: %s.", ", ".join(ours)))
    else:
        yield Line(
            topic,
            ERROR,
            env._("No inbox has the bot, so that nothing is answered."),
            env._(
                "In Chatwoot, open the settings of each inbox to be answered and choose the bot "
                "under Bot Configuration."
            ),
        )
    if others:
        yield Line(
            topic,
            WARNING,
            env._("With another bot: %s.", ", ".join(others)),
            env._("An inbox has one bot. Choose ours there if the assistant is to answer."),
        )
    if without:
        expected = [inbox.name for inbox in without if inbox.id in setup.answered_inboxes]
        names = ", ".join(inbox.name for inbox in without)
        remedy = env._(
            "These are switched on here: choose the bot in their settings in Chatwoot, or switch "
            "them off: %s.",
            ", ".join(expected),
        )
        found = env._("Without a bot: %s.", names)
        yield Line(topic, WARNING if expected else OK, found, remedy if expected else "")


def _without_bots(env: Environment, with_bot: list[str]) -> Line:
    """Registered as webhook of the account, the assistant is the bot of no inbox."""
    topic = env._("Inboxes")
    if not with_bot:
        return Line(
            topic, OK, env._("No inbox has a bot, as it should be with an account webhook.")
        )
    return Line(
        topic,
        WARNING,
        env._(
            "With a bot, besides the account's webhook: %s. New conversations there are pending, "
            "where people do not look, and each message may be answered or arrive twice.",
            ", ".join(with_bot),
        ),
        env._(
            "Disconnect the bot in the settings of these inboxes in Chatwoot, or let the assistant "
            "be registered as bot on the form."
        ),
    )


def webhooks(env: Environment, facts: Facts) -> Iterator[Line]:
    """Whether the account's webhook is there, complete, and not there twice."""
    setup = facts.setup
    if not facts.is_administrator:
        return
    topic = env._("Account's webhooks")
    if problem := facts.problem("webhooks"):
        yield Line(topic, WARNING, *explained(env, setup, problem))
        return
    here = facts.webhooks_here
    if setup.registration == "account_webhook":
        yield _registered(env, facts, here)
    elif here:
        yield Line(
            topic,
            WARNING,
            env._(
                "The address is registered as the account's webhook besides the bot. Each message "
                "is handled once, but arrives and costs twice."
            ),
            env._("Remove the webhook in Chatwoot's Settings, Integrations, Webhooks."),
        )
    doubles = [
        inbox.name
        for inbox in facts.good("inboxes") or ()
        if inbox.webhook_address
        and leads_here(inbox.webhook_address, setup.webhook_url, setup.webhook_path)
    ]
    if doubles:
        yield Line(
            topic,
            ERROR,
            env._(
                "It is also the webhook of an API inbox: %s. Those events carry a signature that "
                "is not accepted, and Chatwoot marks their messages as failed.",
                ", ".join(doubles),
            ),
            env._("In the inbox's settings enter the address of the bridge that delivers there."),
        )


def _registered(env: Environment, facts: Facts, here: list) -> Line:
    topic = env._("Account's webhooks")
    if not here:
        return Line(
            topic,
            ERROR,
            env._("No webhook of the account leads to this Odoo."),
            env._(
                "In Chatwoot, open Settings, Integrations, Webhooks, and add %s.",
                facts.setup.webhook_url,
            ),
        )
    missing = NEEDED_EVENTS - frozenset().union(*(hook.events for hook in here))
    if missing:
        return Line(
            topic,
            ERROR,
            env._("The webhook lacks these events: %s.", ", ".join(sorted(missing))),
            env._("Edit the webhook in Chatwoot and tick them."),
        )
    return Line(topic, OK, env._("A webhook of the account calls this Odoo."))
