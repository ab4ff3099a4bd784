"""Checks of our own behind make lint; each yields complaints as text."""
