"""Handing over to a person: what the customer reads and what the attendant reads. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ..contracts import HandoverReason, TenantConfig
from ..decision import wording
from .claims import Claim

_CUSTOMER = {
    "pt": {
        HandoverReason.ASKED_FOR_PERSON: {
            "informal": "Claro! Vou chamar alguém da equipe para continuar com você.",
            "moderate": "Claro! Vou chamar uma pessoa da equipe para continuar o seu atendimento.",
            "formal": "Pois não. Uma pessoa da nossa equipe dará continuidade ao seu atendimento.",
        },
        HandoverReason.NO_GROUNDED_ANSWER: {
            "informal": "Não encontrei essa informação por aqui. "
            "Vou chamar alguém da equipe para te ajudar.",
            "moderate": "Não encontrei essa informação por aqui. "
            "Vou pedir para uma pessoa da equipe ajudar você.",
            "formal": "Não disponho dessa informação no momento. "
            "Uma pessoa da nossa equipe dará continuidade ao seu atendimento.",
        },
        "partly": {
            "informal": "Vou chamar alguém da equipe para te ajudar com isso.",
            "moderate": "Vou pedir para uma pessoa da equipe ajudar você com isso.",
            "formal": "Uma pessoa da nossa equipe dará continuidade a esse ponto.",
        },
        "other": {
            "informal": "Recebi sua mensagem! Vou chamar alguém da equipe para te responder.",
            "moderate": "Recebi sua mensagem. Uma pessoa da equipe vai responder você.",
            "formal": "Recebemos a sua mensagem. Uma pessoa da nossa equipe responderá em seguida.",
        },
    },
    "en": {
        HandoverReason.ASKED_FOR_PERSON: {
            "informal": "Sure! I am calling someone from the team to go on with you.",
            "moderate": "Of course. A person from our team will continue with you.",
            "formal": "Certainly. A member of our team will continue to assist you.",
        },
        HandoverReason.NO_GROUNDED_ANSWER: {
            "informal": "I could not find that here. I am calling someone from the team to help.",
            "moderate": "I could not find that information. A person from our team will help you.",
            "formal": "I do not have that information. A member of our team will assist you.",
        },
        "partly": {
            "informal": "I am calling someone from the team to help with that.",
            "moderate": "A person from our team will help you with that.",
            "formal": "A member of our team will assist you with that.",
        },
        "other": {
            "informal": "Got your message! Someone from the team will answer you.",
            "moderate": "I have received your message. A person from our team will answer you.",
            "formal": "We have received your message. A member of our team will reply shortly.",
        },
    },
}

_NOTE = {
    "pt": {
        "reason": "Motivo",
        HandoverReason.ASKED_FOR_PERSON: "o cliente pediu para falar com uma pessoa",
        HandoverReason.NO_GROUNDED_ANSWER: "a pergunta não tem resposta nos dados da empresa",
        HandoverReason.ERROR: "houve um problema técnico ao preparar a resposta",
        HandoverReason.DEADLINE: "a resposta não ficou pronta a tempo",
        HandoverReason.CLOSED: "a mensagem chegou fora do horário de atendimento",
        "question": "Mensagem do cliente",
        "search_documents": "documentos",
        "find_products": "produtos",
        "products_by_id": "preços dos serviços",
        "search_rules": "regras",
        "subjects": "Assuntos",
        "tried": "Buscas feitas",
        "failed": "Fontes que não responderam",
        "refused": "Retirado da resposta por falta de comprovação",
    },
    "en": {
        "reason": "Reason",
        HandoverReason.ASKED_FOR_PERSON: "the customer asked for a person",
        HandoverReason.NO_GROUNDED_ANSWER: "the company's data hold no answer to the question",
        HandoverReason.ERROR: "a technical problem while preparing the answer",
        HandoverReason.DEADLINE: "the answer was not ready in time",
        HandoverReason.CLOSED: "the message came outside opening hours",
        "question": "Customer's message",
        "search_documents": "documents",
        "find_products": "products",
        "products_by_id": "prices of services",
        "search_rules": "rules",
        "subjects": "Subjects",
        "tried": "Searches made",
        "failed": "Sources that did not respond",
        "refused": "Taken out of the answer for want of evidence",
    },
}

QUESTION_CHARACTERS = 500


def customer_text(
    reason: HandoverReason, config: TenantConfig | None, *, partly: bool = False
) -> str:
    """What the customer is told. Never technical; Portuguese when nothing is known.

    ``partly``: it follows an answer that has already said what is missing.
    """
    texts = _CUSTOMER[_language(config)]
    formality = config.voice.formality if config else "moderate"
    return texts["partly" if partly else reason if reason in texts else "other"][formality]


def note(
    reason: HandoverReason,
    config: TenantConfig | None,
    question: str,
    *,
    intents: Sequence[str] = (),
    queries: Sequence[str] = (),
    failures: Sequence[str] = (),
    refused: Sequence[Claim] = (),
) -> str:
    """The attendant's private note: why, what was asked and what was tried. CommonMark."""
    say = _NOTE[_language(config)]
    words = wording.of(config.language if config else "pt_BR")

    def named(entry: str) -> str:
        tool, _, rest = entry.partition(": ")
        return f"{say.get(tool, tool)}: {rest}"

    lines = [f"**{say['reason']}:** {say[reason]}."]
    lines += [f"**{say['question']}:** {question[:QUESTION_CHARACTERS]}"]
    for label, items in (
        ("subjects", [words.intent(intent) for intent in intents]),
        ("tried", [named(query) for query in queries]),
        ("failed", [named(failure) for failure in failures]),
        ("refused", [claim.value for claim in refused]),
    ):
        if items:
            lines.append(f"**{say[label]}:** {'; '.join(items)}")
    return "\n\n".join(lines)


def _language(config: TenantConfig | None) -> str:
    return "pt" if config is None or config.language.lower().startswith("pt") else "en"
