"""A PostgreSQL cluster of our own, on a Unix socket in the state directory.

It is made for demo, tests and development: no password (whoever may enter the
socket's directory may connect), no network, durability switched off for speed.
An operator who sets PGHOST uses another server, and nothing here is started.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from ..console import say, step
from ..keys import digest
from ..locking import exclusive
from ..problem import Problem
from ..roots import Roots
from ..setup.disk import check_disk
from ..setup.system_packages import postgres_bin
from ..shell import is_root, output_of, run

ROLE = "odoo"
_PORT = "54329"  # names the socket file only; no TCP port is opened
_LOG = "postgres"
_MAX_SOCKET_PATH = 90
_SETTINGS = """
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 300
shared_buffers = 256MB
timezone = 'UTC'
log_min_messages = warning
# Test and demo data can be made again: speed over durability.
fsync = off
synchronous_commit = off
full_page_writes = off
"""


def _home(roots: Roots) -> Path:
    return roots.state / "postgres"


def _socket_directory(roots: Roots) -> Path:
    """Below the state directory, unless that makes the path longer than a socket may have."""
    inside = _home(roots) / "socket"
    if len(str(inside)) <= _MAX_SOCKET_PATH:
        return inside
    return Path(tempfile.gettempdir()) / f"suite-pg-{digest(roots.state)}"


def is_external(roots: Roots, environ=None) -> bool:
    """Has the operator named a PostgreSQL server (and not just evaluated ``make env``)?"""
    environ = os.environ if environ is None else environ
    host = environ.get("PGHOST")
    return bool(host) and host != str(_socket_directory(roots))


def connection(roots: Roots, environ=None) -> dict[str, str]:
    """The PG* variables with which programs reach the server."""
    environ = os.environ if environ is None else environ
    if is_external(roots, environ):
        named = {name: environ[name] for name in ("PGHOST", "PGPORT", "PGUSER") if name in environ}
        return {"PGPORT": "5432", "PGUSER": ROLE, **named}
    return {"PGHOST": str(_socket_directory(roots)), "PGPORT": _PORT, "PGUSER": ROLE}


def is_running(roots: Roots) -> bool:
    """Does the server answer?"""
    return "accepting" in output_of(
        [program("pg_isready"), "-d", "postgres"], env={**os.environ, **connection(roots)}
    )


def program(name: str) -> str:
    """Path of one of PostgreSQL's programs, ``pg_dump`` for example."""
    directory = postgres_bin()
    if directory and (directory / name).exists():
        return str(directory / name)
    found = shutil.which(name)
    if not found:
        raise Problem(f"PostgreSQL's {name} is missing", "run make setup")
    return found


def _as_owner(command: list) -> list:
    """PostgreSQL refuses to run as root: the system's user postgres owns root's cluster."""
    if not is_root():
        return command
    if shutil.which("setpriv") is None:
        return ["runuser", "-u", "postgres", "--", *command]
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]


def make_cluster(roots: Roots) -> None:
    """Create the cluster, unless it exists."""
    if is_external(roots) or (_home(roots) / "data/PG_VERSION").exists():
        return
    check_disk(roots.state, 1)
    with step("PostgreSQL cluster"):
        home, socket = _home(roots), _socket_directory(roots)
        work = home / "data.part"
        shutil.rmtree(work, ignore_errors=True)
        for directory in (work, socket):
            directory.mkdir(parents=True, exist_ok=True)
            if is_root():
                user = pwd.getpwnam("postgres")
                os.chown(directory, user.pw_uid, user.pw_gid)
            directory.chmod(0o700)
        run(
            _as_owner(
                [program("initdb"), "-D", work, "-U", "postgres", "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync"]
            ),
            log=_LOG,
            cwd=Path("/"),
            remedy=f"every directory above {home} must be open to the user postgres: set "
            "SUITE_STATE to one below /var/lib, say",
        )  # fmt: skip
        with (work / "postgresql.conf").open("a", encoding="utf-8") as conf:
            conf.write(_SETTINGS.format(port=_PORT, socket=socket))
        work.rename(home / "data")


def start(roots: Roots) -> bool:
    """Start the server unless it runs; make the role. True when this call started it."""
    if is_external(roots):
        if not is_running(roots):
            where = connection(roots)
            raise Problem(
                f"PostgreSQL at {where['PGHOST']}:{where['PGPORT']} does not answer",
                "start it, or unset PGHOST to let the suite use a server of its own",
            )
        return False
    make_cluster(roots)
    with exclusive(_home(roots) / "start.lock", "PostgreSQL"):
        if is_running(roots):
            return False
        data = _home(roots) / "data"
        _socket_directory(roots).mkdir(parents=True, exist_ok=True)
        run(
            _as_owner([program("pg_ctl"), "-D", data, "-l", data / "server.log", "-w", "start"]),
            log=_LOG,
            cwd=Path("/"),
            remedy=f"read {data / 'server.log'}",
        )
        _ensure_role(roots)
    say("PostgreSQL answers")
    return True


def _ensure_role(roots: Roots) -> None:
    env = {**os.environ, **connection(roots), "PGUSER": "postgres"}
    psql = [program("psql"), "-X", "-q", "-d", "postgres"]
    known = output_of([*psql, "-Atc", "SELECT rolname FROM pg_roles"], env=env)
    if ROLE not in known.split():
        run([*psql, "-c", f"CREATE ROLE {ROLE} LOGIN CREATEDB"], log=_LOG, env=env)


def stop(roots: Roots) -> None:
    """Stop our own server, whoever uses it."""
    data = _home(roots) / "data"
    if is_external(roots) or not (data / "postmaster.pid").exists():
        return
    run(
        _as_owner([program("pg_ctl"), "-D", data, "-m", "fast", "-w", "stop"]),
        log=_LOG,
        cwd=Path("/"),
    )


@contextmanager
def in_use(roots: Roots):
    """Keep the server up while the block runs; the last user stops it.

    Each user holds a shared lock; whoever can turn it into an exclusive one was
    the last. ``keep_running`` (make services) leaves a mark that prevents it.
    """
    _home(roots).mkdir(parents=True, exist_ok=True)
    with (_home(roots) / "users.lock").open("w") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        start(roots)
        try:
            yield
        finally:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                pass
            else:
                if not _keep_mark(roots).exists():
                    stop(roots)


def _keep_mark(roots: Roots) -> Path:
    return _home(roots) / "keep-running"


def keep_running(roots: Roots) -> None:
    """Start the server and leave it running until ``let_go``."""
    start(roots)
    if not is_external(roots):
        _keep_mark(roots).touch()


def let_go(roots: Roots) -> None:
    """Stop the server that ``keep_running`` left up."""
    _keep_mark(roots).unlink(missing_ok=True)
    stop(roots)


def sql(roots: Roots, statement: str, database: str = "postgres") -> list[str]:
    """Run a statement with psql; the rows as text. Raises Problem when it fails."""
    done = subprocess.run(
        [
            program("psql"),
            "-X",
            "-q",
            "-At",
            "-v",
            "ON_ERROR_STOP=1",
            "-d",
            database,
            "-c",
            statement,
        ],
        env={**os.environ, **connection(roots)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise Problem(f"PostgreSQL refused: {done.stderr.strip()}", "see the message above")
    return done.stdout.splitlines()
