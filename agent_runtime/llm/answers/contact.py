"""Answering where the company is, how to reach it and where else it is found."""

from __future__ import annotations

import re
from typing import Final

from ...contracts import ContactPoint
from ...decision.concepts import concepts
from ...decision.terms import named
from ...decision.text import plain
from ...engine.briefing import Briefing
from .phrases import phrases
from .statement import Statement

_MAIN: Final = {
    "address": r"endereco|address|onde|localiz|como (?:eu )?cheg|where|located|direccion",
    "phone": r"telefone|phone|ligar|celular|numero",
    "email": r"e-?mail",
    "website": r"\bsite\b|website|pagina|internet",
    "tax_id": r"\bcnpj\b|tax (?:id|number)|razao social",
}
_NETWORKS: Final = ("instagram", "facebook", "tiktok", "youtube", "linkedin", "x")
_SHOPS: Final = ("mercado_livre", "shopee", "amazon")
_KINDS: Final[dict[str, str]] = {
    "address": r"filia(?:l|is)|unidades?\b|outr[ao]s? (?:lojas?|enderecos?)"
    r"|lojas? (?:fisicas?|n[ao]s?\b|em\b)|\bsedes?\b|branch|stores?\b",
    "phone": _MAIN["phone"],
    "whatsapp": r"whatsapp",
    "email": _MAIN["email"],
    "website": _MAIN["website"],
    "instagram": r"\binsta(?:gram)?\b",
    "facebook": r"\bface(?:book)?\b",
    "tiktok": r"tik ?tok",
    "youtube": r"youtube",
    "linkedin": r"linkedin",
    "x": r"\btwitter\b",
    "mercado_livre": r"mercado livre",
    "shopee": r"shopee",
    "amazon": r"amazon",
}
_GROUPS: Final = {
    r"redes? socia|social media": _NETWORKS,
    r"marketplaces?|loja online|lojas online": _SHOPS,
}
_BRANCH_IN: Final = re.compile(
    r"\b(?:lojas?|unidades?|filia(?:l|is)|sedes?|branch(?:es)?|store)(?: fisicas?)?"
    r" (?:em|na|no|nas|nos|in) (?P<place>[a-z][a-z ]{2,30})"
)
_CONFIG = ("config",)
_LABEL_WORDS = frozenset({"whatsapp", "telefone", "email", "endereco", "loja", "filial", "unidade"})


def answer(briefing: Briefing) -> list[Statement]:
    """The facts asked for, as far as they are published; all of them for a general question."""
    read = plain(briefing.question)
    main = [field for field, pattern in _MAIN.items() if re.search(pattern, read)]
    kinds = {kind for kind, pattern in _KINDS.items() if re.search(pattern, read)}
    for pattern, group in _GROUPS.items():
        if re.search(pattern, read):
            kinds.update(group)
    if kinds & {*_NETWORKS, *_SHOPS}:
        kinds.discard("address")  # a shop on a marketplace is no branch
    if not main and not kinds:
        main = [field for field in _MAIN if field != "tax_id"]
        kinds = {"whatsapp", *_NETWORKS}
    elif "whatsapp" in kinds and not any(c.kind == "whatsapp" for c in briefing.company.contacts):
        main.append("phone")  # a company with one number gives it for both
    contacts = [c for c in briefing.company.contacts if c.kind in kinds]
    if meant := _meant(contacts, briefing):
        # Who asks for a branch by its name wants that one and not the main address.
        contacts = meant
        main = [field for field in main if field not in {c.kind for c in meant}]
    elif "address" in kinds and "address" not in main:
        main.append("address")
    return [
        *_no_branch(contacts, briefing),
        *_of_profile(main, briefing),
        *(Statement(_line(c, briefing.language), _CONFIG) for c in contacts),
    ]


def farewell(contacts: tuple[ContactPoint, ...], website: str | None, language: str) -> list[str]:
    """The lines of a farewell: the website and the contacts that belong there."""
    say = phrases(language)
    lines = [say["website"].format(value=website)] if website else []
    return lines + [_line(contact, language) for contact in contacts if contact.in_farewell]


def one_line(value: str) -> str:
    """An address is kept as it is written on a letter; in a sentence it is one line."""
    return ", ".join(line.strip(" ,") for line in value.splitlines() if line.strip(" ,"))


def _of_profile(fields: list[str], briefing: Briefing) -> list[Statement]:
    say = phrases(briefing.language)
    facts = briefing.company.model_dump()
    return [
        Statement(say[field].format(value=one_line(facts[field])), _CONFIG)
        for field in fields
        if facts[field]
    ]


def _no_branch(contacts: list[ContactPoint], briefing: Briefing) -> list[Statement]:
    """That none of the addresses is in the place for which a branch is asked."""
    found = _BRANCH_IN.search(plain(briefing.question))
    if not found or {c.kind for c in contacts} - {"address"}:
        return []
    places = f"{briefing.company.address or ''} {' '.join(_words(c) for c in contacts)}"
    known = briefing.company.address or contacts
    if not known or not concepts(found["place"]) or concepts(found["place"]) & concepts(places):
        return []
    return [Statement(phrases(briefing.language)["no_branch"], _CONFIG)]


def _meant(contacts: list[ContactPoint], briefing: Briefing) -> list[ContactPoint]:
    """The contacts whose label, or street, the question names."""
    spoken = concepts(" ".join(set(named(briefing.question)) - _LABEL_WORDS))
    return [contact for contact in contacts if spoken & concepts(_words(contact))]


def _words(contact: ContactPoint) -> str:
    return f"{contact.label or ''} {contact.value if contact.kind == 'address' else ''}"


def _line(contact: ContactPoint, language: str) -> str:
    say = phrases(language)
    kind = say["contact_kinds"][contact.kind]
    if contact.kind == "other":
        name = contact.label or kind
    else:
        name = f"{kind} ({contact.label})" if contact.label else kind
    value = one_line(contact.value)
    return say["own_link" if "://" in value else "own_field"].format(name=name, value=value)
