"""What a hand-over says, to the customer and to the attendant, in Portuguese and English."""

from __future__ import annotations

from typing import Any, Final

from ..contracts import HandoverReason as R

CUSTOMER: Final[dict[str, dict[str, dict[str, str]]]] = {
    "pt": {
        R.ASKED_FOR_PERSON: {
            "informal": "Claro! Vou chamar alguém da equipe para continuar com você.",
            "moderate": "Claro! Vou chamar uma pessoa da equipe para continuar o seu atendimento.",
            "formal": "Pois não. Uma pessoa da nossa equipe dará continuidade ao seu atendimento.",
        },
        R.NO_GROUNDED_ANSWER: {
            "informal": "Não encontrei essa informação por aqui. "
            "Vou chamar alguém da equipe para te ajudar.",
            "moderate": "Não encontrei essa informação por aqui. "
            "Vou pedir para uma pessoa da equipe ajudar você.",
            "formal": "Não disponho dessa informação no momento. "
            "Uma pessoa da nossa equipe dará continuidade ao seu atendimento.",
        },
        R.LOW_CONFIDENCE: {
            "informal": "Quero te passar a informação certa, "
            "então vou confirmar com alguém da equipe.",
            "moderate": "Para não passar uma informação errada, vou pedir para uma pessoa da "
            "equipe confirmar e responder você.",
            "formal": "Para garantir a informação correta, uma pessoa da nossa equipe vai "
            "confirmar os dados e responder em seguida.",
        },
        R.FRUSTRATION: {
            "informal": "Sinto muito por isso. Vou chamar alguém da equipe para resolver com você.",
            "moderate": "Sinto muito pelo transtorno. Vou chamar uma pessoa da equipe para cuidar "
            "disso com você.",
            "formal": "Lamentamos o ocorrido. Uma pessoa da nossa equipe dará atenção ao seu caso.",
        },
        R.SENSITIVE_TOPIC: {
            "informal": "Entendi. Isso merece a atenção de alguém da equipe. Já vou chamar.",
            "moderate": "Entendi. Esse assunto merece a atenção de uma pessoa da equipe, que vai "
            "continuar com você.",
            "formal": "Compreendemos. Esse assunto requer a atenção de uma pessoa da nossa equipe, "
            "que dará continuidade ao seu atendimento.",
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
        R.ASKED_FOR_PERSON: {
            "informal": "Sure! I am calling someone from the team to go on with you.",
            "moderate": "Of course. A person from our team will continue with you.",
            "formal": "Certainly. A member of our team will continue to assist you.",
        },
        R.NO_GROUNDED_ANSWER: {
            "informal": "I could not find that here. I am calling someone from the team to help.",
            "moderate": "I could not find that information. A person from our team will help you.",
            "formal": "I do not have that information. A member of our team will assist you.",
        },
        R.LOW_CONFIDENCE: {
            "informal": "I want to get this right, so I am checking with someone from the team.",
            "moderate": "To be sure that you get the right information, a person from our team "
            "will check and answer you.",
            "formal": "To ensure that the information is correct, a member of our team will "
            "verify it and reply shortly.",
        },
        R.FRUSTRATION: {
            "informal": "I am sorry about this. I am calling someone from the team to sort it out.",
            "moderate": "I am sorry for the trouble. A person from our team will take care of this "
            "with you.",
            "formal": "We apologise for the inconvenience. A member of our team will attend to "
            "your case.",
        },
        R.SENSITIVE_TOPIC: {
            "informal": "I understand. Someone from the team should look at this with you.",
            "moderate": "I understand. This deserves the attention of a person from our team, who "
            "will continue with you.",
            "formal": "We understand. This matter requires the attention of a member of our team, "
            "who will continue to assist you.",
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
"""By language, reason and formality. ``partly`` follows an answer; ``other`` is for all reasons
without words of their own."""

URGENT: Final[dict[str, dict[str, str]]] = {
    "pt": {
        "emergency": "Se for uma emergência, procure atendimento imediatamente "
        "ou ligue para o serviço de emergência.",
        "self_harm": "Se precisar conversar agora, o CVV atende 24 horas pelo telefone 188. "
        "Em caso de perigo imediato, ligue para o serviço de emergência.",
    },
    "en": {
        "emergency": "If this is an emergency, seek help immediately or call the emergency "
        "services.",
        "self_harm": "If you are in danger or need to talk now, please call the emergency services "
        "or a crisis line near you.",
    },
}
"""What cannot wait for a person of the team, by sensitive topic."""

NOTE: Final[dict[str, dict[str, Any]]] = {
    "pt": {
        "reason": "Motivo",
        R.ASKED_FOR_PERSON: "o cliente pediu para falar com uma pessoa",
        R.NO_GROUNDED_ANSWER: "a pergunta não tem resposta nos dados da empresa",
        R.ERROR: "houve um problema técnico ao preparar a resposta",
        R.DEADLINE: "a resposta não ficou pronta a tempo",
        R.CLOSED: "a mensagem chegou fora do horário de atendimento",
        R.LOW_CONFIDENCE: "há uma resposta, mas pouca coisa nos dados da empresa a sustenta",
        R.FRUSTRATION: "o cliente está insatisfeito",
        R.SENSITIVE_TOPIC: "o assunto é delicado",
        R.RULE: "uma regra da empresa pede atendimento humano neste caso",
        R.MODEL_DOWN: "o modelo de linguagem está fora do ar ou não aceitou a pergunta",
        R.BUDGET: "o limite de uso do modelo de linguagem para esta mensagem foi atingido",
        "question": "Mensagem do cliente",
        "summary": "Resumo da conversa",
        "earlier": "{count} mensagens anteriores",
        "earlier_one": "1 mensagem anterior",
        "customer": "Cliente",
        "crew": "Assistente",
        "attendant": "Atendente",
        "open": "Em aberto",
        "search_documents": "documentos",
        "find_products": "produtos",
        "products_by_id": "preços dos serviços",
        "search_rules": "regras",
        "subjects": "Assuntos",
        "tried": "Buscas feitas",
        "failed": "Fontes que não responderam",
        "refused": "Retirado da resposta por falta de comprovação",
        "suggested": "Resposta sugerida (não enviada)",
        "nearest": "Trecho mais próximo da pergunta ({title})",
    },
    "en": {
        "reason": "Reason",
        R.ASKED_FOR_PERSON: "the customer asked for a person",
        R.NO_GROUNDED_ANSWER: "the company's data hold no answer to the question",
        R.ERROR: "a technical problem while preparing the answer",
        R.DEADLINE: "the answer was not ready in time",
        R.CLOSED: "the message came outside opening hours",
        R.LOW_CONFIDENCE: "there is an answer, but little in the company's data supports it",
        R.FRUSTRATION: "the customer is annoyed",
        R.SENSITIVE_TOPIC: "the subject is sensitive",
        R.RULE: "a rule of the company wants a person to answer this",
        R.MODEL_DOWN: "the language model is down or did not accept the question",
        R.BUDGET: "the limit of what one message may use of the language model is reached",
        "question": "Customer's message",
        "summary": "Summary of the conversation",
        "earlier": "{count} earlier messages",
        "earlier_one": "1 earlier message",
        "customer": "Customer",
        "crew": "Assistant",
        "attendant": "Attendant",
        "open": "Open question",
        "search_documents": "documents",
        "find_products": "products",
        "products_by_id": "prices of services",
        "search_rules": "rules",
        "subjects": "Subjects",
        "tried": "Searches made",
        "failed": "Sources that did not respond",
        "refused": "Taken out of the answer for want of evidence",
        "suggested": "Suggested reply (not sent)",
        "nearest": "Passage nearest to the question ({title})",
    },
}


def language_of(language: str | None) -> str:
    """Key of the tables above; Portuguese when nothing is known."""
    return "pt" if language is None or language.lower().startswith("pt") else "en"
