"""What a customer is told whose file nobody here can open. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ..contracts import HistoryEntry
from ..engine.handover_words import language_of

_TOLD: Final = {
    "pt": {
        "audio": "Recebi seu áudio, mas por aqui não consigo ouvi-lo.",
        "image": "Recebi sua imagem, mas por aqui não consigo vê-la.",
        "video": "Recebi seu vídeo, mas por aqui não consigo assistir a ele.",
        "file": "Recebi seu arquivo, mas por aqui não consigo abri-lo.",
        "other": "Recebi o que você enviou, mas por aqui não consigo abrir.",
        "several": "Recebi seus arquivos, mas por aqui não consigo abri-los.",
        "ask": "Pode me escrever o que precisa?",
    },
    "en": {
        "audio": "I received your voice message, but I cannot listen to it here.",
        "image": "I received your picture, but I cannot see it here.",
        "video": "I received your video, but I cannot watch it here.",
        "file": "I received your file, but I cannot open it here.",
        "other": "I received what you sent, but I cannot open it here.",
        "several": "I received your files, but I cannot open them here.",
        "ask": "Could you write to me what you need?",
    },
}


def words(unread: Sequence[str], language: str | None, *, ask: bool = False) -> str:
    """That the files were not understood; ``ask``: and would the customer write instead."""
    told = _TOLD[language_of(language)]
    said = told[unread[0]] if len(unread) == 1 else told["several"]
    return f"{said} {told['ask']}" if ask else said


def said_before(history: Sequence[HistoryEntry], language: str | None) -> bool:
    """Whether the last answer was already that: who cannot write needs a person."""
    ask = _TOLD[language_of(language)]["ask"]
    last = next((entry.text for entry in reversed(history) if entry.role == "crew"), "")
    return ask in last
