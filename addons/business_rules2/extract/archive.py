"""Office files are archives: looked at before anything is unpacked."""

from __future__ import annotations

import zipfile
from io import BytesIO

from .limits import ARCHIVE_MEMBERS, MEGABYTE, UNPACKED_BYTES
from .problem import Refused

_ENCRYPTED = 0x1


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, when it is whole, open to all and of bearable size unpacked.

    The sizes are those the archive states. ``zipfile`` never reads more of a member than that,
    so an archive which lies is damaged rather than dangerous.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Refused("damaged") from error
    members = archive.infolist()
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise Refused("encrypted")
    size = sum(member.file_size for member in members)
    if size > UNPACKED_BYTES or len(members) > ARCHIVE_MEMBERS:
        raise Refused("bomb", size=size // MEGABYTE, limit=UNPACKED_BYTES // MEGABYTE)
    return archive


def member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Content of one member. Raises Refused when it is missing or damaged."""
    try:
        return archive.read(name)
    except (KeyError, zipfile.BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        raise Refused("damaged") from error
