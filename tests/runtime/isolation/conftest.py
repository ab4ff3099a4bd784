"""Stores with two accounts in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.doubles.attempts import SECRET
from tests.doubles.mongo_stand_in import mongo_stand_in, publish
from tests.doubles.turn_tools import configuration


@pytest.fixture(scope="session")
def mongodb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A MongoDB in which account 8's configuration holds the secret."""
    with mongo_stand_in(tmp_path_factory.mktemp("mongo")) as url:
        publish(url, configuration(7))
        publish(url, configuration(8, company={"name": f"Empresa {SECRET}"}))
        yield url
