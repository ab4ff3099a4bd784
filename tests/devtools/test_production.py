"""The production shape: what its files say of each other must agree."""

import ast
import os
import re
import subprocess
from configparser import ConfigParser
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
import yaml
from redis.backoff import ConstantBackoff
from redis.retry import Retry

from agent_runtime.mcp.redis import acl_rule
from devtools.services.ports import free_port

REPO = Path(__file__).resolve().parents[2]
COMPOSE = (REPO / "docker-compose.yml").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(COMPOSE)["services"]
ODOO_IMAGE = (REPO / "docker/odoo.Dockerfile").read_text(encoding="utf-8")
PARENT_VOLUMES = ("/mnt/extra-addons", "/var/lib/odoo")
"""What odoo:19.0 declares as volumes: they outlive an upgrade of the image."""

OF_ODOO = {"cryptography", "lxml", "requests"}
"""What the image of Odoo brings for Odoo itself."""


@pytest.fixture
def options():
    parser = ConfigParser(interpolation=None)
    parser.read(REPO / "odoo.conf", encoding="utf-8")
    return parser["options"]


def test_odoo_finds_the_addons_where_the_image_of_this_version_puts_them(options):
    copied = dict(re.findall(r"^COPY (\S+) (\S+)$", ODOO_IMAGE, re.MULTILINE))
    folders = options["addons_path"].split(",")

    assert copied["addons"] in folders
    assert not [folder for folder in folders if folder.startswith(PARENT_VOLUMES)]


@pytest.mark.parametrize(
    "manifest", sorted(REPO.glob("addons/*/__manifest__.py")), ids=lambda path: path.parent.name
)
def test_the_image_brings_what_the_addons_import(manifest):
    needs = ast.literal_eval(manifest.read_text(encoding="utf-8"))
    needs = set(needs.get("external_dependencies", {}).get("python", ()))
    installed = re.search(r"--constraint \S+ \\\n(.+?) \\\n", ODOO_IMAGE)[1].split()

    assert needs - OF_ODOO <= set(installed)


def test_odoo_is_reached_from_outside_its_container(options):
    assert options["http_interface"] == "0.0.0.0"


def test_only_what_is_always_started_demands_its_variables():
    optional = {name for name, service in SERVICES.items() if service.get("profiles")}

    assert optional == {"redis"}
    # Compose itself demands ${NAME:?…}; $${…} is left to the container's shell.
    assert not re.search(r"(?<!\$)\$\{\w+:?\?", yaml.safe_dump(SERVICES["redis"]))


def test_qdrants_server_is_of_the_same_release_as_its_client():
    lock = (REPO / "locks/runtime.lock").read_text(encoding="utf-8")
    client = re.search(r"^qdrant-client==(\d+\.\d+)\.", lock, re.MULTILINE)[1]

    assert SERVICES["qdrant"]["image"].startswith(f"qdrant/qdrant:v{client}.")


def test_redis_keeps_its_users_over_a_restart_and_takes_a_new_password(tmp_path):
    """The command of the compose file itself, without the image's entry point."""
    *shell, command = SERVICES["redis"]["command"]
    command = command.replace("$$", "$").replace("/data/", f"{tmp_path}/")
    command = command.replace("exec docker-entrypoint.sh", "exec")
    port = free_port()

    @contextmanager
    def running(password):
        server = subprocess.Popen(
            [*shell, f"{command} --port {port} --bind 127.0.0.1 --dir {tmp_path}"],
            env={**os.environ, "REDISCLI_AUTH": password},
            stdout=subprocess.DEVNULL,
        )
        patient = Retry(ConstantBackoff(0.02), 500, (redis.ConnectionError,))
        admin = redis.Redis(host="127.0.0.1", port=port, password=password, retry=patient)
        try:
            yield admin
        finally:
            admin.close()
            server.terminate()
            server.wait(10)

    with running("first secret") as admin:
        admin.execute_command(acl_rule("k" * 16, 7))
        admin.execute_command("ACL SAVE")
    with running("another") as admin:
        assert sorted(admin.acl_users()) == ["acct_7", "default"]
        for wrong in ("first secret", None):
            other = redis.Redis(host="127.0.0.1", port=port, password=wrong)
            with pytest.raises(redis.AuthenticationError):
                other.ping()
