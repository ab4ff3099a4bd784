"""Every field of every model is where the table says, read from the stores themselves."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from . import only_in_odoo
from .field_table import ACCOUNT, ARRIVES, SWITCHES, Found, Withheld
from .only_in_odoo import MODELS_ONLY_IN_ODOO
from .stores import document, in_odoo, payloads, settled

PATIENCE = 120
PROOFS = [
    pytest.param(model, name, proof, id=f"{model}.{name}")
    for model, fields in ARRIVES.items()
    for name, proof in fields.items()
]


@pytest.fixture(scope="module")
def tenant(stage, patas_):
    """A tenant of its own, account 903, synchronised; its id."""
    made = in_odoo(stage, patas_, "odoo_side.make_marked(env)")
    assert patas_.ledger.wait_for(partial(settled, account_id=ACCOUNT), PATIENCE), (
        patas_.ledger.readiness()
    )
    return made


@pytest.fixture(scope="module")
def patas_(stage):
    return stage.tenants["patas"]


@pytest.fixture(scope="module")
def held(stage, patas_, tenant) -> dict[str, Any]:
    """What the stores and a turn request hold of the tenant."""
    return {
        "document": document(stage, ACCOUNT),
        "index": payloads(stage, ACCOUNT),
        "request": in_odoo(stage, patas_, f"odoo_side.marked_request(env, {tenant})"),
    }


def test_the_table_knows_every_field(stage, patas_):
    unknown, gone = [], []
    fields = in_odoo(stage, patas_, "odoo_side.suite_fields(env)")
    for model, names in fields.items():
        if model in MODELS_ONLY_IN_ODOO:
            continue
        switches = SWITCHES if model == "ai.tenant" else ()
        known = {*ARRIVES.get(model, ()), *only_in_odoo.reasons(model), *switches}
        unknown += [f"{model}.{name}" for name in names if name not in known]
        listed = {*ARRIVES.get(model, ()), *only_in_odoo.own_reasons(model), *switches}
        gone += [f"{model}.{name}" for name in listed if name not in names]
    listed = {*ARRIVES, *only_in_odoo.ONLY_IN_ODOO, *MODELS_ONLY_IN_ODOO}
    assert unknown == [], (
        "say in field_table.py where these arrive, or in only_in_odoo.py why they need not"
    )
    assert gone == []
    assert listed <= set(fields)


@pytest.mark.parametrize(("model", "name", "proof"), PROOFS)
def test_its_value_is_found(held, model, name, proof):
    if isinstance(proof, Withheld):
        marker = proof.marker(model, name)
        assert marker not in json.dumps(held, ensure_ascii=False)
        return
    assert isinstance(proof, Found)
    seen = list(_values(held[proof.store], proof.path, proof.store == "index"))
    if proof.store == "index" and isinstance(proof.value, str):
        assert any(proof.value in value for value in seen if isinstance(value, str)), seen
    else:
        assert proof.value in seen


def test_what_is_switched_off_leaves_the_document(stage, patas_, tenant, held):
    before = held["document"]
    for path in SWITCHES.values():
        assert all(_values(before, path, False)), path

    in_odoo(stage, patas_, f"odoo_side.switch_off(env, {tenant}, {list(SWITCHES)!r})")
    assert patas_.ledger.wait_for(partial(settled, account_id=ACCOUNT), PATIENCE)

    after = document(stage, ACCOUNT)
    assert after["version"] > before["version"]
    assert [path for path in SWITCHES.values() if any(_values(after, path, False))] == []


def _values(value: Any, path: str, many: bool):
    """Everything at ``path``; with ``many``, in each element of the list ``value``."""
    if many:
        for element in value:
            yield from _values(element, path, False)
        return
    here, _dot, rest = path.partition(".")
    name, _bracket, place = here.partition("[")
    found = value.get(name) if isinstance(value, dict) else None
    if place.startswith("]"):
        elements = found or []
    elif place:
        elements = (found or [])[int(place[:-1]) :][:1]
    else:
        elements = [found]
    for element in elements:
        if rest:
            yield from _values(element, rest, False)
        else:
            yield element
