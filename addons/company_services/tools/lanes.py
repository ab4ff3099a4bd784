"""The two lanes of knowledge: single changes at once, many records in bulk."""

from __future__ import annotations

LIVE, BULK = "live", "bulk"
LANES = (LIVE, BULK)
BULK_FROM = 50
"""More records than this marked at once travel in bulk."""
CONTEXT_KEY = "knowledge_lane"
"""Context key by which work that has time asks for the bulk lane itself."""
