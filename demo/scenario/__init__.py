"""The played conversations: what is said, what must come of it, and who judges."""

from .checks import failures
from .model import Outcome, Play, PriceChange, SourceSeen, TurnSeen
from .plays import PLAYS

__all__ = ["PLAYS", "Outcome", "Play", "PriceChange", "SourceSeen", "TurnSeen", "failures"]
