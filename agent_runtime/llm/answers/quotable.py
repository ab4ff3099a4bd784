"""Orders to the reader inside a text that was read: they are quoted to nobody.

A document may hold what a stranger wrote: a review, a forwarded message. What is said there to a
machine is no fact of the company. A model is told so and its answer is checked; what quotes by
itself leaves such sentences out.
"""

from __future__ import annotations

import re

from ...decision.text import fold
from .relevance import sentences

_SPEAKS_AS = (
    r"^\W*(?:[\w ]{0,20}:\s*)?(?:system|sistema|assistant|assistente|developer|prompt)\s*[:,]"
)
_ORDER = re.compile(
    "|".join(
        (
            _SPEAKS_AS,
            r"\bnota d[oe] sistema\b",
            r"\b(?:ignor|esque[c]|desconsider|disregard|forget|overrid)\w*\b[^.!?]{0,40}"
            r"\b(?:regras?|instruc\w+|orientac\w+|comandos?|rules?|instructions?|prompts?)\b",
            r"\b(?:revel|mostr|imprim|repit|reveal|print|show)\w*\b[^.!?]{0,30}"
            r"\b(?:instruc\w+|prompts?|instructions?)\b",
            r"\b(?:a partir de agora|from now on)[, ]+"
            r"(?:respond|dig|aja|voce|answer|say|act|you)\w*",
            r"\b(?:diga|responda|informe|confirme|avise|tell)\b[^.!?]{0,20}"
            r"\b(?:todos|aos? clientes?|para o cliente|everyone|customers?)\b",
            r"\bnov[ao]s? (?:regras?|instruc\w+)\s*:",
            r"<\s*/?\s*(?:system|dados|data|instruc\w+|prompt)\b",
        )
    )
)


def without_orders(text: str) -> str:
    """The text without the sentences that address a machine; empty when nothing else is said."""
    said = sentences(text)
    kept = [sentence for sentence in said if not _ORDER.search(fold(sentence))]
    return text if len(kept) == len(said) else " ".join(kept)
