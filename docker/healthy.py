"""Health check of the runtime's container: exit status 0 when GET /health answers 200."""

import os
import sys
import urllib.request

port = os.environ.get("AGENT_RUNTIME_PORT", "8090")
with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as response:
    sys.exit(response.status != 200)
