"""The words in which a company's yes and no are written, accents folded: Portuguese first, English
and Spanish too."""

from __future__ import annotations

import re
from typing import Final

from ..decision.concepts import concepts

THINGS: Final = {
    name: re.compile(rf"\b(?:{pattern})\b")
    for name, pattern in {
        "cheque": r"cheques?|checks?",
        "boleto": r"boletos?",
        "pix": r"pix",
        "card": r"cartao|cartoes|cards?|credito|debito|credit|debit",
        "cash": r"dinheiro(?! de volta)|especie|cash|efectivo",
        "credit": r"fiado|crediario|carne",
        "voucher": r"vale[- ](?:compra|presente|refeicao|alimentacao)s?|gift cards?|voucher\w*",
        "crypto": r"bitcoins?|cripto\w*|crypto\w*|paypal|picpay|mercado pago",
        "interest-free": r"sem (?:\w+ )?(?:juros|acrescimos?)|interest[- ]free|juros zero",
        "interest": r"(?<!nao )(?:com|tem|ha|cobr\w+|mais) (?:(?!sem)\w+ )?"
        r"(?:juros|acrescimos?)|juros de|(?:with|plus) interest|surcharge",
        "instalments": r"parcel\w+|instal+ments?|cuotas|\d+ vezes"
        r"|\d+ ?x(?= ?(?:r\$|de|sem|com|no|na|iguais|[.,;!?)]|$))",
        "same-day": r"(?:no |em )?mesmo dia|hoje mesmo|na hora|imediat\w+|same[- ]day|immediate\w*",
        "parking": r"estacionament\w+|manobrista|valet|parking",
        "wifi": r"wi-?fi",
        "access": r"acessibilidade|cadeirantes?|elevador|wheelchair",
        "warranty": r"garantias?|warrant\w+|guarantee\w*",
        "exchange": r"troc(?:a|as|ar|ado|ada|ados|adas|amos)|exchang\w+",
        "return": r"devol\w+|returns?|returned",
        "refund": r"reembols\w+|estorn\w+|refund\w*|money back|dinheiro de volta",
        "on-delivery": r"(?:pag|acert)\w+ (?:\w+,? ){0,5}(?:na|no (?:ato|momento) da) entrega"
        r"|maquin(?:inha|eta)|contra[- ]entrega|(?:cash|pay\w*) on delivery"
        r"|pag\w+ (?:\w+,? ){0,3}(?:ao entregador|ao receber|quando (?:receb|cheg)\w+)",
        "by-appointment": r"hora marcada|(?:precisa|necessari[oa]|obrigatori[oa]) (?:\w+ )?"
        r"(?:reserva\w*|marca\w*|agenda\w*)|by appointment|need to book",
        "service-fee": r"taxas? de servico|gorjetas?|service (?:charge|fee)",
        "delivery": r"entreg\w+|frete|(?<!no )deliver\w*"
        r"|no (?=deliver\w* (?:to|on|at|in|outside)\b)|shipping|ship|envi(?:os?|amos|am)|domicilio"
        r"|(?:ate|na|em) (?:a )?sua casa",
        "abroad": r"exterior|internaciona\w+|outros paises|todo o brasil|abroad|worldwide",
        "pickup": r"retirad\w+|retirar|pick ?up",
        "insurance": r"convenios?|planos? de saude|unimed|insurance",
        "coupon": r"cup(?:om|ons)|coupons?|cashback|fidelidade|pontos|loyalty",
        "gift": r"brindes?|cortesia|amostras? gratis|gifts?|de presente|samples?",
        "around-the-clock": r"(?:atend\w+|funcion\w+|abert\w+|abrimos|open|servic\w+|estamos)"
        r"(?: (?!em\b|ate\b|com\b|por\b|de\b)\w+){0,3} 24 ?h(?:oras|ours)?"
        r"|24 ?h(?:oras|ours)? (?:por dia|ao dia|a day|todos)|plantao|emergencia\w*|24/7",
        "holiday": r"feriados?|holidays?",
        "installation": r"instalac\w+|instalamos|montagem|montamos|installation",
        "price-match": r"cobrimos|cubrimos|price match",
        "sort": r"organic\w+|veg(?:an|etarian)\w*|sem (?:gluten|lactose|acucar)|gluten[- ]free"
        r"|hipoalergenic\w+",
        "approved": r"anvisa|inmetro|certificad\w+|certified|aprovad\w+ pel\w+",
        "import": r"importad\w+|imported",
    }.items()
}
"""What a customer asks about with yes or no. Each has to be spoken of by a source."""

