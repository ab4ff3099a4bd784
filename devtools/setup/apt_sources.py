"""Read apt's source lists (one-line and deb822 form); pure text work."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Source:
    """One binary archive: where it is, which suites, and the key that signs it."""

    uri: str
    suites: tuple[str, ...]
    components: tuple[str, ...]
    signed_by: str = ""


def parse_one_line(text: str) -> list[Source]:
    """Sources in a ``.list`` file: ``deb [signed-by=KEY] URI SUITE COMPONENT...``."""
    found = []
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        if not line.startswith("deb "):
            continue
        rest = line[4:].strip()
        options = ""
        if rest.startswith("["):
            options, _, rest = rest[1:].partition("]")
        words = rest.split()
        if len(words) < 2:
            continue
        keyed = dict(option.partition("=")[::2] for option in options.split())
        found.append(Source(words[0], (words[1],), tuple(words[2:]), keyed.get("signed-by", "")))
    return found


def parse_deb822(text: str) -> list[Source]:
    """Sources in a ``.sources`` file: paragraphs of ``Key: value`` lines.

    A key given as text inside the file (instead of a path) is left out: apt then
    falls back to its trusted keys.
    """
    found = []
    for paragraph in _paragraphs(text):
        if paragraph.get("enabled", "yes").lower() == "no":
            continue
        if "deb" not in paragraph.get("types", "").split():
            continue
        key = paragraph.get("signed-by", "")
        found += [
            Source(
                uri,
                tuple(paragraph.get("suites", "").split()),
                tuple(paragraph.get("components", "").split()),
                key if key.startswith("/") else "",
            )
            for uri in paragraph.get("uris", "").split()
        ]
    return found


def _paragraphs(text: str) -> list[dict[str, str]]:
    paragraphs: list[dict[str, str]] = [{}]
    field = ""
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        if not line.strip():
            paragraphs.append({})
        elif line[0] in " \t":
            if field:
                paragraphs[-1][field] += " " + line.strip()
        else:
            field, _, value = line.partition(":")
            field = field.strip().lower()
            paragraphs[-1][field] = value.strip()
    return [paragraph for paragraph in paragraphs if paragraph]


def debian_source(sources: list[Source], codename: str) -> Source | None:
    """The source of Debian's main archive for ``codename``, as this machine uses it."""
    for source in sources:
        if codename in source.suites and "main" in source.components:
            return source
    return None


def sid_line(source: Source, suite: str) -> str:
    """A one-line source for ``suite`` at the same mirror, verified by the same key."""
    options = f"[signed-by={source.signed_by}] " if source.signed_by else ""
    return f"deb {options}{source.uri} {suite} main\n"
