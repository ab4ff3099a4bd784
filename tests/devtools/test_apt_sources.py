"""Reading apt's own source lists, in both of their forms."""

from devtools.setup.apt_sources import (
    Source,
    debian_source,
    parse_deb822,
    parse_one_line,
    sid_line,
)

DEB822 = """\
Types: deb
# a remark
URIs: http://mirror.example/debian
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb deb-src
URIs: http://mirror.example/debian-security
Suites: bookworm-security
Components: main contrib

Enabled: no
Types: deb
URIs: http://off.example/debian
Suites: bookworm
Components: main
"""

ONE_LINE = """\
# deb http://old.example/debian bookworm main
deb [arch=amd64 signed-by=/keys/k.gpg] http://mirror.example/debian bookworm main contrib
deb-src http://mirror.example/debian bookworm main
deb http://other.example/apt stable main  # the end
"""


def test_deb822_keeps_suites_and_key_and_leaves_out_disabled_sources():
    found = parse_deb822(DEB822)

    assert [source.uri for source in found] == [
        "http://mirror.example/debian",
        "http://mirror.example/debian-security",
    ]
    assert found[0].suites == ("bookworm", "bookworm-updates")
    assert found[0].signed_by == "/usr/share/keyrings/archive.gpg"
    assert found[1].components == ("main", "contrib")


def test_a_key_written_into_the_file_is_not_taken_for_a_path():
    text = (
        "Types: deb\nURIs: http://m.example/debian\nSuites: trixie\nComponents: main\n"
        "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n"
    )

    assert parse_deb822(text)[0].signed_by == ""


def test_one_line_form_reads_options_and_skips_source_packages():
    found = parse_one_line(ONE_LINE)

    assert found == [
        Source(
            "http://mirror.example/debian",
            ("bookworm",),
            ("main", "contrib"),
            "/keys/k.gpg",
        ),
        Source("http://other.example/apt", ("stable",), ("main",)),
    ]


def test_the_systems_own_mirror_and_key_are_used_for_another_suite():
    source = debian_source(parse_deb822(DEB822), "bookworm")

    assert sid_line(source, "sid") == (
        "deb [signed-by=/usr/share/keyrings/archive.gpg] http://mirror.example/debian sid main\n"
    )


def test_a_system_without_debians_archive_is_recognised():
    assert debian_source(parse_one_line("deb http://x.example/apt stable main"), "bookworm") is None
