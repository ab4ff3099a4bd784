"""A failed tool's output leads to a remedy a person can follow."""

import socket

import pytest

from devtools.problem import Problem, explain
from devtools.services.ports import free_port
from devtools.setup.disk import check_disk
from devtools.shell import run


@pytest.mark.parametrize(
    ("output", "remedy"),
    [
        ("OSError: [Errno 28] No space left on device", "SUITE_CACHE"),
        ("Temporary failure resolving 'mirror.example'", "network"),
        ("npm error code ENOTFOUND", "network"),
        ("E: Unable to locate package odoo-19", "apt-get update"),
        ("ERROR: No matching distribution found for crewai==9", "make locks"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "wait"),
        ("the following signatures couldn't be verified: NO_PUBKEY 1234", "keyring"),
    ],
)
def test_known_failures_have_a_remedy(output, remedy):
    assert remedy in explain(output)[1]


def test_unknown_failures_are_not_guessed_at():
    assert explain("Segmentation fault") is None


def test_a_failing_command_shows_the_end_of_its_output(monkeypatch, tmp_path):
    monkeypatch.setenv("SUITE_STATE", str(tmp_path))

    with pytest.raises(Problem) as caught:
        run(["sh", "-c", "echo first; echo 'No space left on device'; exit 3"], log="t")

    assert "the disk is full" in caught.value.what
    assert "| first" in caught.value.what
    assert "first" in (tmp_path / "logs/t.log").read_text()


def test_a_full_disk_is_named_before_work_begins(tmp_path):
    with pytest.raises(Problem, match="are needed") as caught:
        check_disk(tmp_path / "not/yet/there", needed_gb=1e9)

    assert "SUITE_CACHE" in caught.value.remedy


def test_a_taken_port_is_named():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Problem, match=f"port {port} is taken"):
            free_port(port)
