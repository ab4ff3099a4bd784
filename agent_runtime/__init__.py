"""AI crew runtime of the suite.

Importing the package costs nothing and pulls in nothing. ``contracts``, ``rules`` and ``client``
need only pydantic and requests, so that Odoo can use them; every other module belongs to the
``[runtime]`` extra and runs in the runtime's own process.
"""

__version__ = "1.0.0"
