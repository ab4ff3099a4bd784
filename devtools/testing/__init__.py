"""The test runs behind make test, and the sum of their results."""
