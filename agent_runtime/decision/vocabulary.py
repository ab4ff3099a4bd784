"""What customers say when they want something, as patterns over ``text.plain``.

Portuguese first, then English and Spanish. A pattern's number is how sure it makes us, 0 to 1.
"""

from __future__ import annotations

import re
from typing import Final

from . import person_request

GREETING: Final = "greeting"
THANKS: Final = "thanks"
OPENING_HOURS: Final = "opening_hours"
ADDRESS_CONTACT: Final = "address_contact"
PRODUCT: Final = "product_price_stock"
PROMOTION: Final = "promotion"
POLICY: Final = "policy_question"
PERSON: Final = "person_request"
SERVICE: Final = "service_catalogue"
BOOKING: Final = "booking"
"""The wish for an appointment, not a question about how one is made."""
ORDER: Final = "order"
"""Where an order is, or what has become of it."""
ABOUT: Final = "about_company"
RATING: Final = "rating"
"""Only ever decided from what the crew asked before, never from words alone."""
IDENTITY: Final = "identity"
OTHER: Final = "other"

_NOD = (
    r"(?:ok|okay|okey|beleza|certo|certinho|(?:esta|tudo) (?:bom|bem|certo|ok)|entendi|entendido"
    r"|cool|great|perfect|awesome|alright|got it|(?:sounds|all) good"
    r"|perfeito|legal|show|otim[oa]|maravilha|combinado|joia|(?:era |e )?so isso"
    r"|nao(?=[^\w?]*$|[^\w? ]| so isso| por enquanto| obrigad))"
)
"""Says that what was said is enough; "não" only by itself, for "não entendi" asks again."""

_HOW_ARE_YOU = (
    r"(?:tudo (?:bem|bom|certo|joia|tranquilo)|como (?:vai|vao|esta|estao)|how are you|que tal)"
    r"(?: com)?(?: (?:voces?|por ai|ai))?"
)
_LAUGHTER = r"(?:k{2,}|(?:ha){2,}h?|(?:he){2,}h?|(?:rs){1,}|(?:ja){2,}|lol)"

_GOODS = (
    r"(?:rac(?:ao|oes)|pacotes?|embalage(?:m|ns)|sac[oa]s?|produtos?|caixas?|ite(?:m|ns)|potes?"
    r"|frascos?|brinquedos?|(?:medicamento|remedio)s?|areias?|lacres?)"
)
"""What is opened by a customer and not by its staff: an open package is no opening hour."""

_PREMISES = (
    r"(?:lugar|espaco|area|estaciona\w+|vagas?\b|acess\w+|wi-?fi|internet|banheiro|rampa"
    r"|elevador|ar[- ]condicionado|cadeir(?:ao|inha)|fraldario|trocador|brinquedoteca"
    r"|musica|show|manobrista|parking|restrooms?|wheelchair)"
)
"""What a place has and does not sell."""

_BOOKING = r"(?:marcar|marco|agendar|agendo|agendamentos?|reservar|book|schedule)"
"""The hours at which something may be booked are not the hours at which the door is open."""

_NETWORKS = (
    r"(?:instagram|insta|facebook|tiktok|youtube|linkedin|twitter|redes? socia(?:l|is)"
    r"|mercado livre|shopee|amazon|marketplaces?|social media)"
)
_BRANCH_EN = r"(?:an? |any |another |other |more )?(?:branch(?:es)?|whatsapp|website|phone)"
_BRANCH = (
    r"(?:filia(?:l|is)|branch(?:es)?|outr[ao]s? (?:lojas?|unidades?|enderecos?)|lojas? fisicas?"
    r"|(?:lojas?|unidades?|sedes?) (?:na|no|em|nas|nos) (?!estoque))"
)

_DAY = (
    r"(?:hoje|amanha|segunda|terca|quarta|quinta|sexta|sabados?|domingos?|feriados?|fim de semana"
    r"|finais de semana|natal|ano novo|carnaval|(?:horario|hora) (?:de|do) almoco)"
)
_HOUSE = r"(?:voces?|lojas?|clinicas?|empresas?|unidades?|consultorios?|restaurantes?|ai)"
NOT_OPEN: Final = re.compile(
    rf"\b(?:{_HOUSE}|{_DAY})(?:[- ]feira)? (?:nao|nem) (?:vao |vai )?(?:abr\w+|fech\w+|funcion\w+)"
    r"|\bnao (?:vao |vai )?(?:abr\w+|fech\w+|funcion\w+) (?:(?!desde\b|depois\b)\w+ ){0,3}"
    rf"{_DAY}\b"
)
"""A company that does not open, where a thing that does not open is broken."""