OF_GOODS: Final = frozenset(
    (
        "warranty",
        "exchange",
        "return",
        "refund",
        "gift",
        "installation",
        "sort",
        "approved",
        "import",
    )
)
"""Things that one sort of goods may have and another not."""
OF_ONE: Final = frozenset(["same-day"])
"""Things that are said of one matter, and told of no other by it."""
PAYMENTS: Final = frozenset(
    ["cheque", "boleto", "pix", "card", "cash", "credit", "voucher", "crypto"]
)
ONLY: Final = re.compile(r"\b(?:so|somente|apenas|exclusivamente|unicamente|only)\b")
ALL: Final = re.compile(
    r"\b(?:tod[ao]s? [ao]s? (?:produtos?|itens|compras?|mercadorias?|loja)|tudo|everything"
    r"|qualquer (?:produto|item|compra)|(?:all|any) (?:our |the )?(?:products?|items?))\b"
)
"""Says that a clause is of whatever is sold."""

FREE: Final = re.compile(
    r"\b(?:gratis|gratuit\w*|de graca|por nossa conta|isent\w+|cortesia|frete zero"
    r"|sem (?:nenhum |qualquer )?(?:custo|cobranca|taxa|pagar)\w*(?: extra)?"
    r"|nao (?:te |lhe )?(?:e |sao |tem |ha )?(?:cobr(?!em?\b|i)|pag|cust)\w*"
    r"|free(?: of charge)?|no (?:extra )?(?:charge|cost|fee)|for free)\b"
)
NOT_FREE: Final = re.compile(
    r"\b(?:interest|gluten|sugar|lactose)[- ]free|\bfeel free|\bfree (?:time|slots?|hours?)"
)
CONDITION: Final = re.compile(
    r"\b(?:acima|partir|superior\w*|mais de|minim[oa]|quando|se|pass\w+|ultrapass\w+|over|above"
    r"|from|if|desde)\b"
)

ANY_GOODS: Final = re.compile(
    r"\b(?:produtos?|itens|item|compras?|mercadorias?|qualquer|tudo|tod[ao]s?|pedidos?|any|all|items?"
    r"|products?|orders?|purchases?)\b"
)
"""Says that a source is of whatever is sold."""

PAID: Final = re.compile(
    rf"\b(?:{THINGS['pix'].pattern}|{THINGS['card'].pattern}|{THINGS['cash'].pattern}"
    rf"|{THINGS['coupon'].pattern}|pagamentos?|a vista|payments?)\b"
)
"""Says that it depends on how somebody pays, and not on what."""
DENIAL: Final = re.compile(
    r"\b(?:nao|nem|nenhuma?|nunca|jamais|sem|not|never|without|don'?t|doesn'?t|cannot|can'?t"
    r"|no(?= (?:parking|deliver\w* (?:to|on|at|in|outside)|refund|return|exchang|check|longer)))\b"
)
"""Not every English "no": in Portuguese it is "in the"."""
DAY: Final = re.compile(
    r"\b(?:hoje|amanha|segundas?|tercas?|quartas?|quintas?|sextas?|sabados?|domingos?|today|tomorrow"
    r"|\w+days?)\b"
)
QUALITY: Final = re.compile(
    r"\bsem (?:gluten|lactose|acucar|alcool|amonia|parabenos|conservantes|corantes|perfume|sal"
    r"|carne|queijo|leite|ovos?|sulfato|cebola|fios?|frete)\b"
)
"""What a thing is without, and none the less there."""
IDIOM: Final = re.compile(
    r"^nao,(?= )"
    r"|\bnao (?:se )?preocup\w+|\b(?:nao tem|nao ha|sem) (?:nenhum )?problemas?|\bpois nao"
    r"|\bno problem|\bnao (?:so|apenas)|\bnao deixe de|\bdon'?t worry|\bsem (?:nenhuma )?duvidas?"
)
"""A no that denies nothing."""

