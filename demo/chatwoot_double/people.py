"""The shapes in which contacts, users and bots appear, which differ by place."""

from __future__ import annotations

from typing import Any

from .state import Account, Bot, Contact, Team, User


def account_data(account: Account) -> dict[str, Any]:
    """The small account object of webhooks."""
    return {"id": account.id, "name": account.name}


def contact_webhook(account: Account, contact: Contact) -> dict[str, Any]:
    """A contact as the top-level ``sender``: with its account and without ``type``."""
    return {
        "account": account_data(account),
        "additional_attributes": {},
        "avatar": "",
        "custom_attributes": {},
        "email": contact.email,
        "id": contact.id,
        "identifier": None,
        "name": contact.name,
        "phone_number": contact.phone_number,
        "thumbnail": "",
        "blocked": contact.blocked,
    }


def contact_nested(contact: Contact) -> dict[str, Any]:
    """A contact inside a conversation or nested message."""
    return {
        "additional_attributes": {},
        "custom_attributes": {},
        "email": contact.email,
        "id": contact.id,
        "identifier": None,
        "name": contact.name,
        "phone_number": contact.phone_number,
        "thumbnail": "",
        "blocked": contact.blocked,
        "type": "contact",
    }


def sender_webhook(account: Account, sender: Contact | User | Bot | None) -> dict[str, Any] | None:
    """The top-level ``sender`` of a message event."""
    if isinstance(sender, Contact):
        return contact_webhook(account, sender)
    if isinstance(sender, User):
        return {"id": sender.id, "name": sender.name, "email": sender.email, "type": "user"}
    if isinstance(sender, Bot):
        return {"id": sender.id, "name": sender.name, "type": "agent_bot"}
    return None


def sender_nested(sender: Contact | User | Bot) -> dict[str, Any]:
    """The ``sender`` of a nested message and of REST answers."""
    if isinstance(sender, Contact):
        return contact_nested(sender)
    if isinstance(sender, User):
        return user_nested(sender)
    return {"id": sender.id, "name": sender.name, "avatar_url": "", "type": "agent_bot"}


def assignee_id(assignee: User | Bot | None) -> int | None:
    """The column of that name, which holds people only; a bot has a column of its own."""
    return assignee.id if isinstance(assignee, User) else None


def user_nested(user: User) -> dict[str, Any]:
    """A user as assignee or sender."""
    return {
        "id": user.id,
        "name": user.name,
        "available_name": user.name.split()[0],
        "avatar_url": "",
        "type": "user",
        "availability_status": None,
        "thumbnail": "",
    }


def team_data(team: Team) -> dict[str, Any]:
    """A team inside a conversation."""
    return {"id": team.id, "name": team.name}


def sender_type(sender: Contact | User | Bot | None) -> str | None:
    """Rails' polymorphic class name of a message's author."""
    if sender is None:
        return None
    return {Contact: "Contact", User: "User", Bot: "AgentBot"}[type(sender)]
