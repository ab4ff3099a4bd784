"""The demonstration's conversations as tests."""

import pytest

from demo.player import play
from demo.scenario import PLAYS, Outcome

SEEN: dict[str, Outcome] = {}


@pytest.mark.parametrize("what", PLAYS, ids=lambda what: what.key)
def test_play(stage, what):
    outcome = SEEN[what.key] = play(stage, what)
    assert outcome.failures == [], f"answered: {outcome.answers}"


def test_every_crew_has_answered():
    crews = {outcome.turn.crew for outcome in SEEN.values() if outcome.turn}
    assert crews >= {"whatsapp", "facebook", "instagram", "email", "web"}


def test_webhooks_were_acknowledged_at_once(stage):
    assert stage.double.wait_for(stage.double.idle, 20)
    deliveries = stage.double.outbox.deliveries
    assert {delivery.statuses[-1] for delivery in deliveries} == {200}
    assert max(delivery.seconds for delivery in deliveries) < 5


def test_log_is_clean(stage):
    lines = stage.odoo.log.read_text(encoding="utf-8", errors="replace").splitlines()
    trouble = [line for line in lines if " WARNING " in line or " ERROR " in line]
    assert trouble == []