VERB: Final = (
    r"(?:aceit|oferec|dispo|trabalh|garant|possu|realiz|atend|entreg|parcel|envi|vend|aplic|instal"
    r"|consert|cobr|faz|t|permit|inclu|devolv|reembols|troc|hosped|alug|compr|fabric|emit|d|cuid"
    r"|ensin|busc|lev|mont|prepar)(?:amos|emos|imos|omos)"
)
ABLE: Final = re.compile(
    rf"\b(?:{VERB}|we (?:do |also )?(?:accept|offer|have|provide|deliver|sell|take|guarantee)"
    r"|aceptamos|tenemos|ofrecemos|hacemos)\b"
)
PART: Final = re.compile(
    r"[.;:!?]+(?=\s|$)|,?\s+(?:mas|porem|apenas|so|somente|ja|but|only|however)\s"
    rf"|,\s*(?=(?:e )?{VERB})|\s+e\s+(?={VERB}|nao\s)"
)
REFUSES: Final = re.compile(rf"\b(?:nao|we don'?t) {VERB}\b")
STATEMENT: Final = re.compile(r"[.!?;,]\s*$|[.!?;] ")
"""Marks a line that says something, and is no heading."""
EXCEPT: Final = re.compile(r"\b(?:excec\w+|exceto|salvo|a nao ser|except|unless)\b(?P<what>.*)")
ADMITS: Final = re.compile(
    r"\b(?:nao|sem|not|don'?t|couldn'?t)\b[^.]{0,30}\b(?:informac\w+|dados|detalhes|certeza|registro"
    r"|consta|encontr\w+|localiz\w+|achei|sei|sabe\w*|information|know|find|found)\b"
    r"|\b(?:verific\w+|consult\w+|chec\w+|confirm\w+|check|ask) (?:\w+ )?(?:se|sobre|com|if|with)\b"
)
"""Says that the writer does not know, or asks whoever does."""
YES: Final = re.compile(
    r"^\W*(?:sim|claro(?: que sim)?|com certeza|podem? sim|pode|isso mesmo|exato|temos|aceitamos"
    r"|fazemos|entregamos|parcelamos|tem sim|da sim|yes|sure|of course|absolutely|we do|si"
    r"|por supuesto)\b"
)
YES_NO: Final = re.compile(
    r"\b(?:aceita\w*|tem|ha|fazem?|pode\w*|posso|da para|consigo|entregam?|parcela\w*|cobra\w*"
    r"|oferece\w*|vende\w*|trabalha\w*|atende\w*|inclui|do you|can i|can you|is there|are there"
    r"|aceptan|tienen|hacen|e verdade|e possivel)\b"
)
MEASURES: Final = concepts(
    "dia dias hora horas minuto minutos mês meses prazo valor valores taxa custo custos grátis"
    " reais juros útil úteis corridos válido válida vale até partir apenas só pedido pedidos"
    " compra compras loja cliente clientes desconto descontos promoção promoções oferta ofertas"
    " preço off dinheiro day days hour hours fee order orders discount"
)
"""What any rule or price may be told with."""
COMMON: Final = MEASURES | concepts(
    "loja empresa equipe cliente clientes você pessoal gente casa sim claro certeza opção opções"
    " atendimento produto produtos serviço serviços tipo tipos forma formas várias diversas"
    " diversos aqui também ainda sempre prazer ajudar posso conta melhor melhores ótimo ótima hoje"
    " indicado indicada ideal recomendado recomendada"
    " interesse precisar qualquer coisa disponível disponíveis estoque unidades unidade preço"
    " valor aceitamos oferecemos dispomos trabalhamos garantimos possuímos realizamos atendemos"
    " vendemos aplicamos fazemos temos incluímos cobramos permitimos emitimos damos compramos"
    " levamos sai saem fica ficam cada vezes pacote pacotes infelizmente lembrando"
    " stock unit units"
    " accept offer have provide sell take customers company yes custo custa cobrança taxa"
)
"""What says nothing about which thing is meant."""
