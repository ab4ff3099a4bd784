"""Read gettext files as far as completeness needs it; pure text work."""

import ast
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One term: source text, translation, whether it waits for review, where it is used."""

    source: str
    translation: str
    fuzzy: bool
    modules: frozenset[str] = frozenset()


def parse_po(text: str) -> list[Entry]:
    """Entries of a .po or .pot file, without its header and without retired ones."""
    entries = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        values = {"msgid": "", "msgstr": ""}
        field, fuzzy, present = "", False, False
        modules: set[str] = set()
        for line in block.splitlines():
            if line.startswith("#. module"):
                modules |= {name.strip() for name in line.partition(":")[2].split(",")}
            elif line.startswith("#,") and "fuzzy" in line:
                fuzzy = True
            elif line.startswith(("msgid ", "msgstr ")):
                field, _, quoted = line.partition(" ")
                values[field] = ast.literal_eval(quoted)
                present = True
            elif line.startswith('"') and field:
                values[field] += ast.literal_eval(line)
        if present and values["msgid"]:
            entries.append(Entry(values["msgid"], values["msgstr"], fuzzy, frozenset(modules)))
    return entries


def untranslated(entries: list[Entry]) -> list[str]:
    """Source texts without a finished translation."""
    return [entry.source for entry in entries if not entry.translation or entry.fuzzy]


def missing(template: list[Entry], translation: list[Entry]) -> list[str]:
    """Source texts of the template that the translation does not have."""
    known = {entry.source for entry in translation}
    return [entry.source for entry in template if entry.source not in known]
