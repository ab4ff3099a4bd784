"""Whether Chatwoot's events can arrive here and are accepted fast enough."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import requests
from odoo.api import Environment

from . import version as v
from .ask import TooSlow
from .facts import ERROR, OK, WARNING, Facts, Line

SLOW = 2.0
"""Seconds for an answer to an event; Chatwoot waits for five."""


def secrets(env: Environment, facts: Facts) -> Iterator[Line]:
    """Whether we can verify what Chatwoot signs."""
    setup = facts.setup
    by_webhook = setup.registration == "account_webhook"
    topic = env._("Secret")
    if by_webhook and not setup.has_webhook_secret:
        yield Line(
            topic,
            ERROR,
            env._("The secret of the account's webhook is missing: its events are refused."),
            env._("Copy it from Chatwoot's Settings, Integrations, Webhooks."),
        )
    elif not by_webhook and not setup.has_bot_secret:
        yield Line(
            topic,
            ERROR,
            env._("The secret of the bot is missing: its events are refused."),
            env._("Copy the webhook secret from the bot in Chatwoot's Settings, Bots."),
        )
    elif facts.secret_fits:
        yield Line(topic, OK, env._("It is the one that Chatwoot signs with."))
    elif facts.secret_fits is False and by_webhook:
        yield Line(
            topic,
            ERROR,
            env._("It is not the secret of the account's webhook: its events are refused."),
            env._("Copy it from Chatwoot's Settings, Integrations, Webhooks."),
        )
    elif facts.secret_fits is False:
        yield Line(
            topic,
            ERROR,
            env._("It is not the secret of the bot: its events are refused."),
            env._("Copy the webhook secret from the bot in Chatwoot's Settings, Bots."),
        )
    else:
        proven = env._("It is there, and events were signed with it.")
        likely = env._("It is there. Whether it is the right one, the first event shows.")
        yield Line(topic, OK, proven if setup.events_arrive else likely)
    if setup.accepts_body_signature:
        yield Line(
            topic,
            WARNING,
            env._("Signatures without time are accepted: an overheard event can be sent again."),
            env._("Switch this off as soon as no old bridge needs it."),
        )


def webhook_address(env: Environment, facts: Facts) -> Iterator[Line]:
    """Whether Chatwoot may and can call the address."""
    topic = env._("Webhook address")
    address = facts.setup.webhook_url
    if not address:
        yield Line(
            topic,
            ERROR,
            env._("There is none: this database is a copy that was made harmless."),
            env._("On the page Security, make a new webhook address."),
        )
        return
    if urlsplit(address).scheme != "https":
        yield Line(
            topic,
            WARNING,
            env._("It is not encrypted: what customers write can be read on the way."),
            env._("Give Odoo an address with https, unless both run in one closed network."),
        )
    if isinstance(facts.problem("addresses"), OSError):
        yield Line(
            topic,
            WARNING,
            env._("This server does not know the host %s.", urlsplit(address).hostname or "–"),
            env._("Check Odoo's own address (web.base.url) and your DNS."),
        )
    elif private := facts.good("addresses"):
        yield _private(env, facts, ", ".join(private))
    elif urlsplit(address).scheme == "https":
        yield Line(topic, OK, env._("%s can be called from anywhere.", urlsplit(address).hostname))


def _private(env: Environment, facts: Facts, numbers: str) -> Line:
    topic = env._("Webhook address")
    host = urlsplit(facts.setup.webhook_url).hostname
    found = env._("%(host)s is a private address (%(numbers)s).", host=host, numbers=numbers)
    if facts.setup.events_arrive:
        return Line(topic, OK, f"{found} {env._('Events arrive nevertheless.')}")
    if facts.version is not None and facts.version < v.PRIVATE_BLOCKED:
        later = env._(
            "From version %s on Chatwoot does not call such.", v.written(v.PRIVATE_BLOCKED)
        )
        return Line(topic, OK, f"{found} {later}")
    if facts.version is not None and facts.version < v.PRIVATE_ALLOWABLE:
        never = env._("This version of Chatwoot does not call such, and cannot be told to.")
        remedy = env._("Update Chatwoot to %s or later.", v.written(v.PRIVATE_ALLOWABLE))
        return Line(topic, ERROR, f"{found} {never}", remedy)
    blocked = env._("Chatwoot does not call such unless it is allowed to.")
    remedy = env._(
        "Set SAFE_FETCH_ALLOW_PRIVATE_NETWORK=true for Chatwoot's web and Sidekiq processes."
    )
    return Line(topic, WARNING, f"{found} {blocked}", remedy)


def answer_time(env: Environment, facts: Facts) -> Iterator[Line]:
    """How our own webhook answered a signed event without meaning."""
    if "knock" not in facts.answers:
        return
    topic = env._("Answer to events")
    answer = facts.good("knock")
    if answer is None:
        yield _unanswered(env, topic, facts.problem("knock"))
    elif answer.status == 200:
        found = env._("A signed test event was accepted after %.2f s.", answer.seconds)
        if answer.seconds < SLOW:
            yield Line(topic, OK, found)
        else:
            yield Line(
                topic,
                WARNING,
                env._("%s Chatwoot gives up after 5 s.", found),
                env._("Give Odoo more workers, or look for what keeps them busy."),
            )
    elif answer.status == 401:
        yield Line(
            topic,
            ERROR,
            env._("Our own signature was refused: the address does not lead to this account yet."),
            env._("Test again in a minute. Else check that the address leads to this Odoo server."),
        )
    else:
        yield Line(
            topic,
            ERROR,
            env._("The address answers with status %s instead of 200.", answer.status),
            env._("Check what stands before Odoo: the path must reach it unchanged."),
        )


def _unanswered(env: Environment, topic: str, problem: Exception) -> Line:
    if isinstance(problem, requests.exceptions.SSLError):
        return Line(
            topic,
            ERROR,
            env._("The certificate of the webhook address is not valid."),
            env._("Renew the certificate: Chatwoot refuses it, too."),
        )
    if isinstance(problem, TooSlow | requests.Timeout):
        return Line(
            topic,
            WARNING,
            env._("Odoo did not answer its own test event in time."),
            env._(
                "With one worker only, Odoo cannot answer itself, and this says nothing. Else give "
                "it more workers: Chatwoot gives up after 5 s."
            ),
        )
    return Line(
        topic,
        WARNING,
        env._("This server cannot reach its own webhook address."),
        env._("That may be so in your network. Chatwoot must be able to reach it."),
    )


def arrivals(env: Environment, facts: Facts) -> Iterator[Line]:
    """Whether events have arrived at all."""
    topic = env._("Events")
    if facts.setup.events_arrive:
        yield Line(topic, OK, env._("Chatwoot's events arrive here, rightly signed."))
    else:
        yield Line(
            topic,
            WARNING,
            env._("No event has arrived yet."),
            env._("Write a message in one of the inboxes and look again."),
        )
