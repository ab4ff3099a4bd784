import json

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..normalise import Event, Unusable, account_number, normalise
from ..passed_over import passed_over
from .connector_case import FIXTURES

BODIES = [path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*.json"))]
EVENTS = (
    "message_created", "message_updated", "conversation_created", "conversation_updated",
    "conversation_status_changed", "conversation_opened", "conversation_resolved",
)  # fmt: skip
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["incoming", "outgoing", "failed", "1", "٣", "2026-06-18", "\ud800"])
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


def paths(value, prefix=()):
    """The way to every value inside ``value``."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        yield (*prefix, key)
        if isinstance(item, dict | list):
            yield from paths(item, (*prefix, key))


@st.composite
def payloads(draw):
    """A payload of Chatwoot's in which any values are replaced by any others, or left out."""
    payload = json.loads(draw(st.sampled_from(BODIES)))
    payload["event"] = draw(st.sampled_from(EVENTS))
    for path in draw(st.lists(st.sampled_from(sorted(paths(payload), key=str)), max_size=4)):
        target = payload
        try:
            for key in path[:-1]:
                target = target[key]
            if draw(st.booleans()):
                target[path[-1]] = draw(VALUES)
            else:
                del target[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue  # a former replacement took the place away
    return payload


@tagged("post_install", "-at_install")
class TestTotal(BaseCase):
    """Any JSON value becomes an event, nothing, or a refusal that names what is missing."""

    def check(self, payload):
        account_number(payload)
        try:
            event = normalise(payload)
        except Unusable as missing:
            self.assertIn(str(missing), ("id", "conversation.id"))
            return
        if event is None:
            return
        stored = json.dumps(event.to_json(), allow_nan=False)
        stored.encode()
        self.assertNotIn("\\u0000", stored, "PostgreSQL takes no NUL")
        self.assertEqual(Event.from_json(json.loads(stored)), event)
        self.assertLessEqual(len(event.logical_key("delivery")), 250)
        self.assertGreater(event.conversation.display_id, 0)
        if event.message:
            passed_over(event.message)

    @settings(max_examples=1500, deadline=None, derandomize=True, database=None)
    @given(payload=payloads())
    def test_what_looks_like_chatwoots(self, payload):
        self.check(payload)

    @settings(max_examples=300, deadline=None, derandomize=True, database=None)
    @given(payload=st.dictionaries(st.sampled_from(["event", "id", "conversation"]), VALUES))
    def test_anything(self, payload):
        self.check(payload)
