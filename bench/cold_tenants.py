"""``cold_tenants``: the first webhook to each of twenty databases after the server's start.

The server is started for another database, because Odoo loads those of its ``db_name`` before it
forks its workers: nobody has loaded a registry of the twenty, and the log must say so at the end.
It is started several times, so that more of the webhooks are a worker's very first request.
Chatwoot waits five seconds. The databases are copies of one with a Chatwoot account, each with a
number and address of its own; no job of theirs runs.
"""

from __future__ import annotations

import json
import re
import time
import uuid
from pathlib import Path

import requests

from demo.chatwoot_double.outbox import webhook_headers
from devtools.console import step
from devtools.databases import copy_database, drop_database
from devtools.environment import addons_path
from devtools.problem import Problem
from devtools.services.postgres import sql
from devtools.services.stack import Stack
from devtools.template import make_suite

from .rows import Row, percentile

DATABASES = 20
STARTS = 3
HOME = "bench_cold_home"
"""The database that the server is started for."""
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
            taken = [
                seconds
                for start in range(STARTS)
                for seconds in _first_webhooks(stack, names, start)
            ]
        finally:
            for name in (HOME, *names):
                drop_database(stack.layout.roots, name, stack.folder / "odoo-data")
    return [
        Row("cold_tenants_max", max(taken), "ms"),
        Row("cold_tenants_p50", percentile(taken, 0.5), "ms"),
    ]


def _make(stack: Stack, names: list[str]) -> None:
    template = make_suite(stack.layout)
    roots, files = stack.layout.roots, stack.folder / "odoo-data"
    with step(f"{DATABASES} databases"):
        for name in (HOME, *names):
            stack.drop(name)
        for name in (HOME, names[0]):
            stack.database(name, template)
        conf = stack.write_conf([HOME], 1, options=OPTIONS)
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


def _first_webhooks(stack: Stack, names: list[str], start: int) -> list[float]:
    """Milliseconds of each after one start of the server, one after the other."""
    odoo = stack.start_odoo([HOME], options=OPTIONS)
    taken = []
    with requests.Session() as session:
        session.trust_env = False
        for number in range(len(names)):
            body = json.dumps(_event(FIRST_ACCOUNT + number, start + 1)).encode()
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
    odoo.service.stop()
    for name in names:
        (count,) = sql(stack.layout.roots, "SELECT count(*) FROM chatwoot_intake", name)
        if count != str(start + 1):
            raise Problem(f"{name} has {count} rows instead of {start + 1}", f"read {odoo.log}")
    _nobody_loaded(names, odoo.log)
    return taken


def _nobody_loaded(names: list[str], log: Path) -> None:
    text = log.read_text(encoding="utf-8", errors="replace")
    loaded = set(re.findall(r" (\S+) odoo\.registry: Registry loaded", text))
    if HOME not in loaded:
        raise Problem("the log does not tell of loaded registries", f"read {log}")
    if warm := loaded.intersection(names):
        raise Problem(f"{len(warm)} of the databases were not cold", f"read {log}")


def _token(number: int) -> str:
    return f"cold-tenant-{number:02d}-" + "x" * 20


def _event(account: int, message_id: int) -> dict:
    person = {"id": 1, "name": "Ana"}
    return {
        "event": "message_created",
        "id": message_id,
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
