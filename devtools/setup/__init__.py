"""The steps that make the environment; each is idempotent and leaves a marker when complete."""
