"""The odoo.conf of a run, as text; pure."""

# queue_job's channels: never all workers, or web requests would wait for jobs.
# Both kinds of knowledge work together still leave a place for conversations.
WORKERS = 5
CHANNELS = "root:3,root.chatwoot:2,root.chatwoot.intake:1,root.knowledge:1,root.knowledge_bulk:1"
SERVER_WIDE = "base,web,rpc,queue_job,chatwoot_ai_connector"


def odoo_conf(options: dict[str, object], agent_runtime: dict[str, object]) -> str:
    """Text of a configuration with the sections options, queue_job and agent_runtime.

    ``options`` wins over the defaults of a demo or test run; None leaves one out.
    """
    defaults: dict[str, object] = {
        "workers": WORKERS,
        "max_cron_threads": 1,
        "server_wide_modules": SERVER_WIDE,
        "http_interface": "127.0.0.1",
        "list_db": False,
        "proxy_mode": True,
        "without_demo": True,
        # Several workers and cron threads per database, and the registry of every tenant.
        "db_maxconn": 32,
        "limit_memory_soft": 3 * 1024**3,
        "limit_memory_hard": 4 * 1024**3,
        "limit_time_cpu": 300,
        "limit_time_real": 600,
        "limit_request": 65536,
        "log_level": "info",
    }
    sections = [
        ("options", {**defaults, **options}),
        ("queue_job", {"channels": CHANNELS}),
        ("agent_runtime", agent_runtime),
    ]
    lines = []
    for title, values in sections:
        lines.append(f"[{title}]")
        lines += [f"{key} = {value}" for key, value in values.items() if value is not None]
        lines.append("")
    return "\n".join(lines)