_GOODS_TO_FETCH = rf"[^.?!]*\b(?:retir\w+|busc\w+|pega\w*|{_GOODS}|unidades?)\b"
_BOOK = rf"(?:agendar|marcar|reservar(?!{_GOODS_TO_FETCH})|book)"
"""Goods are put aside until they are fetched, and an appointment is booked."""

_ORDERED = r"(?:pedidos?|encomendas?|compras?|pacotes?|mercadorias?)"
_MINE = r"(?:meus?|minhas?)"
_OWN_ORDER = (
    rf"(?:{_MINE} (?:ultim[oa]s? )?(?:{_ORDERED}|entregas?)"
    rf"|(?:[oa]s?|d[oa]s?|ess[ea]|dess[ea]) {_ORDERED})"
)
"""Somebody's order: "entrega" and what has no article may be anybody's."""
_OWN_ORDER_EN = r"\b(?:my|the|this|that) (?:orders?|packages?|parcels?|deliver(?:y|ies))"
_OWN_ORDER_ES = r"\b(?:mis?|el|la|del|los) (?:pedidos?|paquetes?|envios?|compras?|orden)"

DURATION: Final = re.compile(
    r"\bquanto (?:tempo )?(?:dura|duram|demora|demoram|leva|levam)\b(?! (?:a|para) entreg)"
    r"|\b(?:dura|demora|leva)m? quanto(?: tempo)?\b(?! (?:para|ate|a) (?:cheg|entreg))"
    r"|\b(?:duracao|how long (?:does|is|do))\b"
)

_COUNT = r"(?:\d{1,3}|dois|duas|tres|quatro|cinco|seis|sete|oito|nove|dez|doze)"
_UNCOUNTED = (
    r"(?!(?:h|hs|horas?|horarios?|minut\w+|dias?|mes|meses|semanas?|anos?|vezes|x|vias?|fotos?"
    r"|copias?|pessoas?|lugares?|mesas?|reais|real|parcelas?|vagas?|orcamentos?|perguntas?|duvidas?|coisas?"
    r"|agendamentos?|consultas?|sessoes|atendimentos?|e|ou|a|de|por|em|para|com)\b)"
)
ORDER_WISH: Final = (
    rf"\b(?<!nao )(?:me (?:ve|da|traz|separa|arruma|manda|vende)|manda|separa|traz|quero|queria"
    rf"|queremos|gostaria de|preciso de|vou (?:querer|levar|pedir)|fico com)(?: ai)? {_COUNT}"
    rf" {_UNCOUNTED}[a-z]"
    r"|\b(?:me ve|vou (?:querer|levar|pedir)|(?:quero|queria|gostaria de) pedir)(?: ai)? uma?"
    rf" {_UNCOUNTED}[a-z]"
)
"""Somebody orders: "me vê 2 cabos", "vou querer uma calabresa"."""

