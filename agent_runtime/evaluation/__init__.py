"""Scores of the runtime over three invented businesses."""
