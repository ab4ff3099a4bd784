"""The crews: one base, one thin variation a channel, defined in YAML as CrewAI does."""
