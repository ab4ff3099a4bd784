"""The embedded agent runtime: a process that Odoo starts, watches and ends.

Odoo has no hook for server processes, so its two servers are extended the way queue_job's
runner does it, when the addon is imported as a server-wide module. Nothing is started for a
server that has the address of a runtime configured, that only initialises or tests, or under
``shell``.

One runtime belongs to one Odoo server, because its knowledge store does: several nodes, or a
second Odoo process for jobs, need ``url`` in section ``[agent_runtime]`` of ``odoo.conf``.
"""

from . import prefork, threaded

prefork.install()
threaded.install()
