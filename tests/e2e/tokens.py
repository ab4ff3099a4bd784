"""The server's own tokens on the tests' stage."""

HEALTH_TOKEN = "token-of-the-watch"
METRICS_TOKEN = "token-of-prometheus"
