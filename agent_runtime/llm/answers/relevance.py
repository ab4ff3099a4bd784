"""Whether a piece of evidence speaks of what was asked.

A vector search always finds something. Only what shares its subject with the question may
answer it; anything else is an honest "not found".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ...decision.concepts import DECIDING, concept, concepts
from ...decision.terms import named
from ...spelling import common, written

ENOUGH = 0.5
"""Share of the question's concepts that evidence must exceed when no policy group decides."""

STRONG = 0.6
"""Search score from which a passage with any common concept is taken as found by meaning."""

CONFIRMING = 0.42
"""Search score from which a passage may answer that knows just half of the concepts."""

_AROUND = """
    levar leva levam levo cobrar cobram cobro fazer faco fiz feito fazendo serve servem funciona
    funcionam vez vezes quanta quantas lugar lugares perto ontem amanha coisa coisas gente minuto
    minutos min hora horas dia dias tempo demora demoram rola rolar ganha ganhar ganho usar uso uns
    namorada namorado mina minas crush marido esposa passado passada semana mes ano
"""
CIRCUMSTANCES = frozenset(_AROUND.split())
"""Words around what is asked that a passage need not know."""

_ASKING_VERBS = """
    rolar aceitar oferecer chegar cheguei perder ganhar passar conseguir consigo indicar recomendar
    sugerir aguentar servir funcionar
"""
_VERBS = frozenset(map(concept, _ASKING_VERBS.split()))
"""What verbs that ask or tell what happened stand for, in whatever form: "aceita", "indicam"."""

TITLED = 1 / 4
"""Share of the question's concepts from which a text may answer whose whole title was said."""

_PERCENT = re.compile(r"\b(\d+) ?%")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý0-9\"“(])|\n+")


def is_around(word: str) -> bool:
    """Whether a folded word stands around what is asked, and a passage need not know it."""
    return word in CIRCUMSTANCES or concept(word) in _VERBS


def coverage(asked: Iterable[str], text: str) -> float:
    """Share of the concepts ``asked`` that ``text`` knows, 0 to 1."""
    wanted = frozenset(asked)
    return len(common(wanted, concepts(text))) / len(wanted) if wanted else 0.0


def subjects(question: str) -> frozenset[str]:
    """The concepts that a question is about; all of its own when it only asks."""
    spoken = [word for word in named(question) if not is_around(word) and not word.isdigit()]
    return frozenset(map(concept, spoken)) or _percentages(question) or concepts(question)


def _percentages(question: str) -> frozenset[str]:
    """What is asked by "cobra 10%?", which names nothing else."""
    return frozenset(_PERCENT.findall(question))


def speaks_of(question: str, text: str, score: float | None = None, title: str = "") -> bool:
    """Whether ``text`` may answer ``question``; half of it only when the title is about that."""
    asked = subjects(question)
    shared = common(asked, concepts(text))
    if shared & DECIDING.keys():
        return True
    share = len(shared) / len(asked) if asked else 0.0
    found = score if score is not None else 0.0
    return (
        share > ENOUGH
        or bool(shared and found >= STRONG)
        or (share >= TITLED and is_titled(question, title))
        or (share == ENOUGH and found >= CONFIRMING and bool(common(shared, concepts(title))))
    )


def is_titled(question: str, title: str) -> bool:
    """Whether the question says all that a text is headed by: "Atendimento em domicílio" is what
    "vocês atendem em casa? moro longe" is about, whatever else is told."""
    names, said = concepts(title), concepts(question)
    return bool(names) and common(names, said) == names


def is_meant(named: Sequence[str], text: str) -> bool:
    """Whether ``text`` is about the thing named: it knows most of the concepts, or half of them
    with the first. "Cama para cachorro" is not every product for dogs."""
    share = coverage(named, text)
    return share > ENOUGH or (share == ENOUGH and set(named[:1]) <= concepts(text))


def is_exact(named: Iterable[str], text: str) -> bool:
    """Whether ``text`` knows most of what was named; half is something else of the same sort.

    A diminutive or a beginning may be another thing: it counts beside a word that is the same.
    """
    asked = [word for word in named if not word.isdigit()]
    return coverage(asked, text) > ENOUGH and bool(written(asked, concepts(text)))


def sentences(text: str) -> list[str]:
    """The sentences and list items of a text, in order."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def nearest(question: str, text: str) -> str:
    """The sentences of a list of terms that know most of the question."""
    asked = subjects(question)
    known = [(coverage(asked, sentence), sentence) for sentence in sentences(text)]
    most = max((share for share, _sentence in known), default=0.0)
    return " ".join(sentence for share, sentence in known if share == most)


def best_excerpt(question: str, text: str, limit: int) -> str:
    """The sentences that answer best, whole and in the text's order, within ``limit`` characters.

    A text that fits is quoted whole. Otherwise every sentence that shares a concept with the
    question is wanted, best first, because exceptions stand apart from the rule they limit; what
    room is left goes to what follows the best one.
    """
    if len(text) <= limit:
        return text.strip()
    parts = sentences(text)
    asked = concepts(question)
    ranked = sorted(range(len(parts)), key=lambda i: -coverage(asked, parts[i]))
    best = ranked[0]
    wanted = [i for i in ranked if coverage(asked, parts[i]) > 0] or [best]
    wanted += [i for i in range(best + 1, min(best + 3, len(parts))) if i not in wanted]
    kept: set[int] = set()
    length = 0
    for index in wanted:
        if not kept or length + len(parts[index]) < limit:
            kept.add(index)
            length += len(parts[index]) + 1
    return " ".join(parts[index] for index in sorted(kept))