_SOURCES: dict[str, list[tuple[str, float]]] = {
    GREETING: [
        (r"^(?:oi+e?|ola|opa|e ai|hello|hi|hey|hola|alo)\b", 1.0),
        (r"\b(?:bom dia|boa tarde|boa noite|good (?:morning|afternoon|evening))\b", 1.0),
        (r"\b(?:buen(?:os|as) (?:dias|tardes|noches))\b", 1.0),
        (rf"^\W*{_HOW_ARE_YOU}\W*\?\W*$", 1.0),
    ],
    THANKS: [
        (r"\b(?:obrigad[oa]|valeu|agradec\w+|thanks|thank you|gracias)\b", 1.0),
        (r"\b(?:tchau|ate (?:logo|mais|breve)|bye|adeus)\b", 1.0),
        (rf"^\W*{_LAUGHTER}\W*$", 1.0),
        (rf"^[^\w?]*{_NOD}(?:[^\w?]+(?:{_NOD}|entao|ai|por enquanto))*[^\w?]*$", 1.0),
    ],
    OPENING_HOURS: [
        (r"\bhorarios? (?:de |do |da )?(?:funcionamento|atendimento|abertura|voces|loja)", 1.0),
        (
            r"\b(?:horarios?|expediente|opening hours|business hours)\b"
            rf"(?![^.?!]*\b{_BOOKING}\b)",
            0.8,
        ),
        (r"(?<!como )(?<!nao )\b(?:abrem?|fecham?|funcionam?)\b", 0.8),
        (NOT_OPEN.pattern, 0.8),
        (r"\b(?:vao|vai|irao) (?:abrir|fechar|funcionar)\b(?! (?:o|a|um|uma)\b)", 0.8),
        (rf"(?:^|[.?!,])(?:(?!\b{_GOODS}\b)[^.?!,])*\b(?:abert|fechad)[oa]s?\b", 0.8),
        (r"\bda tempo de (?:eu )?(?:ir|passar|chegar|dar um pulo)\b", 0.8),
        (r"\b(?:que horas|ate que hora|what time|a que hora)\b", 0.7),
        (
            r"\batendem? (?:aos? |no |na |em |as )?"
            r"(?:hoje|amanha|sabado|domingo|segunda|terca|quarta|quinta|sexta|feriado"
            r"|fim de semana)",
            0.9,
        ),
        (
            r"\b(?:(?:are|is|r|do|does) (?:you|u|(?:the |your )?(?:shop|store|place|office))"
            r" (?:(?:guys|still|now|also|even) )*(?:open|closed?)|when do you (?:open|close)"
            r"|open (?:on|today|now)|(?:your|the|shop|store|holiday|weekend) hours"
            r"|(?:which|what) hours|hours (?:today|tomorrow|on))\b",
            1.0,
        ),
        (r"\b(?:abiertos?|cerrados?|abren|cierran|horario de atencion)\b", 0.8),
    ],
    ADDRESS_CONTACT: [
        (r"\b(?:endereco|address|direccion)\b", 1.0),
        (r"\bonde (?:voces )?(?:fica|ficam|e a loja|e a clinica|estao|se localiza)", 1.0),
        (r"\b(?:ficam?|sao) (?:de )?onde\b(?! [oa]s? (?!loja|clinica|salao))", 0.8),
        (r"\bde onde (?:voces )?(?:sao|falam)\b", 0.8),
        (r"\b(?:localizacao|como (?:eu )?(?:chego|chegar)|where are you|located)\b", 1.0),
        (r"\b(?:telefone|e-?mail|site|website|phone number|telefono)\b", 0.8),
        (
            # By itself a "fone" is worn on the ears.
            r"\b(?:qual|numero|passa|manda|tem)\b[^.?!]{0,15}\bfone"
            r" (?:(?:para|de) (?:contato|falar)|da (?:loja|clinica|empresa))\b"
            r"|\b(?:numero do|qual (?:e )?o(?: seu)?|(?:passa|manda)(?: o)?) fone"
            r"(?= *(?:[?.!,]|$)| de voces)",
            0.8,
        ),
        (r"\b(?:contato|whatsapp) (?:de voces|da loja|da clinica|da empresa)", 0.8),
        (r"\bnumero d[aeo] (?:voces|loja|clinica|empresa|contato|telefone)\b", 0.9),
        (r"\bnumero (?:para|de) (?:pedir|pedidos?|ligar|contato|falar|mandar|chamar)\b", 0.9),
        (r"\b(?:qual|numero|tem|me passa|manda|what is)\b[^.?!]*\bwhatsapp\b", 0.9),
        (r"\bwhatsapp (?:para|de|dos?|das?) (?:pedidos?|vendas?|entregas?|orders)", 0.9),
        (r"\b(?:cnpj|tax id|razao social)\b", 1.0),
        (rf"\b{_NETWORKS}\b", 0.9),
        (rf"\b(?:tem|ha|existem?|quais|onde) (?:uma |alguma |mais )?(?:as )?{_BRANCH}", 0.9),
        (rf"\b(?:have|where are|where is) (?:your |the )?{_BRANCH_EN}\b", 0.9),
    ],
    PRODUCT: [
        (r"\b(?:preco|precos|price|prices|precio)\b", 1.0),
        (
            r"(?<!acima de )(?<!partir de )"
            r"\bquanto (?:que )?(?:custa|custam|e|esta|estao|sai|fica|ficam|vale|cobra)"
            r"(?! (?:o |de )?desconto)",
            1.0,
        ),
        (r"\b(?:sai|saem|fica|ficam|custa|custam|vale|esta|estao) (?:por |a )?quanto\b", 1.0),
        (r"\bquanto (?:que )?(?:da|dao) (?!para\b|o desconto)", 0.8),
        (ORDER_WISH, 0.8),
        (r"\w e quanto *(?:[?.!,]|$)", 0.9),
        (r"\bquanto (?:da|deu|daria|vai dar) (?:tudo|(?:o|no) total|ao todo)\b", 1.0),
        (r"\b(?:qual|que) (?:e )?(?:o )?valor\b", 0.9),
        (
            r"\b(?:qual|quais) (?!dias?\b|hora|servic|tratament|promo|forma|contat|enderec)\w+"
            r" (?:de \w+ )?(?:voces )?(?:tem|vendem)\b",
            0.7,
        ),
        (r"\b(?:how much|cuanto (?:cuesta|vale))\b", 1.0),
        (
            r"\b(?:qual|quais|which|o|a)\b[^.?!]{0,60}\bmais (?:barat|car|em conta)|\bcheapest\b",
            0.6,
        ),
        (r"\b(?:qual (?:e )?o )?valor (?:d[aoe]s?|para|por)\b", 0.9),
        (rf"\b(?:reserv|separ|guard)\w+\b{_GOODS_TO_FETCH}", 0.8),
        (r"\b(?:estoque|in stock|disponivel|disponiveis|pronta entrega|available)\b", 0.8),
        (
            r"\b(?:vendem?|comprar|venden|do you (?:sell|have)"
            rf"(?! (?:an? )?{_NETWORKS}| {_BRANCH_EN}| (?:an? |any |free )?{_PREMISES}"
            r"| (?:any |special )*(?:deals|sales|specials)))\b",
            0.7,
        ),
        (
            r"\b(?:tem|voces tem|teria|tienen) (?!como\b|que\b|alguem\b|alguma? promo|desconto"
            rf"|(?:um |uma |algum |alguma )?{_PREMISES})\w+",
            0.4,
        ),
    ],
    PROMOTION: [
        (r"\b(?:promocao|promocoes|promocional|promotion|promotions|promocion)\b", 1.0),
        (
            r"\b(?:desconto|descontos|descont(?:inho|ao|aco)s?|oferta|ofertas|cupom|discount|discounts|descuento)\b",
            1.0,
        ),
        (r"\b(?:liquidacao|black friday|special offer|on sale)\b|\d ?% ?off\b", 1.0),
        (
            r"\b(?:any|have|special|good|current|got|best) (?:\w+ )?(?:deals?|sales?|specials)\b",
            1.0,
        ),
        (r"\bdeals? (?:on|for|today|this)\b|\b(?:coupons?|promo code)\b", 1.0),
        (r"(?<!\bcobra )(?<!\bcobram )(?<!\d)\d{1,3} ?%", 0.8),
    ],
    POLICY: [
        (r"\b(?:trocar?|trocas|devolv\w+|devoluc\w+|reembols\w+|garantia|arrepend\w+)\b", 1.0),
        (
            r"\b(?:frete|(?<!pronta )entrega[sm]?|envio|enviam?|prazo|retirada|retirar)\b",
            0.9,
        ),
        (r"\b(?:pagar|pagamento|pix|boleto|cartao|cartoes|parcel\w+|dinheiro)\b", 0.9),
        (r"\b(?:cancel\w+|desmarc\w+|remarc\w+|reagend\w+|politica\w*|regras?)\b", 0.9),
        (r"\b(?:convenio\w*|plano|planos)\b", 0.9),
        (r"\b(?:manda|envia|forne|passa|tem|oferec)\w* [^.?!]{0,20}\brastre(?:io|amento)\b", 0.8),
        (
            r"\b(?:demora|leva)m? quanto(?: tempo)? (?:para|ate|a) (?:cheg|entreg)\w+"
            r"|\bquanto tempo (?:demora|leva)m? (?:para|ate|a) (?:cheg|entreg)\w+"
            r"|\b(?:em )?quanto tempo (?:e que )?(?:cheg|entreg)\w+|\bchegam? em quanto tempo\b",
            0.9,
        ),
        (r"\bantecedencia\b|\bin advance\b", 0.9),
        (rf"\b(?:horarios?|dias?|quando|when)\b[^.?!]*\b{_BOOKING}\b|\breschedul\w+", 0.9),
        (
            r"\b(?:preciso|precisa|devo|tenho que|o que) (?:eu )?(?:levar|informar|trazer"
            r"|apresentar|enviar)\b[^.?!]*\b(?:consulta|agend\w+|marcar|atendimento)",
            0.9,
        ),
        (r"\b(?:aceitam?|atendem|precisa de|preciso de)\b", 0.5),
        (r"\b(?:return\w*|refund\w*|exchange|warranty|deliver\w*|pay\w*|cancel)\b", 0.9),
        (r"\b(?:visa|mastercard|amex|(?:credit|debit|gift) cards?|take (?:cards?|cash))\b", 0.9),
        (r"\b(?:ship(?:s|ping)?|envios|envian|tarjeta|garantia|devolver)\b", 0.9),
        (r"\b(?:como funciona|e possivel|posso|pode|da para)\b", 0.4),
    ],
    SERVICE: [
        (
            r"\b(?:quais|que|tipos? de|lista de|todos os) (?:sao )?(?:os )?"
            r"(?:servicos|tratamentos|procedimentos|especialidades)\b",
            1.0,
        ),
        (r"\bservicos? (?:que )?(?:voces|a loja|a clinica|oferec\w+|faz(?:em)?|tem)\b", 0.9),
        (r"\b(?:what|which) services\b|\bservices do you\b", 1.0),
        (DURATION.pattern, 0.8),
    ],
    BOOKING: [
        (
            r"^(?!.*\b(?:horarios|quais|qual|quando|quanto|quantos|quantas|antecedencia|levar|levo"
            r"|informar|trazer|apresentar|cancel\w*|como|how|when|what)\b).*"
            r"\b(?:quero|queria|quer|gostaria de|preciso|desejo|vou|vamos|podem?|poderia|posso"
            r"|consigo|consegue|tem como|da para|want to|like to|can i|need to)"
            rf" (?:(?:eu|me|voces?|ja) )?(?:{_BOOK}"
            r"|fazer (?:um |uma |o |a )?(?:agendamento|reserva|marcacao))\b",
            1.0,
        ),
        (rf"^\W*(?:{_BOOK}|agendamento) (?!e\b)[^?]*$", 0.9),
    ],
    ORDER: [
        (
            r"\b(?:cade|onde (?:esta|anda|foi)|quando (?:vai |vao )?(?:chega[rm]?|sai))\b"
            rf"[^.?!]{{0,30}}\b(?:{_OWN_ORDER}|a entrega)\b",
            1.0,
        ),
        (
            r"\b(?:rastre\w+|acompanhar|(?:status|andamento|situacao|posicao|previsao))\b"
            rf"[^.?!]{{0,30}}\b{_OWN_ORDER}\b",
            1.0,
        ),
        (r"\b(?:status|andamento|situacao|posicao) da (?:minha )?entrega\b", 1.0),
        (rf"\bquanto (?:deu|foi|ficou|saiu|custou)\b[^.?!]{{0,15}}\b{_OWN_ORDER}\b", 1.0),
        (r"\bja (?:foi|foram) (?:enviad|despachad|postad)[oa]s?\b", 0.9),
        (
            r"\b(?:comprei|pedi|encomendei)\b[^.?!]{0,40}"
            r"\b(?:nada (?:ainda|de chegar|ate agora)|ate agora nada)\b",
            0.9,
        ),
        (
            rf"\b(?:{_MINE} (?:{_ORDERED}|entregas?)"
            rf"|[oa]s? {_ORDERED} que (?:eu )?(?:fiz|pedi|comprei|encomendei))\b[^.?!]{{0,40}}"
            r"\b(?:cheg\w+|sai(?:u|ram)?|envi\w+|atras\w+|despach\w+|status|onde|demor\w+"
            r"|sumiu|nada|pronto)\b",
            1.0,
        ),
        (
            r"\b(?:pedido|(?:d?[ao]|minha) encomenda|encomenda (?:numero|n[ro]?[.º°]?|#))"
            r" (?:numero |n[ro]?[.º°]? ?|# ?)?[a-z]{0,3}-?\d{3,}\b",
            0.9,
        ),
        (r"\b(?:[oa]|d[oa]|meu|esse) (?:(?:codigo|link|numero) de )?rastre(?:io|amento)\b", 0.9),
        (
            rf"\b(?:where(?: is|'?s)|track\w*|status of)\b[^.?!]{{0,25}}{_OWN_ORDER_EN}\b"
            r"|\border (?:status|number|#)|\bmy order\b[^.?!]{0,25}"
            r"\b(?:arriv\w+|ship\w*|late|here|come)\b",
            1.0,
        ),
        (
            rf"\b(?:donde esta|rastrear|estado|cuando llega)\b[^.?!]{{0,25}}{_OWN_ORDER_ES}\b"
            r"|\bmi pedido\b[^.?!]{0,25}\bllego?\b",
            1.0,
        ),
    ],
    ABOUT: [
        (r"\bo que (?:e que )?(?:voces|a empresa|a loja|a clinica) (?:fazem?|vendem?)\b", 1.0),
        (r"\bcom o que (?:voces|a empresa) (?:trabalham?|mexem?)\b", 1.0),
        (r"\b(?:qual (?:e )?o )?(?:ramo|segmento|area) (?:de atuacao|de voces|da empresa)\b", 1.0),
        (r"\bquem (?:sao voces|e a empresa|are you)\b|\bvoces sao (?:o )?que(?: empresa)?\b", 1.0),
        (r"\b(?:sobre|conhecer) (?:a empresa|voces|a loja|a clinica)\b", 0.8),
        (r"\bwhat (?:do you (?:do|sell)|is your business)\b|\babout (?:the|your) company\b", 1.0),
    ],
    IDENTITY: [
        (r"\b(?:robo|chatbot|inteligencia artificial|assistente virtual)\b", 1.0),
        (r"\b(?:voce e (?:um |uma )?(?:bot|ia|humano|humana|pessoa|gente))\b", 1.0),
        (r"\b(?:qual (?:e )?(?:o )?seu nome|quem (?:e voce|esta falando|fala)|are you a)\b", 1.0),
    ],
    PERSON: person_request.SOURCES,
}

