"""Where cache and state live."""

from pathlib import Path

from devtools.roots import find_roots
from devtools.services.postgres import connection, is_external


def test_root_uses_var_because_the_database_user_cannot_enter_roots_home():
    roots = find_roots({"HOME": "/root"}, euid=0)

    assert roots.cache == Path("/var/cache/chatwoot-ai-suite")
    assert roots.state == Path("/var/lib/chatwoot-ai-suite")


def test_a_user_gets_the_home_directory_and_variables_win():
    roots = find_roots({"HOME": "/people/ana", "SUITE_STATE": "/data/state"}, euid=1000)

    assert roots.cache == Path("/people/ana/.cache/chatwoot-ai-suite")
    assert roots.state == Path("/data/state")


def test_a_named_database_server_is_used_but_our_own_socket_is_not_mistaken_for_one():
    roots = find_roots({"SUITE_STATE": "/data/state"}, euid=0)
    own = connection(roots, {})

    assert own["PGHOST"] == "/data/state/postgres/socket"
    assert not is_external(roots, {"PGHOST": own["PGHOST"]})
    assert is_external(roots, {"PGHOST": "db.example"})
    assert connection(roots, {"PGHOST": "db.example", "PGUSER": "ana"}) == {
        "PGHOST": "db.example",
        "PGPORT": "5432",
        "PGUSER": "ana",
    }


def test_a_deep_state_directory_gets_a_socket_path_that_fits():
    roots = find_roots({"SUITE_STATE": "/data/" + "x" * 120}, euid=0)

    assert len(connection(roots, {})["PGHOST"]) < 90
