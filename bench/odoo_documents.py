"""Many short support documents in the demonstration's pet shop, made inside Odoo."""

from __future__ import annotations

from demo.stage import Stage, StagedTenant

_SCRIPT = """
tenant = env["ai.tenant"].search([], limit=1)
for start in range(0, {count}, 1000):
    env["business.support.document"].create([
        {{
            "name": f"{name} {{n}}",
            "content": f"{name}: o prazo da peça {{n}} é de {{n % 30 + 1}} dias.",
            "state": "approved",
            "company_id": tenant.company_id.id,
        }}
        for n in range(start, min(start + 1000, {count}))
    ])
    env.cr.commit()
    env.invalidate_all()
"""
_STATES = """
SELECT count(*) FILTER (WHERE b.state = 'indexed'), count(*) FILTER (WHERE b.state != 'indexed')
  FROM ai_knowledge_binding b
  JOIN business_support_document d ON d.id = b.res_id AND b.model = 'business.support.document'
 WHERE d.name LIKE %s
"""


def make_documents(stage: Stage, name: str, count: int) -> None:
    """Create so many, their names beginning with ``name``; more than an edit, so mass work."""
    stage.stack.odoo_command(
        "shell", "-c", stage.odoo.conf, "-d", stage.tenants["patas"].database, "--no-http",
        "--workers", "0", "--log-level", "warn", script=_SCRIPT.format(name=name, count=count),
    )  # fmt: skip


def indexed(staged: StagedTenant, name: str) -> int:
    """How many of them the store has confirmed."""
    return _states(staged, name)[0]


def waiting(staged: StagedTenant, name: str) -> int:
    """How many of them are still to be indexed."""
    return _states(staged, name)[1]


def _states(staged: StagedTenant, name: str) -> tuple[int, int]:
    (states,) = staged.ledger.rows(_STATES, f"{name} %")
    return states
