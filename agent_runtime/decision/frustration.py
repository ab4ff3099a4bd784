"""Whether a customer is annoyed, or asks the same in vain. Pure.

An angry customer who meets a machine again leaves; a calm one who is sent to a person waits for
nothing. So the words must speak of us and of how this customer was served.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from ..contracts import HistoryEntry
from . import vocabulary as v
from .any_of import AnyOf
from .concepts import concepts
from .text import fold, plain

TREATED_BADLY: Final = "treated_badly"
INSULT: Final = "insult"
IN_VAIN: Final = "in_vain"
REPEATED: Final = "repeated"

ASKED_BEFORE: Final = 2
"""Times a question was asked and answered before; the next time the answer is not helping."""
SITTING: Final = timedelta(hours=3)
"""Who asks the same again another day has not been answered in vain."""
SAME: Final = 0.8
"""Share of concepts that two wordings of one question have in common."""
FEWEST_CONCEPTS: Final = 2
_LOUD: Final = 0.7
_LOUD_LETTERS: Final = 8

_NAME_CALLING: Final = (
    r"(?:idiotas?|imbeci(?:l|s)|otari[oa]s?|babacas?|incompetentes?|vagabund[oa]s?|canalhas?"
    r"|picaretas?|pilantras?|caloteir[oa]s?|desgracad[oa]s?|ladr(?:ao|oes|a)|bandidos?|lixos?"
    r"|inut(?:il|eis)|burr[oa]s?|palhac[oa]s?|ridicul[oa]s?|mentiros[oa]s?|enganador\w*|trouxas?)"
)
_BAD: Final = (
    r"(?:pior|horrive(?:l|is)|pessim[oa]s?|terrive(?:l|is)|lamentavel|vergonhos[oa]|ridicul[oa]"
    r"|decepcionante|ruim|ruins|nota zero)"
)
_SERVED: Final = (
    r"(?:atendimento|empresa|loja|servico|experiencia|suporte|robo|bot|clinica|entrega)"
)

_SOURCES: Final[dict[str, tuple[str, ...]]] = {
    INSULT: (
        r"\b(?:voces?|seus?|suas?|robo|bot|bando de|cambada de|empresa|loja|sao|uns|umas"
        r"|(?:fazendo|fazem|cara) de) (?:(?:e|sao|um|uns|uma|umas|muito|tudo) ){0,3}"
        rf"{_NAME_CALLING}\b",
        rf"^\W*{_NAME_CALLING}\W*$",
        r"\b(?:filh[oa]s? da puta|fdp|vtnc|vsf|pqp|puta que pariu|arrombad[oa]s?|foda-se)\b",
        r"\bva(?:i|o)? (?:se fod\w+|tomar no cu|a merda|para o inferno|se ferrar)\b",
        r"\b(?:merda|bosta|porcaria|lixo) de (?:\w+ )?"
        rf"(?:{_SERVED}|sistema|resposta|site|produto)\b",
        r"\bque (?:merda|bosta)\b",
        r"\bfuck(?:ing)?\b|\bbullshit\b|\b(?:stupid|dumb|useless) (?:bot|robot|machine|company)\b"
        r"|\byou(?:'re| are)(?: all)? (?:useless|stupid|idiots?|incompetent|liars|thieves)\b",
        r"\bson unos (?:inutiles|ladrones|incompetentes|mentirosos)\b|\bhijos de puta\b",
    ),
    IN_VAIN: (
        r"\bja (?:te |lhe )?(?:perguntei|expliquei)\b(?! (?:para|ao|com|a|o|n[ao])\b)",
        r"\bja (?:te|lhe) (?:falei|disse|pedi|respondi)\b|\bja (?:falei|disse|respondi) isso\b",
        r"\b(?:quantas|mil|tantas|varias|\d+|duas|tres|quatro|cinco) vezes\b[^.?!]{0,40}"
        r"\b(?:perguntar|repetir|falar|explicar|dizer|perguntei|repeti|falei)\b",
        r"\b(?:quantas|mil|tantas|varias) vezes\b[^.?!]{0,20}\b(?:vou|tenho|preciso|precis\w+"
        r"|terei)"
        r" (?:\w+ ){0,2}(?:pedir|ligar|mandar)\b",
        r"\b(?:perguntei|falei|expliquei|repeti)\b[^.?!]{0,25}"
        r"\b(?:mil|tantas|varias|muitas|\d+|duas|tres|quatro|cinco) vezes\b",
        r"\bja (?:\w+ )?(?:pedi|liguei|mandei)\b[^.?!]{0,25}"
        r"\b(?:mil|tantas|varias|muitas|tres|\d+) vezes\b"
        r"|\b(?:pedi|liguei|mandei)\b[^.?!]{0,25}\b(?:mil|tantas|varias) vezes\b",
        r"\brepet(?:e|em|indo|ir) (?:sempre )?(?:a mesma|isso)\b"
        r"|\b(?:sempre|de novo) a mesma resposta\b",
        r"\bnao (?:me )?ajud(?:a|ou) em nada\b|\bnao resolv(?:e|em|eu|eram) nada\b"
        r"|\bresposta (?:\w+ )?(?:inutil|idiota|ridicula)\b",
        r"\bpelo amor de deus\b[^.?!]{0,30}\b(?:respond|atend|resolv)\w+"
        r"|\b(?:respond|atend|resolv)\w+[^.?!]{0,20}\bpelo amor de deus\b",
        r"\b\d+ ?(?:h|hs|horas?|minutos|min|dias?|semanas?) (?:espera|aguarda)ndo\b"
        r"|\b(?:faz|ha|tem) \d+ ?(?:h|hs|horas?|dias?|semanas?)\b[^.?!]{0,12}\be nada\b",
        r"\bninguem (?:me )?(?:responde\w*|atende\b|atendeu|retorn\w+|resolve\w*|ajuda\b"
        r"|fala nada|faz nada)"
        r"(?! (?:n?[ao]s? )?(?:sabado|domingo|feriado)\w*[^.!]*\?)",
        r"\bninguem (?:me )?(?:da|deu) (?:retorno|resposta|satisfacao|atencao)\b",
        r"\bvoces nao (?:me )?(?:respond(?:em|eram)|retorna(?:m|ram)|resolve(?:m|ram)|le(?:em|ram)"
        r"|ouvem)\b(?! (?:n?[ao]s? )?(?:sabado|domingo|feriado|fim de semana)\w*[^.!]*\?)",
        r"\bnao esta(?:o)? me (?:ajudando|ouvindo|entendendo)\b"
        r"|\bnao entend(?:eu|eram) nada\b",
        r"\bnao (?:foi|e) (?:n?isso|o) que (?:eu )?(?:perguntei|pedi|quero saber|falei|disse)\b",
        r"\b(?:nao|nem) (?:respondeu|responderam|leu|leram)"
        r" (?:a |o )?(?:que|minha|meu|nada|direito)\b",
        r"\bvoces? nao (?:esta |estao )?"
        r"(?:entend(?:e|em|eu|eram|endo)|le|leu|ouve|escuta|responde)\b",
        r"\b(?:esperando|aguardando|espero|aguardo)\b[^.?!]{0,20}\b(?:ha|faz|a|mais de|desde)"
        r"\b[^.?!]{0,15}(?:\b|(?<=\d))(?:h|hs|horas?|dias?|semanas?|mes(?:es)?|ontem|anteontem"
        r"|minutos?)\b"
        r"(?! (?:por )?(?:essa|esta|uma) (?:promo|liquida|oferta|novidade))",
        r"\b(?:ha|faz|tem) (?:mais de )?(?:\w+ )?(?:horas?|dias?|semanas?|mes(?:es)?) (?:que )?"
        r"(?:(?:eu|estou|to|estamos) )*"
        r"(?:espera\w*|aguard\w*|tent\w+(?! (?:engravidar|emagrecer|parar|marcar))"
        r"|sem (?:resposta|retorno)|pedindo)\b",
        r"\bi(?:'ve| have)? already (?:asked(?! (?:my|him|her))|told you|said)\b"
        r"|\bhow many times (?:do|must|have)\b"
        r"|\b(?:nobody|no ?one) (?:ever )?"
        r"(?:answers|replies|responds|helps|is (?:answering|helping))\b"
        r"|\bnot what i asked\b|\byou(?:'re| are)? (?:not listening|don'?t understand)\b",
        r"\bya (?:te |les |lo )?(?:pregunte|dije|explique)\b|\bcuantas veces\b[^.?!]{0,20}\bque\b"
        r"|\bnadie (?:me )?(?:responde|contesta|ayuda)\b"
        r"|\bnadie (?:me )?atiende\b(?! (?:los|el|en) )|\bno es lo que pregunte\b",
    ),
    TREATED_BADLY: (
        rf"^\W*(?:muito |que )?{_BAD}(?: demais)?[\s.!]*$|\bvoces sao (?:muito |uns )?{_BAD}\b",
        rf"\b{_SERVED} lixo\b|\b(?:esta|estao|tao|so podem? (?:ser|estar)) de brincadeira\b",
        r"\bnao aguento mais (?:espera|isso|voces|ess[ae])\w*"
        r"|\bficando (?:ja )?(?:nervos|estressad)[oa]\b",
        r"\bvou expor voces\b|\b(?:me devolv\w+|exijo) (?:o )?meu dinheiro\b",
        rf"\b{_BAD}\b[^.?!]{{0,20}}\b{_SERVED}\b|\b{_SERVED}\b (?:(?!nao\b)\w+ ){{0,3}}{_BAD}\b",
        r"(?:^|[.!?,;] ?)absurdo[\s.!]*$",
        r"\b(?:isso|que|um|e) (?:e )?(?:um )?(?:verdadeiro )?absurdo\b(?! de (?:bom|boa|lind"
        r"|gostos|delicios|barat))",
        r"\bfalta de (?:respeito|consideracao|educacao|vergonha|profissionalismo|compromisso)\b",
        r"\b(?:palhacada|descaso|desrespeito|sacanagem|enrolacao|propaganda enganosa)\b",
        r"\b(?:me|estao|so) enrola(?:ndo|ram|m)\b|\b(?:fui|me sinto|me senti) enganad[oa]\b"
        r"|\bme enganaram\b",
        r"\bcansei(?: (?:de|d)(?: voces| esperar| ligar| pedir| perguntar| tentar)|[\s.!]*$)"
        r"|\bcansad[oa] de (?:esperar|ligar|pedir|perguntar|falar|tentar|voces)\b"
        r"|\b(?:perdi|perdendo|acabou) a (?:minha )?paciencia\b|\bde saco cheio\b",
        r"\b(?:estou|to|fiquei|estamos) (?:muito |bem |bastante |super |extremamente |tao )?"
        r"(?:irritad|indignad|revoltad|furios|decepcionad|frustrad|put|insatisfeit)[oa]s?\b"
        r"(?! (?:d[ae]l[ae]|a pele|com (?:o )?(?:meu|minha) (?:cabelo|pele|unha|corpo|time)))",
        r"\bnunca mais (?:eu )?(?:compro|volto|piso|contrato|peco|uso|indico)\b"
        r"(?! (?:\w+ ){0,2}outr[oa]s?\b)"
        r"|\bnao volto (?:nunca )?mais\b|\bnao compro (?:nunca )?mais (?:com|ai|ness|nada)",
        r"\bque raiva\b(?! *,? (?:esqueci|perdi|deixei))|\bque (?:demora|odio|desaforo"
        r"|inferno)\b|\bdemora absurda\b"
        r"|\bdemorando (?:demais|muito)\b(?![^.!]*\?)",
        r"\bthis is (?:ridiculous|unacceptable|outrageous|absurd)\b|\bfed up\b|\bi(?:'m"
        r"| am) (?:so )?sick of\b"
        r"|\b(?:terrible|awful|horrible|worst|poor) (?:customer )?(?:service|support|company)\b"
        r"|\bi(?:'m| am) (?:so |very |really )?(?:angry|furious|frustrated|pissed)\b"
        r"|\bwaste of (?:my )?time\b",
        r"\bpesimo servicio\b|\b(?:es una|que) verguenza\b"
        r"|\bestoy (?:muy )?(?:hart|enojad|molest)[oa]\b",
    ),
}
_PATTERNS: Final = {kind: AnyOf(sources) for kind, sources in _SOURCES.items()}
_COMPLAINING: Final = re.compile(
    r"\b(?:cade (?:o |a )?(?:meu|minha)|nao chegou|demor\w+|atras\w+|esperando|respond(?:e|a|am"
    r"|em)|resposta|errad[oa]s?"
    r"|quebrad[oa]s?|estragad[oa]s?|cobraram|problemas?|ate agora|ainda nao|porra|caralho"
    r"|vergonha|absurdo|where is|still waiting|answer me|broken)\b"
)
_LOUDLY: Final = re.compile(r"[!?]{3,}")
_OTHERS: Final = re.compile(
    r"\b(?:outr[oa]s? (?:loja|clinica|empresa|lugar|salao|pet ?shop|dentista|fornecedor)\w*"
    r"|concorren\w+|another (?:shop|store|company|place))\b"
)
"""The customer speaks of how others served."""


def frustration(
    text: str, history: Sequence[HistoryEntry] = (), moment: datetime | None = None
) -> str | None:
    """How the customer's annoyance shows, ``None`` when there is none.

    ``moment`` is now; without it the whole history counts as one sitting.
    """
    read = plain(text)
    if not _OTHERS.search(read):
        for kind, patterns in _PATTERNS.items():
            if patterns.search(read):
                return kind
        if v.COMPLAINT.search(read) or (_is_loud(text) and _COMPLAINING.search(read)):
            return TREATED_BADLY
    recent = [e for e in history if moment is None or moment - e.sent_at <= SITTING]
    return REPEATED if _is_asked_again(text, recent) else None


def _is_loud(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    shouted = sum(char.isupper() for char in letters) >= _LOUD * len(letters)
    return bool(_LOUDLY.search(text)) or (len(letters) >= _LOUD_LETTERS and shouted)


def _is_asked_again(text: str, history: Sequence[HistoryEntry]) -> bool:
    """Whether the crew has answered this very question :data:`ASKED_BEFORE` times."""
    if len(history) < 2:
        return False
    asked = concepts(text)
    if len(asked) < FEWEST_CONCEPTS:
        return False
    times = 0
    for entry, after in zip(history, history[1:], strict=False):
        if entry.role == "customer" and after.role == "crew":
            times += fold(entry.text) == fold(text) or _alike(asked, concepts(entry.text))
    return times >= ASKED_BEFORE


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME * len(one | other)