OWN_THING: Final = re.compile(r"\b(?:meus?|minhas?|my|mi) \w+ (?:\w+ )?(?:tem|has|tiene)\b")
"""Begins a tale of the customer's own: "meu cabelo tem henna" asks for no henna."""

NOD: Final = re.compile(rf"\b{_NOD}\b")
"""The same beside other pleasantries, as in "bom dia, ok"."""

FAREWELL: Final = re.compile(
    r"\b(?:obrigad[oa]|valeu|agradec\w+|thanks|thank you|gracias|tchau|ate (?:logo|mais|breve)"
    r"|bye|adeus|(?:era |e )?so isso)\b"
)
"""Ends a conversation, where a mere nod does not."""

COMPLAINT: Final = re.compile(
    r"\b(?:foi|foram|sao|estava|estavam)(?: \w+){0,2}"
    r" (?:gross(?:o|a|os|as|eir[oa]s?)(?: (?:com|comigo|demais)\b|[.!]|$)|rudes?\b"
    r"|ignorantes?\b|estupid[oa]s?\b|mal[- ]educad[oa]s?\b|desrespeitos[oa]s?\b)"
    r"|\bme (?:trat(?:ou|aram) (?:\w+ )?mal|(?:destrat|desrespeit|xing)(?:ou|aram))\b"
    r"|\bmal atendid[oa]s?\b|\b(?:pessimo|horrivel|terrivel) (?:atendimento|servico)\b"
    r"|\batendimento (?:\w+ ){0,2}(?:pessimo|horrivel|terrivel)\b|\bnao gostei do atendimento\b"
    r"|\b(?:fazer|registrar|abrir|tenho|quero) (?:uma )?(?:reclamacao|queixa|denuncia)\b"
    r"|\b(?:quero|vou|preciso) (?:reclamar|me queixar)\b|\b(?:to complain|a complaint)\b"
)
"""Somebody who was treated badly wants a person, whatever the words around it."""

PATTERNS: Final[dict[str, tuple[tuple[re.Pattern[str], float], ...]]] = {
    intent: tuple((re.compile(source), sure) for source, sure in sources)
    for intent, sources in _SOURCES.items()
}

APPOINTMENT_BOOKED: Final = _BOOK
"""Source of a pattern for the verbs that book an appointment."""
