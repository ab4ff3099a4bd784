"""``cold_tenants``: the first webhook to each of twenty databases after the server's start.

No worker has loaded any of their registries when its webhook comes; Chatwoot waits five seconds.
The databases are copies of one with a Chatwoot account, each with a number and address of its own.
"""

from __future__ import annotations

import json
import time
import uuid

import requests

from demo.chatwoot_double.outbox import webhook_headers
from devtools.console import step
from devtools.databases import copy_database, drop_database
from devtools.environment import addons_path
from devtools.services.postgres import sql
from devtools.services.stack import Stack
from devtools.template import make_suite

from .rows import Row, percentile

DATABASES = 20
FIRST_ACCOUNT = 5000
SECRET = "secret-of-the-cold-tenants"
OPTIONS = {"max_cron_threads": 0}
_FIRST = """
company = env["res.company"].create({{"name": "Frio"}})
tenant = env["ai.tenant"].create({{"company_id": company.id, "account_id": {account}}})
env["chatwoot.account"].create({{
    "name": "Frio", "company_id": company.id, "tenant_id": tenant.id,
    "base_url": "http://127.0.0.1:9", "bot_token": "token", "webhook_secret": {secret!r},
}})
env.cr.commit()
"""
_OWN = """
UPDATE ai_tenant SET account_id = {account};
UPDATE chatwoot_account SET account_id = {account}, route_token = '{token}';
"""


def measure() -> list[Row]:
    """The slowest and the median first webhook, in milliseconds."""
    with Stack("bench_cold") as stack:
        stack.reset()
        names = [f"bench_cold_{number:02d}" for number in range(DATABASES)]
        try:
            _make(stack, names)
            taken = _first_webhooks(stack, names)
        finally:
            for name in names:
                drop_database(stack.layout.roots, name, stack.folder / "odoo-data")
    return [
        Row("cold_tenants_max", max(taken), "ms"),
        Row("cold_tenants_p50", percentile(taken, 0.5), "ms"),
    ]


def _make(stack: Stack, names: list[str]) -> None:
    template = make_suite(stack.layout)
    roots, files = stack.layout.roots, stack.folder / "odoo-data"
    with step(f"{DATABASES} databases"):
        for name in names:
            stack.drop(name)
        stack.database(names[0], template)
        conf = stack.write_conf(names, 1, options=OPTIONS)
        stack.odoo_command(
            "shell", "-c", conf, "-d", names[0], "--no-http", "--workers", "0",
            "--log-level", "warn", script=_FIRST.format(account=FIRST_ACCOUNT, secret=SECRET),
        )  # fmt: skip
        for number, name in enumerate(names):
            if number:
                copy_database(roots, names[0], name, files)
            sql(roots, _OWN.format(account=FIRST_ACCOUNT + number, token=_token(number)), name)
        command = [f"--addons-path={addons_path(stack.layout)}", "chatwoot_directory", "-c", conf]
        stack.odoo_command(*command, "-d", ",".join(names))


def _first_webhooks(stack: Stack, names: list[str]) -> list[float]:
    """Milliseconds of each, one after the other, the databases' own work going on meanwhile."""
    odoo = stack.start_odoo(names, options=OPTIONS)
    taken = []
    with requests.Session() as session:
        session.trust_env = False
        for number in range(len(names)):
            body = json.dumps(_event(FIRST_ACCOUNT + number)).encode()
            headers = webhook_headers(SECRET, body, str(uuid.uuid4()), int(time.time()))
            begun = time.monotonic()
            answer = session.post(
                f"{odoo.url}/webhook/chatwoot/{_token(number)}",
                data=body,
                headers={**headers, "Connection": "close"},
                timeout=30,
            )
            taken.append(1000 * (time.monotonic() - begun))
            answer.raise_for_status()
    for number, name in enumerate(names):
        (count,) = sql(stack.layout.roots, "SELECT count(*) FROM chatwoot_intake", name)
        if count != "1":
            raise RuntimeError(f"database {number} has {count} rows instead of one")
    odoo.service.stop()
    return taken


def _token(number: int) -> str:
    return f"cold-tenant-{number:02d}-" + "x" * 20


def _event(account: int) -> dict:
    person = {"id": 1, "name": "Ana"}
    return {
        "event": "message_created",
        "id": 1,
        "content": "Olá",
        "message_type": "incoming",
        "private": False,
        "account": {"id": account, "name": "Frio"},
        "inbox": {"id": 1, "name": "WhatsApp"},
        "sender": person,
        "conversation": {
            "id": 1,
            "inbox_id": 1,
            "channel": "Channel::Whatsapp",
            "status": "pending",
            "can_reply": True,
            "meta": {"sender": person, "assignee": None},
        },
    }
