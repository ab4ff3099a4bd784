"""The processes the suite consists of, started and stopped for demo, tests and development."""
