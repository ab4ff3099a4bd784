"""What the addresses for machines are made of: who calls, ``/config``, ``/health``, ``/metrics``.

They are served without a database (``nodb``); which one is meant follows from the account that
the request names, through the directory of webhooks.
"""
