"""What customers say when they want something, as patterns over ``text.plain``.

Portuguese first, then English and Spanish. A pattern's number is how sure it makes us, 0 to 1.
"""

from __future__ import annotations

import re
from typing import Final

GREETING: Final = "greeting"
THANKS: Final = "thanks"
OPENING_HOURS: Final = "opening_hours"
ADDRESS_CONTACT: Final = "address_contact"
PRODUCT: Final = "product_price_stock"
PROMOTION: Final = "promotion"
POLICY: Final = "policy_question"
PERSON: Final = "person_request"
IDENTITY: Final = "identity"
OTHER: Final = "other"

_PERSON_WORDS = (
    r"(?:pessoa|atendente|humano|humana|alguem|gerente|vendedor|vendedora|responsavel|consultor"
    r"|dono|dona|recepcao|recepcionista|person|human|agent|someone|representative|manager"
    r"|persona|agente|asesor)"
)

_ROBOT = r"(?:robo|bot|chatbot|maquina|ia)"

_NOD = (
    r"(?:ok|okay|okey|beleza|certo|certinho|(?:esta|tudo) (?:bom|bem|certo|ok)|entendi|entendido"
    r"|perfeito|legal|show|otim[oa]|maravilha|combinado|joia|(?:era |e )?so isso"
    r"|nao(?=[^\w?]*$|[^\w? ]| so isso| por enquanto| obrigad))"
)
"""Says that what was said is enough; "não" only by itself, for "não entendi" asks again."""

_GOODS = (
    r"(?:rac(?:ao|oes)|pacotes?|embalage(?:m|ns)|sac[oa]s?|produtos?|caixas?|ite(?:m|ns)|potes?"
    r"|frascos?|brinquedos?|(?:medicamento|remedio)s?|areias?|lacres?)"
)
"""What is opened by a customer and not by its staff: an open package is no opening hour."""

