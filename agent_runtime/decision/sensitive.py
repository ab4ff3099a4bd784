"""What no machine should answer: law, emergencies, self-harm, accidents, personal data,
discrimination, fraud. Pure.

A false alarm takes a customer from the crew for nothing, so every pattern wants the words of
somebody concerned: "vou processar vocês" and not "o processo de agendamento".
"""

from __future__ import annotations

import re
from typing import Final

from .any_of import AnyOf
from .text import plain

LEGAL: Final = "legal"
EMERGENCY: Final = "emergency"
SELF_HARM: Final = "self_harm"
ACCIDENT: Final = "accident"
PRIVACY: Final = "privacy"
VIOLENCE: Final = "violence"
"""Discrimination, harassment, threats."""
FRAUD: Final = "fraud"

_US: Final = r"(?:voces?|a (?:empresa|loja|clinica|escola|marca)|ess[ae] (?:empresa|loja|clinica))"
_ACUTE: Final = (
    r"(?:infarto|avc|derrame|convuls\w+|ataque (?:cardiaco|do coracao)|overdose"
    r"|choque anafilatico|hemorragia)"
)
_SWALLOWED: Final = (
    r"(?:veneno|chumbinho|pilha|bateria|alvejante|agua sanitaria|soda|produto de limpeza|moeda"
    r"|raticida|remedio (?:de|do|da) (?:avo|vovo|vo|mae|pai|irma\w*|outr\w+|adulto))"
)
_ANIMAL: Final = r"\b(?:cachorr|cadel|gat|pet|dog|filhot|cao)\w*"
_LIMB: Final = r"(?:dente|braco|perna|pe|pata|mao|dedo|nariz|costela|unha|orelha)"
_BEING: Final = r"(?:cachorr\w+|gat\w+|cadel\w+|pet|bicho|filh[oa]|mae|pai|bebe|cao|dog|doguinh\w+)"
_TREATMENT: Final = (
    r"(?:banho|tosa|cirurgia|procedimento|depilacao|laser|consulta|vacina|limpeza de pele|peeling"
    r"|hospedagem|hotel|creche|anestesia|internacao|extracao|castracao)"
)
_VERMIN: Final = (
    r"(?:baratas?|bichos?|cabelos?|larvas?|mofo|vidro|moscas?|ratos?|insetos?|formigas?)"
)
_FOOD: Final = (
    r"(?:comida|prato|lanche|hamburguer|marmita|salada|pizza|bolo|sanduiche|sopa|arroz|refeicao"
    r"|quentinha|salgado|racao|lasanha|macarrao|massa|pastel|coxinha|sushi|torta|feijao|suco)"
)

