"""Keys in ``content_attributes`` by which a message of ours is recognised later."""

from __future__ import annotations

TURN_KEY = "ai_turn"
PART_KEY = "ai_part"