_SOURCES: dict[str, list[tuple[str, float]]] = {
    GREETING: [
        (r"^(?:oi+e?|ola|opa|e ai|hello|hi|hey|hola|alo)\b", 1.0),
        (r"\b(?:bom dia|boa tarde|boa noite|good (?:morning|afternoon|evening))\b", 1.0),
        (r"\b(?:buen(?:os|as) (?:dias|tardes|noches))\b", 1.0),
    ],
    THANKS: [
        (r"\b(?:obrigad[oa]|valeu|agradec\w+|thanks|thank you|gracias)\b", 1.0),
        (r"\b(?:tchau|ate (?:logo|mais|breve)|bye|adeus)\b", 1.0),
        (rf"^[^\w?]*{_NOD}(?:[^\w?]+(?:{_NOD}|entao|ai|por enquanto))*[^\w?]*$", 1.0),
    ],
    OPENING_HOURS: [
        (r"\bhorarios? (?:de |do |da )?(?:funcionamento|atendimento|abertura|voces|loja)", 1.0),
        (r"\b(?:horario|expediente|opening hours|business hours|horarios)\b", 0.8),
        (r"\b(?:abrem?|fecham?|funcionam?)\b", 0.8),
        (rf"(?:^|[.?!,])(?:(?!\b{_GOODS}\b)[^.?!,])*\b(?:abert|fechad)[oa]s?\b", 0.8),
        (r"\b(?:que horas|ate que hora|what time|a que hora)\b", 0.7),
        (
            r"\batendem? (?:aos? |no |na |em |as )?"
            r"(?:hoje|amanha|sabado|domingo|segunda|terca|quarta|quinta|sexta|feriado"
            r"|fim de semana)",
            0.9,
        ),
        (r"\b(?:are you open|do you open|when do you (?:open|close)|open (?:on|today))\b", 1.0),
    ],
    ADDRESS_CONTACT: [
        (r"\b(?:endereco|address|direccion)\b", 1.0),
        (r"\bonde (?:voces )?(?:fica|ficam|e a loja|e a clinica|estao|se localiza)", 1.0),
        (r"\b(?:localizacao|como (?:eu )?(?:chego|chegar)|where are you|located)\b", 1.0),
        (r"\b(?:telefone|e-?mail|site|website|phone number|telefono)\b", 0.8),
        (r"\b(?:contato|whatsapp) (?:de voces|da loja|da clinica|da empresa)", 0.8),
    ],
    PRODUCT: [
        (r"\b(?:preco|precos|price|prices|precio)\b", 1.0),
        (
            r"\bquanto (?:que )?(?:custa|custam|e|esta|estao|sai|fica|ficam|vale|cobra)"
            r"(?! (?:o |de )?desconto)",
            1.0,
        ),
        (r"\b(?:how much|cuanto (?:cuesta|vale))\b", 1.0),
        (r"\b(?:qual (?:e )?o )?valor (?:d[aoe]s?|para|por)\b", 0.9),
        (r"\b(?:estoque|in stock|disponivel|disponiveis|pronta entrega|available)\b", 0.8),
        (r"\b(?:vendem?|comprar|do you (?:sell|have)|venden)\b", 0.7),
        (
            r"\b(?:tem|voces tem|teria|tienen) (?!como\b|que\b|alguem\b|alguma? promo|desconto)\w+",
            0.4,
        ),
    ],
    PROMOTION: [
        (r"\b(?:promocao|promocoes|promocional|promotion|promotions|promocion)\b", 1.0),
        (r"\b(?:desconto|descontos|oferta|ofertas|cupom|discount|discounts|descuento)\b", 1.0),
        (r"\b(?:liquidacao|black friday|special offer|on sale)\b|\d ?% ?off\b", 1.0),
        (r"\d ?%", 0.8),
    ],
    POLICY: [
        (r"\b(?:trocar?|trocas|devolv\w+|devoluc\w+|reembols\w+|garantia|arrepend\w+)\b", 1.0),
        (r"\b(?:frete|entregam?|entregas?|envio|enviam?|prazo|retirada|retirar)\b", 0.9),
        (r"\b(?:pagar|pagamento|pix|boleto|cartao|cartoes|parcel\w+|dinheiro)\b", 0.9),
        (r"\b(?:cancel\w+|desmarc\w+|remarc\w+|reagend\w+|politica\w*|regras?)\b", 0.9),
        (r"\b(?:convenio\w*|plano|planos)\b", 0.9),
        (r"\b(?:aceitam?|atendem|precisa de|preciso de)\b", 0.5),
        (r"\b(?:return\w*|refund\w*|warranty|deliver\w*|shipping|payment|pay|cancel)\b", 0.9),
        (r"\b(?:como funciona|e possivel|posso|pode|da para)\b", 0.4),
    ],
    IDENTITY: [
        (r"\b(?:robo|chatbot|inteligencia artificial|assistente virtual)\b", 1.0),
        (r"\b(?:voce e (?:um |uma )?(?:bot|ia|humano|humana|pessoa|gente))\b", 1.0),
        (r"\b(?:qual (?:e )?(?:o )?seu nome|quem (?:e voce|esta falando|fala)|are you a)\b", 1.0),
    ],
    PERSON: [
        (
            r"\b(?:falar|conversar|conversa|contato|atendimento|atendido|transfer\w+|passar?"
            r"|chamar?|chama|chame|talk|speak|hablar)\b[^.?!\n]{0,25}\b" + _PERSON_WORDS + r"\b",
            1.0,
        ),
        (r"\b(?:quero|preciso|gostaria|queria) (?:de )?(?:um |uma )?" + _PERSON_WORDS + r"\b", 1.0),
        (r"\batendimento humano\b|\bpessoa (?:real|de verdade)\b|\breal person\b", 1.0),
        (rf"^(?:um |uma )?{_PERSON_WORDS}[,.!? ]*(?:por favor|please)?[.!? ]*$", 1.0),
        (
            r"\b(?:quero|preciso|gostaria|queria) (?:de )?atendimento(?= *(?:[.,!?]|$|por favor))",
            1.0,
        ),
        (r"\b(?:tem|ha) alguem (?:ai|online|disponivel)\b|\balguem ai\b", 1.0),
        (r"(?<!nao )\bme (?:liga|ligar|ligue|liguem|telefon\w+)\b|\bcall me\b", 1.0),
        (rf"\bnao quero (?:falar|conversar|ser atendid[oa])\b[^.?!,]{{0,15}}\b{_ROBOT}\b", 1.0),
    ],
}

NOD: Final = re.compile(rf"\b{_NOD}\b")
"""The same beside other pleasantries, as in "bom dia, ok"."""

PATTERNS: Final[dict[str, tuple[tuple[re.Pattern[str], float], ...]]] = {
    intent: tuple((re.compile(source), sure) for source, sure in sources)
    for intent, sources in _SOURCES.items()
}

REFUSES_PERSON: Final = re.compile(
    r"\b(?:nao|sem|don'?t|no) (?:quero|queria|preciso|precisa|precisar|want|need|quiero)\b"
    rf"(?:(?!\b{_ROBOT}\b)[^.?!,\n]){{0,30}}\b{_PERSON_WORDS}\b"
)
"""Somebody who says that no person is needed is not asking for one."""