_SOURCES: Final[dict[str, tuple[str, ...]]] = {
    SELF_HARM: (
        r"\b(?:pens\w+ em|tent(?:ei|ou|ar)|comet\w+|ideacao|quero|thinking (?:of|about)) suicid\w+",
        r"\bme suicidar\b|\bsuicidal\b|\bautomutil\w+|\bme cort(?:ando|ei) de proposito\b",
        r"\bminha vida nao (?:vale|tem) (?:mais )?(?:nada|sentido)\b",
        r"\b(?:vou|quero|queria|pens(?:o|ando) em|vontade de) (?:me matar|morrer"
        r"|(?:tirar|acabar com) (?:a )?minha (?:propria )?vida)\b(?! (?:de|com|do|da)\b)",
        r"\bnao (?:quero|aguento) mais viver\b(?! (?:sem|com|em|n[ao]|ness[ae])\b)",
        r"\b(?:kill(?:ing)? myself|want to die|end my life|self[- ]harm)\b",
        r"\b(?:quiero morir(?:me)?|matarme|quitarme la vida)\b(?! de\b)",
    ),
    EMERGENCY: (
        r"\bnao (?:consigo|consegue|(?:estou|to|esta) conseguindo) respirar\b(?! (?:pelo|bem)\b)",
        r"\b(?:estou|to|esta|sentindo) (?:com )?(?:muita )?falta de ar\b|\bparou de respirar\b"
        r"|\bnao esta respirando\b",
        r"\b(?:esta|estou|to|acho que (?:e|esta)) (?:tendo |sofrendo |com )?"
        rf"(?:um |uma )?{_ACUTE}\b(?! (?:controlad\w+|pleural))",
        r"\b(?:convulsionando|desmaiou|desmaiad[oa]|inconsciente|nao acorda mais"
        r"|envenenad[oa]|(?:foi|fui) atropelad[oa])\b",
        r"\b(?:inchad[oa]|alergia|reacao)\b[^.?!]{0,40}\bfalta de ar\b",
        r"\bsangrando (?:muito|demais|sem parar)\b|\bnao para de sangrar\b",
        rf"\b(?:comeu|engoliu|bebeu|tomou) (?:um |uma |o |a )?{_SWALLOWED}\b",
        rf"(?:{_ANIMAL}|\b(?:filh|bebe|crianca)\w*)(?: \w+){{0,2}} (?:comeu|engoliu|tomou)"
        r" (?:um |o )?(?:remedio|comprimido)s? (?:de|da|do|para) (?:pressao|dormir|diabetes)\b",
        rf"{_ANIMAL}(?: \w+){{0,2}} comeu (?:um |muito |o )?chocolate\b(?![^.!]*\badorou)",
        r"\b(?:chamar?|chamem|preciso de|mand[ae]m?) (?:uma |a )?ambulancia\b|\bchamem? o samu\b",
        r"\be uma emergencia\b(?! *\?)",
        r"\b(?:can'?t|cannot|can not) breathe\b|\bcall an ambulance\b|\bunconscious\b",
        r"\bhaving an? (?:heart attack|stroke|seizure|severe allergic reaction)\b",
        r"\bbleeding (?:badly|heavily|a lot)\b|\bmedical emergency\b(?! *\?)",
        r"\bno puedo respirar\b|\bse desmayo\b|\bsangrando mucho\b|\bes una emergencia\b(?! *\?)",
    ),
    LEGAL: (
        r"\bproco[nm]\b(?! (?:fica|e) )|\bcaso de policia\b|\bprocurar (?:os )?meus direitos\b",
        rf"\bprocessar {_US}\b|\b(?:vou|irei|vamos) (?:te|lhes?|os) processar\b",
        r"\b(?:meu|minha|nosso|nossa)s? advogad[oa]s?(?: \w+){0,2}"
        r" (?:vai|vao|ira|irao|ja|esta|entrar\w*|procurar\w*|acionar\w*|mandou|notificou)\b",
        r"\bvou (?:entrar com|meter) (?:um |uma )?(?:processo|acao)\b(?![^.!]*\bcontra (?!voces))",
        r"\bisso e (?:um )?(?:crime|ilegal)\b(?! *\?)|\bquero (?:os )?meus direitos\b",
        r"\b(?:vou|irei|vamos)\b[^.?!]{0,35}\b(?:na justica|a justica|juizado|pequenas causas"
        r"|delegacia|reclame ?aqui|consumidor\.gov)\b(?! aqui)",
        r"\b(?:vou|irei|vamos) (?:\w+ ){0,3}?(?:procurar|acionar|chamar|contratar|falar com"
        r"|ligar para"
        r"|na|a) (?:(?:um|uma|o|a|os|as|meus?|minhas?) )?(?:advogad[oa]s?|policia)\b",
        r"\b(?:boletim de ocorrencia|orgaos de defesa do consumidor|extrajudicial)\b",
        r"(?<!atendemos ao )(?<!de acordo com o )\b(?:codigo de defesa|direitos?) do consumidor\b",
        rf"\b(?:acao|processo|queixa)\b[^.?!]{{0,15}}\bcontra {_US}\b",
        r"\b(?:vou|quero|exijo) (?:\w+ ){0,3}(?:danos morais|indenizacao)\b",
        r"\bdenunciar (?:voces?|a|o|isso|esse|essa)\b"
        r"|\b(?:fazer|registrar|abrir) (?:uma )?denuncia\b",
        r"\b(?:going to|gonna|will|i'll) sue\b(?!')|\bsu(?:e|ing) (?:you|your|the company)\b"
        r"|\bmy (?:lawyer|attorney)\b|\blegal action\b"
        r"|\bsmall claims\b|\btak(?:e|ing) (?:you|this) to court\b",
        r"\bmi abogad[oa] (?:va|los|les|te|se|ya|esta|llamar|contactar)\w*\b|\bvoy a (?:demandar"
        r"|denunciar)\b"
        r"|\b(?:demandar(?:los|les|te)|denunciar(?:los|les|te))\b"
        r"|\bacciones legales\b|\bdefensa del consumidor\b",
    ),
    ACCIDENT: (
        r"\b(?:sofri|tive|houve|sofreu) (?:um |uma )(?:acidente|queda)\b[^.?!]{0,15}"
        r"\b(?:ai|voces|com o|com a|dentro d[aeo]"
        r"|n[ao] (?:loja|escada|estacionamento|clinica|salao))\b(?! (?:ao|do) lado)",
        r"\b(?:caiu|escorregou|tropecou)\b[^.?!]{0,20}\b(?:de voces|ai na|dentro da loja)\b",
        rf"\b(?:mataram|matou|machucaram|machucou|feriram|feriu|queimaram|queimou) "
        rf"(?:o |a )?(?:meu|minha) {_BEING}\b",
        rf"\b{_BEING}\b(?: \w+){{0,3}} (?:morreu|faleceu"
        r"|(?:voltou|saiu|veio|ficou|chegou) (?:\w+ )?(?:machucad|ferid|queimad)[oa])\b"
        r" (?:ai\b|(?:depois|apos|durante|com|d[oa]|n[oa])\b"
        rf"[^.?!]{{0,12}}\b{_TREATMENT}\b)",
        r"\b(?:infeccion\w+|inflam(?:ou|ada)|inch(?:ou|ada)|necros\w+|(?:deu|tive"
        r"|teve) (?:uma )?alergia)\b"
        r"[^.?!]{0,12}\b(?:depois|apos)\b[^.?!]{0,15}\b(?:cirurgia|procedimento|depilacao|laser"
        r"|peeling"
        r"|preenchimento|botox|piercing|tatuagem|micropigmentacao|limpeza de pele|extracao"
        r"|vacina|produto"
        r"|voces)\b",
        rf"\bquebr(?:ou|aram) (?:o |a )?(?:(?:meu|minha) {_LIMB}|{_LIMB} d[aeo] (?:meu|minha))\b",
        rf"\b{_BEING}\b(?=[^.?!]*\bd[ao] {_TREATMENT}\b)(?: \w+){{0,2}} (?:voltou|saiu|veio"
        r"|chegou)\b"
        r"[^.?!]{0,30}\b(?:cortad|machucad|ferid|queimad|assad|sangrand)[oa]\b",
        rf"\b{_BEING}\b(?: \w+){{0,3}} (?:morreu|faleceu)\b[^.?!]{{0,20}}\b(?:de|com) voces\b",
        r"\bvoces (?:\w+ )?(?:envenen|intoxic)\w+|\berro medico\b|\bcirurgia deu errad[oa]\b",
        rf"\b(?:sofri|tive) (?:uma )?queimaduras?\b[^.?!]{{0,12}}\b{_TREATMENT}\b",
        r"\b(?:encontr(?:ei|amos)|ach(?:ei|amos)|tinha|havia|veio|vieram) (?:um |uma "
        rf"|uns )?(?:(?:caco|pedaco|lasca|fio)s? de )?{_VERMIN}"
        rf"\b[^.?!]{{0,12}}\b(?:n[oa]s?|dentro d[oa]|em) (?:meu |minha )?{_FOOD}\b",
        r"\b(?:voces|produto|creme|tintura|tinta|shampoo|esmalte|cera|comida|prato)\b[^.?!]{0,15}"
        r"\bme (?:deu|causou|provocou) (?:uma )?(?:alergia|reacao|queimadura)\b",
        r"\bmy (?:dog|cat|pet) died after\b",
        r"\b(?:meu|minha|meus|minhas)"
        r" (?:rosto|face|olhos?|labios?|boca|lingua|garganta|palpebras?)\b"
        r"[^.?!]{0,40}\binch(?:ad[oa]s?|ou|aram|ando)\b",
        r"\b(?:minha|meu) (?:pele|rosto|couro cabeludo|mao|braco|perna)\b[^.?!]{0,40}"
        r"\b(?:com bolhas?|em carne viva|infeccionad[oa]|infeccionou|queimou)\b",
        r"\bmy (?:face|lips?|eyes?|tongue|throat)\b[^.?!]{0,25}\b(?:swollen|swelling|swelled)\b",
        r"\b(?:cai|escorreguei|tropecei)\b[^.?!]{0,20}\b(?:na loja|dentro d|na escada|ai na"
        r"|no estacionamento|na clinica|no salao|de voces)\b",
        r"\bme (?:machuquei|feri|queimei|cortei)\b[^.?!]{0,40}"
        r"\b(?:produto|aparelho|na loja|ai|voces|na clinica|no salao|na academia)\b",
        r"\bqueim(?:ou|aram) (?:a |o )?(?:minha|meu) (?:pele|rosto|couro|cabelo|mao|testa)\b",
        r"\b(?:pegou fogo|explodiu|(?:levei|deu) (?:um )?choque(?! termico)"
        r"|(?<!detector de )(?:vazamento|cheiro) de gas)\b",
        r"\b(?:passei|passou|passamos) (?:muito )?mal (?:depois|apos|comendo|usando|por causa"
        r"|com (?:o|a|ess[ae])\b)|\bintoxica(?:cao alimentar|d[oa]s?)\b",
        r"\b(?:had an accident (?:at|in|with)|got (?:hurt|injured|burned) (?:at|in|by"
        r"|with)(?! the sun)"
        r"|food poisoning|caught fire|gas leak|hurt myself)\b",
        r"\b(?:tuve un accidente|me (?:lastime|queme)(?! con el sol))\b",
    ),
    PRIVACY: (
        r"\b(?:direitos?|titular|exijo|solicito|base|pela|conforme)\b[^.?!]{0,25}"
        r"(?<!tratados conforme a )\b(?:lgpd|gdpr)\b",
        r"\b(?:venderam|vazaram|compartilharam) (?:os )?meus dados\b",
        r"^\W*(?:sair|stop)\W*$",
        r"\bnao me (?:mand|envi)\w+ mais (?:mensage|propaganda|nada|e-?mail)\w*",
        r"\b(?:apag|exclu|remov|delet|elimin)\w+ (?:todos )?(?:os )?meus dados\b"
        r"|\b(?:apag|exclu|delet|elimin)\w+ (?:o )?meu cadastro\b",
        r"\bdados\b[^.?!]{0,25}\b(?:sobre|de) mim\b|\bvaz(?:ou|aram|amento)\b[^.?!]{0,20}\bdados\b",
        r"\b(?:quem|como)\b[^.?!]{0,20}\b(?:passou|deu|consegui\w+|pegaram) (?:o )?meu"
        r" (?:numero|telefone|contato|e-?mail)\b(?! foi)",
        r"\b(?:me|meu numero|meu nome|meu contato) (?:tir\w+ )?(?:d[ae]|dess[ae]) lista\b"
        r"(?! de (?:espera|convidados|presen\w+|compras))",
        r"\bme (?:tir|remov)\w+ (?:d[ae]|dess[ae]) lista\b(?! de (?:espera|convidados|presen))"
        r"|\bdescadastr\w+",
        r"\bnao (?:quero|desejo) (?:mais )?receber (?:mais )?"
        r"(?:mensage|propaganda|e-?mail|oferta)\w*",
        r"\bpar(?:e|em) de (?:me (?:mandar|enviar|perturbar|incomodar)|(?:mandar|enviar) (?:\w+ )?"
        r"(?:mensage|propaganda|e-?mail|oferta)\w*)",
        r"\bdelete (?:all )?my (?:data|account|information)\b|\bdata (?:breach|leak)\b"
        r"|\bunsubscribe\b(?!,? (?:click|here|link|visit|reply))"
        r"|\bstop (?:texting|messaging|e-?mailing) me\b|\bremove me from\b",
        r"\b(?:borr|elimin)\w+ mis datos\b|\bproteccion de datos\b",
    ),
    VIOLENCE: (
        r"\bracis(?:mo|tas?|m|t)\b|\b(?:homo|trans|xeno|gordo)fob\w+",
        r"\b(?:fui|fomos|me senti|sendo) discriminad[oa]s?\b|\bme discriminaram\b"
        r"|\bsofri (?:discriminacao|preconceito|assedio)\b|\bpreconceituos[oa]s?\b",
        r"\b(?:fui|fomos|(?:estou|to) sendo) "
        r"(?:assediad|abusad|agredid|ameacad|humilhad|maltratad)[oa]s?\b",
        r"\bme senti (?:muito )?(?:humilhad|ameacad|assediad)[oa]\b",
        r"\bme (?:assedi|agredi|ameac|humilh)(?:ou|aram|u|ram)\b|\b(?:assedio|abuso) sexual\b",
        r"\b(?:was|been|felt) (?:discriminated|harassed|threatened|assaulted)\b"
        r"|\bsexual harassment\b",
        r"\bme (?:discriminaron|acosaron|amenazaron)\b",
    ),
    FRAUD: (
        r"\b(?:cai|caimos|levei|tomei|sofri) (?:num |em um |n?um |de |em )?golpes?\b",
        r"(?<!nao )\b(?:isso|voces?|foi|esta loja) (?:e|sao"
        r"|era)? ?(?:um )?golpe\b(?! de sorte)(?![^.!]*\?)",
        r"\b(?:golpistas?|estelionat\w+|chargeback|fraudulent\w*|fraudador\w*)\b",
        r"\b(?:sofri|foi|houve|fui vitima de) (?:uma )?fraude\b",
        r"\bclonaram (?:o )?meu cartao\b|\bcartao (?:foi )?clonado (?:ai|na loja|por voces"
        r"|depois)\b",
        r"\bcompra que (?:eu )?nao fiz\b|\bno meu cartao sem (?:eu|minha|meu)\b",
        r"\bnao (?:reconheco|autorizei) (?:ess[ae]|est[ae]|a|o|nenhuma?) (?:compra|cobranca"
        r"|pagamento|pedido|debito|transacao)\b|\bnao fiz ess[ae] (?:compra|transacao)\b",
        r"\b(?:cobranca|compra|debito)s? indevid[oa]s?\b|\bcobrad[oa] indevidamente\b",
        r"\bcontest(?:ar|ei|ando) (?:a |o |ess[ae] |uma )?(?:compra|cobranca|pagamento)\b",
        r"\bvoces (?:me )?roub(?:aram|am)\b(?! (?:o )?meu coracao)|\broubad[oa] por voces\b"
        r"|\bcontestar no banco\b",
        r"\b(?:(?:been|got|getting) scammed|you(?:'re| are) (?:a )?(?:scam\w*|fraud\w*)"
        r"|this is (?:a )?(?:scam|fraud)|unauthori[sz]ed charge|identity theft"
        r"|dispute (?:the|this|a) charge)\b(?! *\?)",
        r"\b(?:es una estafa|me estafaron|estafadores|cargo no reconocido)\b",
    ),
}
_PATTERNS: Final = {topic: AnyOf(sources) for topic, sources in _SOURCES.items()}
TOPICS: Final = tuple(_SOURCES)
"""All of them, the gravest first."""
_PLACE: Final = re.compile(
    r"\b(?:perto|proxim[oa]|ao lado|em frente|atras|esquina|rua|avenida|praca|near|next to)"
    r" (?:d[aeo]s? |a[os]? |com (?:o|a) |the )?\w+"
)
"""An office named to say where something is."""
_IDIOMS: Final = frozenset({SELF_HARM, ACCIDENT})
"""Topics whose words are also said in jest."""
_LAUGHTER: Final = re.compile(r"\b(?:k{3,}|(?:ha){2,}h?|(?:rs){2,}|lol)\b|[😂🤣]")


def sensitive_topic(text: str) -> str | None:
    """The sensitive topic that ``text`` is about, the gravest of several."""
    read = _PLACE.sub(" ", plain(text))
    for topic, patterns in _PATTERNS.items():
        if patterns.search(read) and not (topic in _IDIOMS and _LAUGHTER.search(read)):
            return topic
    return None
