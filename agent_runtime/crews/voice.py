"""The tenant's voice as an instruction to a model that writes its own sentences."""

from __future__ import annotations

from typing import Final

from ..contracts import Voice

_TONE: Final = {
    "friendly": "friendly: warm, everyday words",
    "polite": "polite: courteous, considerate, apologise for what you cannot tell",
    "professional": "professional: businesslike, in the name of the company",
    "technical": "technical: precise terms and figures, no small talk",
}
_MANNER: Final = {
    "welcoming": "welcoming: receptive and attentive",
    "energetic": "energetic: lively, short, enthusiastic sentences",
    "calm": "calm: unhurried, reassuring sentences",
    "objective": "objective: straight to the point, nothing beside it",
}
_FORMALITY: Final = {
    "informal": "informal: as to an acquaintance",
    "moderate": "moderate: neither slang nor ceremony",
    "formal": "formal: full sentences, no contractions, no slang",
}
_EMOJI: Final = {
    "none": "Use no emoji.",
    "minimal": "Use at most one emoji, and only where it helps.",
    "moderate": "Use a fitting emoji now and then, at most one a paragraph.",
}


_NAME: Final = {
    "minimal": "in the greeting",
    "moderate": "in greeting and farewell",
    "frequent": "at the head of every answer",
}
_AROUND: Final = (
    'Around your text the greeting, farewell and sign-off of the briefing\'s "voice", the contacts '
    'marked "in_farewell" and the "rating" request are said by us, each when it is due: let your '
    "text sound like them, and say none of them yourself."
)


def instructions(voice: Voice) -> str:
    """How to speak, in a few sentences. Greeting, name, farewell and signature are added later."""
    return (
        f"Speak as the company does. Tone {_TONE[voice.tone]}. "
        f"Manner {_MANNER[voice.manner]}. Formality {_FORMALITY[voice.formality]}. "
        f"{_EMOJI[voice.emoji]} {_naming(voice)} {_AROUND}"
    )


def _naming(voice: Voice) -> str:
    if not voice.use_customer_name:
        return "Never address the customer by name."
    return f"The customer's name is put in for you, {_NAME[voice.name_frequency]}: write no name."
