"""The tenant's voice and the channel's form around the body of an answer. Pure."""

from __future__ import annotations

import re

from ..contracts import Customer, TenantConfig
from .briefing import Form

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\U000e0020-\U000e007f]+"
)
_SALUTATION = re.compile(
    r"^(?P<word>ol[áa]|oi+|bom dia|boa tarde|boa noite|hello|hi)(?P<rest>[!,. ].*|)$",
    re.IGNORECASE | re.DOTALL,
)
SMILE = "😊"


def dress(
    body: str,
    config: TenantConfig,
    form: Form,
    customer: Customer,
    *,
    greet: bool,
    close: bool,
) -> str:
    """The whole message: greeting where one is due, body, farewell where one is due."""
    voice = config.voice
    blocks = [body if form.markdown else without_markdown(body)]
    if greet or form.letter:
        blocks.insert(0, _greeting(config, form, customer))
    if close or form.letter:
        blocks.append(_farewell(config, form))
    text = "\n\n".join(block for block in blocks if block)
    return without_emoji(text) if voice.emoji == "none" else text


def without_markdown(text: str) -> str:
    """Plain text of CommonMark: marks gone, link targets kept."""
    text = re.sub(r"\[([^\]]+)\]\(([^)\s]+)\)", r"\1: \2", text)
    text = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text)
    text = re.sub(r"^#{1,6}\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"^(\s*)[*+]\s+", r"\1- ", text, flags=re.MULTILINE)


def without_emoji(text: str) -> str:
    """The text without emoji and the blanks before them."""
    return re.sub(r"[ \t]+(?=\n|$)", "", _EMOJI.sub("", text)).strip()


def _greeting(config: TenantConfig, form: Form, customer: Customer) -> str:
    voice, portuguese = config.voice, _portuguese(config)
    formal_letter = form.letter and voice.formality == "formal"
    name = _name(customer, whole=formal_letter) if voice.use_customer_name else ""
    if voice.greeting:
        text = _with_name(voice.greeting.strip(), name, portuguese)
    else:
        text = _salutation(voice.formality, name, portuguese, form)
    if voice.emoji == "none" or _EMOJI.search(text) or form.letter:
        return text
    return f"{text} {SMILE}"


def _salutation(formality: str, name: str, portuguese: bool, form: Form) -> str:
    if portuguese:
        word = {"informal": "Oi", "moderate": "Olá", "formal": "Olá"}[formality]
        if form.letter and formality == "formal" and name:
            return f"Prezado(a) {name},"
    else:
        word = {"informal": "Hi", "moderate": "Hello", "formal": "Dear customer"}[formality]
    end = "," if form.letter else "!"
    return f"{word}, {name}{end}" if name else f"{word}{end}"


def _with_name(greeting: str, name: str, portuguese: bool) -> str:
    if not name:
        return greeting
    if found := _SALUTATION.match(greeting):
        rest = found["rest"] or "!"
        return f"{found['word']}, {name}{rest if rest[0] in '!,.' else ',' + rest}"
    return f"{'Olá' if portuguese else 'Hello'}, {name}! {greeting}"


def _name(customer: Customer, *, whole: bool) -> str:
    """First name, or the whole one. What does not look like a name is none."""
    words = (customer.name or "").split()
    if not words or not all(word.replace("'", "").replace("-", "").isalpha() for word in words):
        return ""
    return " ".join(words) if whole else words[0]


def _farewell(config: TenantConfig, form: Form) -> str:
    voice = config.voice
    text = (voice.farewell or "").strip()
    if not form.letter:
        return text
    if not text:
        text = "Atenciosamente," if _portuguese(config) else "Kind regards,"
    name = config.company.name
    return text if name in text else f"{text}\n{name}"


def _portuguese(config: TenantConfig) -> bool:
    return config.language.lower().startswith("pt")
