"""What speaks for each role to lead an answer, as points that a reader can add up. Pure.

A role's points are the sum of weight times score over the factors that name it, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from ..contracts import ROLES, Candidate, Factor, RuleKind
from . import quotation
from . import vocabulary as v
from .own_case import is_own_case
from .text import plain

SERVICE: Final = "service"
"""Leads where nobody else may or nothing speaks for anybody."""
SALES: Final = "sales"
SCHEDULING: Final = "scheduling"
SUPPORT: Final = "support"
ORDERS: Final = "orders"

SERVICES_OF_ROLE: Final[Mapping[str, frozenset[str]]] = {
    SERVICE: frozenset(),
    SALES: frozenset({"sales"}),
    SCHEDULING: frozenset({"scheduling"}),
    SUPPORT: frozenset({"support"}),
    ORDERS: frozenset({"sales", "delivery"}),
}
"""One of these services has to be on for the role to lead; ``service`` always may."""

OF_INTENT: Final[Mapping[str, tuple[str, float]]] = {
    v.PRODUCT: (SALES, 1.0),
    v.PROMOTION: (SALES, 0.9),
    v.BOOKING: (SCHEDULING, 1.0),
    v.ORDER: (ORDERS, 1.0),
    v.POLICY: (SERVICE, 0.8),
    v.SERVICE: (SERVICE, 0.8),
    v.OPENING_HOURS: (SERVICE, 0.7),
    v.ADDRESS_CONTACT: (SERVICE, 0.7),
    v.ABOUT: (SERVICE, 0.7),
    v.IDENTITY: (SERVICE, 0.3),
}
"""Who deals with an intent, and how much it takes somebody of that trade."""
OF_KIND: Final[Mapping[RuleKind, str]] = {
    RuleKind.PROMOTION: SALES,
    RuleKind.SEASONAL: SALES,
    RuleKind.PRODUCT: SALES,
    RuleKind.EVENT: SALES,
    RuleKind.SCHEDULING: SCHEDULING,
    RuleKind.RETURN: SERVICE,
    RuleKind.DELIVERY: SERVICE,
    RuleKind.PAYMENT: SERVICE,
    RuleKind.GENERAL: SERVICE,
    RuleKind.SERVICE: SERVICE,
    RuleKind.HOLIDAY: SERVICE,
    RuleKind.OTHER: SERVICE,
}
"""Who deals with what a business rule speaks of."""

_APPOINTMENT: Final = re.compile(
    r"\b(?:agend\w+|marcar|marcad[oa]|remarc\w+|desmarc\w+|reagend\w+|reschedul\w+|antecedencia"
    r"|(?:minha|a) consulta|horarios? (?:vag[oa]s?|livres?|disponive(?:l|is)|de consulta)"
    r"|(?:tem|algum|consegue(?:m)?|quero|queria|preciso de|gostaria de) (?:um )?horario"
    r"|vagas? (?:para|hoje|amanha|n[ao]|de manha|a tarde)|encaix(?:e|ar)|appointments?"
    rf"|{v.APPOINTMENT_BOOKED}"
    r"|(?:free|available) slots?|cita|citas|turno)\b"
)
_BOUGHT: Final = (
    r"(?:pedidos?|produtos?|compras?|encomendas?|entregas?|pagamentos?|boletos?|pix|cartao|notas?"
    r"|aparelhos?|celular(?:es)?|notebooks?|computador(?:es)?|site|aplicativo|app|senha|conta"
    r"|cadastro|instalacao|garantia)\b"
)
_DEFECT: Final = re.compile(
    r"\b(?:nao (?:esta |estao )?(?:funcion\w+|lig\w+|carreg\w+|conect\w+|abr(?:e|iu))"
    # What stops selling or opening is a company.
    r"|(?:parou|deixou) de (?!vend|faz|fabric|entreg|aceit|atend|abrir|trabalh)\w+"
    r"|com defeito|defeituos[oa]|estragou|quebrou|quebrad[oa]"
    r"|(?:deu|da|dando) (?:um )?(?:problema|erro|pau)|trav(?:a|ou|ando)"
    # "com problema urinário" is an illness: there the kind of problem follows.
    r"|(?:esta|veio|chegou|tive) (?:com )?(?:um )?(?:problemas?|erros?)"
    r"(?= (?:n?[oa]s?|em|com|para|desde|e|que|quando)\b| *(?:[^\w ]|$))"
    # Who has a problem with hair or back wants what helps; with what was bought, a complaint.
    r"|(?:tenho|(?:estou|to) com) (?:um )?(?:problemas?|erros?)(?:(?= *(?:[^\w ]|$))"
    rf"| (?:com|n[oa]s?)(?: (?:[oa]s?|uma?|meus?|minhas?)){{0,2}} {_BOUGHT})"
    r"|(?:veio|chegou|vieram|chegaram|recebi) (?:\w+ ){0,3}(?:errad[oa]|trocad[oa]|quebrad[oa]"
    r"|amassad[oa]|vazi[oa]|faltando|aberto|rasgad[oa]|diferente|fri[oa]|queimad[oa]|cru[ao]?"
    r"|estragad[oa]|vencid[oa]|mofad[oa]|molhad[oa]|suj[oa]|murch[oa]|danificad[oa]|incomplet[oa])s?"
    r"|(?:veio|chegou|vieram|chegaram) sem (?:[oa]s?|meus?|minhas?|nenhuma?) \w+"
    r"|(?:esqueceram|faltou|faltaram) (?:d?[oa]s? |de )?"
    r"(?:(?:meus?|minhas?|um|uma|mandar|enviar) )?\w+"
    r"|(?:fui|fomos) cobrad[oa]s? (?:(?:duas|2|tres|3) vezes|a mais|em dobro|errado)"
    r"|(?:cobraram|paguei|cobrou) (?:(?:duas|2|tres|3) vezes|a mais|em dobro|errado)"
    r"|so (?:funciona|toca|liga|carrega|pega) (?:de|com|se|quando|n[ao]|em)"
    r"|(?:esta|fica|ficou|veio) (?:falhando|chiando|vazando|esquentando|descarregando|piscando)"
    r"|(?:does not|doesn'?t|not|stopped) work\w*|broken|faulty|defective"
    r"|no funciona|defectuoso|roto)\b"
)
_HOW_TO: Final = re.compile(
    r"\b(?:como (?:eu )?(?:instal\w+|configur\w+|us(?:o|a|ar)|mont(?:o|ar)|lig(?:o|ar)|resolv\w+"
    r"|consert\w+|arrum\w+|reset\w+)"
    r"|esqueci (?:a |minha )?senha|nao consigo (?:acessar|entrar|usar|ligar|conectar|instalar"
    r"|configurar|abrir)|assistencia tecnica|suporte tecnico|manual de instrucoes"
    r"|how (?:do i|to) (?:use|install|set up)|como (?:instalo|uso|configuro))\b"
)
_PURCHASE: Final = re.compile(
    # "O orçamento" is one that was made; who wants one says "um orçamento", or the word alone.
    r"\b(?:(?<!\bo )(?<!\bdo )(?<!\bno )orcamentos?|(?<!\ba )(?<!\bda )cotac(?:ao|oes)"
    r"|quero (?:comprar|encomendar|levar|fechar|pedir)"
    r"|queria (?:comprar|encomendar|levar|pedir)|vou (?:levar|querer|comprar)"
    r"|(?:want|like) to (?:buy|order)|quotation|a quote|quiero (?:comprar|encargar)"
    r"|presupuesto)\b"
)


def available(services: Collection[str]) -> frozenset[str]:
    """The roles that may lead with these services switched on."""
    on = frozenset(services)
    return frozenset(
        role for role in ROLES if not SERVICES_OF_ROLE[role] or SERVICES_OF_ROLE[role] & on
    )


def hints(text: str) -> dict[str, tuple[str, float]]:
    """What a text says beside its intents that calls for a role: name to role and score.

    ``appointment``: it speaks of an appointment; ``problem``: something does not work or came
    wrong, which is a complaint; ``how_to``: how a thing is used or mended, which is none;
    ``own_case``: it is about what happened to this customer.
    """
    read = plain(text)
    found = {}
    if _APPOINTMENT.search(read):
        found["appointment"] = (SCHEDULING, 0.9)
    if _PURCHASE.search(read) or quotation.is_wanted(text):
        found["purchase"] = (SALES, 0.8)
    if _DEFECT.search(v.NOT_OPEN.sub(" ", read)):
        found["problem"] = (SUPPORT, 1.0)
    elif _HOW_TO.search(read):
        found["how_to"] = (SUPPORT, 0.8)
    elif is_own_case(text):
        found["own_case"] = (ORDERS, 0.6)
    return found


def is_complaint(text: str) -> bool:
    """Whether something does not work, came wrong or was charged wrong."""
    return "problem" in hints(text)


def ranked(factors: Iterable[Factor]) -> tuple[Candidate, ...]:
    """Every role with its points, best first; of equal ones the order of ``ROLES``."""
    points = dict.fromkeys(ROLES, 0.0)
    for factor in factors:
        if factor.role is not None:
            points[factor.role] += factor.weight * factor.score
    order = sorted(ROLES, key=lambda role: -round(points[role], 6))
    return tuple(Candidate(name=role, score=round(points[role], 4)) for role in order)
