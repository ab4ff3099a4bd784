"""The tenant's voice and the channel's form around the body of an answer. Pure."""

from __future__ import annotations

from ..contracts import Customer, TenantConfig
from ..evidence_check.asking_back import requests
from ..llm.answers import contact
from ..llm.answers.phrases import phrases
from ..llm.answers.relevance import sentences
from .briefing import Form
from .naming import addressed, greeted, name_of, parted
from .plain_text import EMOJI, without_emoji, without_markdown

SMILE, WAVE = "😊", "👋"


def dress(
    body: str,
    config: TenantConfig,
    form: Form,
    customer: Customer,
    *,
    greet: bool,
    close: bool,
    invite: bool = False,
    ask: str = "",
) -> str:
    """The whole message.

    :param greet: a greeting is due
    :param close: the customer says thanks or goodbye, so that a farewell is due
    :param invite: say that further questions are welcome, where the tenant's manner does
    :param ask: a question of the company's own after all else, such as the rating request
    """
    voice = config.voice
    name = name_of(customer) if voice.use_customer_name else ""
    said = body if form.markdown else without_markdown(body)
    if said and name and voice.name_frequency == "frequent" and not (greet or close or form.letter):
        said = addressed(said, name)
    blocks = [_greeting(config, form, customer)] if greet or form.letter else []
    blocks.append(said)
    if invite and not close and not _asks(said):
        blocks.append(invitation(config))
    if form.letter:
        blocks += [ask, _signature(config)]
    elif close:
        blocks += [_farewell(config, name), ask]
    else:
        blocks.append(ask)
    text = "\n\n".join(block for block in blocks if block)
    return without_emoji(text) if voice.emoji == "none" else text


def _asks(said: str) -> bool:
    """Whether a text ends with something that the customer is to answer."""
    last = sentences(said)[-1:]
    return any(sentence.endswith("?") or requests(sentence) for sentence in last)


def invitation(config: TenantConfig) -> str:
    """Words that further questions are welcome; an objective company has none."""
    return phrases(config.language)["invitations"][config.voice.manner][config.voice.formality]


def _greeting(config: TenantConfig, form: Form, customer: Customer) -> str:
    voice = config.voice
    whole = form.letter and voice.formality == "formal"
    name = name_of(customer, whole=whole) if voice.use_customer_name else ""
    if voice.greeting:
        text = greeted(voice.greeting.strip(), name, _portuguese(config))
    elif form.letter:
        text = _letter_salutation(config, name)
    else:
        text = _salutation(config, name)
    if voice.emoji == "none" or EMOJI.search(text) or form.letter:
        return text
    return f"{text} {SMILE}"


def _salutation(config: TenantConfig, name: str) -> str:
    say, manner = phrases(config.language), _manner(config)
    word, more = say["salutations"][config.voice.formality]
    text = f"{word}, {name}" if name else word
    rest = " ".join(part for part in (more, manner["greeting"]) if part)
    return f"{text}{manner['mark']} {rest}".strip()


def _letter_salutation(config: TenantConfig, name: str) -> str:
    say = phrases(config.language)
    word, _more = say["salutations"][config.voice.formality]
    if config.voice.formality == "formal" and name:
        return say["formal_letter"].format(name=name)
    return f"{word}, {name}," if name else f"{word},"


def _farewell(config: TenantConfig, name: str) -> str:
    """The farewell of a chat; a company without own words says one only where it is due by
    formality or by the use of the name."""
    voice, say = config.voice, phrases(config.language)
    named = name if voice.name_frequency != "minimal" else ""
    text = (voice.farewell or "").strip()
    if not text and (named or voice.formality != "moderate"):
        text = say["farewells"][voice.formality]
    text = parted(text, named)
    if voice.emoji == "moderate" and text and not EMOJI.search(text):
        text = f"{text} {WAVE}"
    return "\n".join(line for line in (text, voice.sign_off or "", *_whereabouts(config)) if line)


def _signature(config: TenantConfig) -> str:
    """The end of a letter: closing words, who signs, where to find the company.

    An objective writer signs without closing words, unless the company has some of its own.
    """
    voice = config.voice
    usual = phrases(config.language)["closings"][voice.formality]
    text = (voice.farewell or "").strip() or ("" if voice.manner == "objective" else usual)
    signed = voice.sign_off or config.company.name
    lines = [text] if signed in text else [line for line in (text, signed) if line]
    return "\n".join([*lines, *_whereabouts(config)])


def _whereabouts(config: TenantConfig) -> list[str]:
    company = config.company
    website = company.website if company.website_in_farewell else None
    return contact.farewell(company.contacts, website, config.language)


def _manner(config: TenantConfig) -> dict[str, str]:
    return phrases(config.language)["manners"][config.voice.manner]


def _portuguese(config: TenantConfig) -> bool:
    return config.language.lower().startswith("pt")
