"""Completeness of translations."""

from devtools.po_file import missing, parse_po, untranslated

PO = """\
msgid ""
msgstr ""
"Language: pt_BR\\n"

#. module: x
#: model:y
msgid "Opening hours"
msgstr "Horário de funcionamento"

#, fuzzy
msgid "Rule"
msgstr "Regra"

msgid ""
"Two "
"lines"
msgstr ""

#~ msgid "Retired"
#~ msgstr ""
"""


def test_open_and_fuzzy_terms_are_found_over_several_lines():
    entries = parse_po(PO)

    assert [entry.source for entry in entries] == ["Opening hours", "Rule", "Two lines"]
    assert untranslated(entries) == ["Rule", "Two lines"]


def test_terms_the_translation_does_not_know():
    template = parse_po('msgid "Rule"\nmsgstr ""\n\nmsgid "New"\nmsgstr ""\n')

    assert missing(template, parse_po(PO)) == ["New"]
