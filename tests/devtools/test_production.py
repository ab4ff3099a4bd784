"""The production shape: what its files say of each other must agree."""

import ast
import re
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

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
