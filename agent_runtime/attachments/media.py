"""What kind of file some bytes are, whatever somebody calls them. Pure."""

from __future__ import annotations

from typing import Final, NamedTuple


class Media(NamedTuple):
    """A kind of file that models take."""

    kind: str
    """``image`` or ``audio``."""
    content_type: str
    extension: str


_JPEG = Media("image", "image/jpeg", "jpg")
_PNG = Media("image", "image/png", "png")
_GIF = Media("image", "image/gif", "gif")
_WEBP = Media("image", "image/webp", "webp")
_OGG = Media("audio", "audio/ogg", "ogg")
_MP3 = Media("audio", "audio/mpeg", "mp3")
_WAV = Media("audio", "audio/wav", "wav")
_MP4 = Media("audio", "audio/mp4", "m4a")
_WEBM = Media("audio", "audio/webm", "webm")
_FLAC = Media("audio", "audio/flac", "flac")

_BEGINNINGS: Final = (
    (0, b"\xff\xd8\xff", _JPEG),
    (0, b"\x89PNG\r\n\x1a\n", _PNG),
    (0, b"GIF8", _GIF),
    (8, b"WEBP", _WEBP),
    (0, b"OggS", _OGG),
    (0, b"ID3", _MP3),
    (0, b"\xff\xfb", _MP3),
    (0, b"\xff\xf3", _MP3),
    (8, b"WAVE", _WAV),
    (4, b"ftyp", _MP4),
    (0, b"\x1aE\xdf\xa3", _WEBM),
    (0, b"fLaC", _FLAC),
)


def media_of(data: bytes) -> Media | None:
    """By the first bytes; ``None`` for what is no picture or sound that models take."""
    return next((m for at, mark, m in _BEGINNINGS if data[at : at + len(mark)] == mark), None)
