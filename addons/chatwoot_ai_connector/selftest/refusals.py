"""Chatwoot's refusals of a token, in words that say what to do."""

from __future__ import annotations

from odoo.api import Environment

from ..delivery.problems import NotFound, Refused
from .ask import TooSlow
from .facts import Setup


def explained(env: Environment, setup: Setup, problem: Exception) -> tuple[str, str]:
    """What is wrong and what to do, for any problem that a token met."""
    if isinstance(problem, Refused):
        return _refused(env, setup, str(problem).casefold())
    if isinstance(problem, NotFound):
        return (
            env._("Chatwoot does not know account %s.", setup.number),
            env._("Compare the number with the address of your dashboard: /app/accounts/<number>."),
        )
    if isinstance(problem, TooSlow):
        return env._("There was no answer in time."), env._("Test again in a moment.")
    return str(problem), env._("Test again in a moment; then look into Chatwoot's log.")


def _refused(env: Environment, setup: Setup, words: str) -> tuple[str, str]:
    if "suspended" in words:
        return (
            env._("Account %s is suspended in Chatwoot.", setup.number),
            env._("Ask whoever runs your Chatwoot to activate it."),
        )
    if "invalid access token" in words:
        return (
            env._("Chatwoot does not know this token."),
            env._("Copy it from Chatwoot again, whole and without spaces."),
        )
    if "authorized to access this account" in words:
        return (
            env._("The token is valid, but not for account %s.", setup.number),
            env._("Use a token of this account, or correct the account number."),
        )
    if "sign in" in words:
        return (
            env._("The token did not reach Chatwoot."),
            env._("Let the proxy before Chatwoot pass on the header Api-Access-Token."),
        )
    if "not authorized to do this" in words:
        return (
            env._("The token's owner may not do this."),
            env._("Use the token of an administrator."),
        )
    return (
        env._("Chatwoot refuses the token."),
        env._("Copy it from Chatwoot again, and check what its owner may do."),
    )
