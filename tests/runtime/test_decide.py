"""A dry run of the decision: by the service, by the command line, and never across accounts."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.exceptions import HTTPException

from agent_runtime import cli
from agent_runtime.contracts import (
    Channel,
    Decided,
    DecideRequest,
    Routing,
    RoutingRule,
    TenantConfig,
    dump_json,
)
from agent_runtime.engine.dry_run import dry_run
from agent_runtime.mcp.errors import McpUnavailable
from agent_runtime.service.decide import decide
from agent_runtime.tools.company import CompanyReader
from tests.doubles import turns

SEVEN = turns.config(routing=Routing(rules=(RoutingRule(keywords=("areia",), role="support"),)))
EIGHT = turns.config(8, routing=Routing(default_crew="email", default_role="sales"))


class Published:
    """Stands for MCP-MongoDB: what is published, and whose was asked for."""

    def __init__(self, *configs: TenantConfig) -> None:
        self._documents = {c.account_id: json.loads(dump_json(c)) for c in configs}
        self.asked: list[int] = []
        self.trouble: Exception | None = None

    async def configuration(self, account_id: int) -> dict | None:
        self.asked.append(account_id)
        if self.trouble:
            raise self.trouble
        return self._documents.get(account_id)


def asked(published: Published | None, account: int = 7, **changes: object) -> Decided:
    request = DecideRequest(account_id=account, **{"text": "tem areia?", **changes})
    reader = CompanyReader(published) if published else None
    return asyncio.run(decide(request, reader))


def test_each_account_is_decided_by_its_own_configuration() -> None:
    published = Published(SEVEN, EIGHT)
    seven, eight = asked(published), asked(published, 8)
    assert (seven.decision.crew, seven.decision.role) == ("whatsapp", "support")
    assert (eight.decision.crew, eight.decision.role) == ("email", "sales")
    assert published.asked == [7, 8]
    assert 0 < seven.milliseconds < 1000


def test_seven_gets_nothing_of_eights_configuration() -> None:
    published = Published(EIGHT)
    with pytest.raises(HTTPException) as nothing:
        asked(published)
    assert (nothing.value.status_code, published.asked) == (404, [7])
    with pytest.raises(HTTPException) as foreign:
        asked(published, config=EIGHT)
    assert foreign.value.status_code == 422
    mixed = Published(SEVEN)
    mixed._documents[7]["account_id"] = 8  # what lies under 7's number is not 7's
    with pytest.raises(HTTPException) as wrong:
        asked(mixed)
    assert wrong.value.status_code == 404


def test_what_would_win_if() -> None:
    published = Published(SEVEN)
    tried = Routing(rules=(RoutingRule(channel=Channel.WHATSAPP, crew="web", role="sales"),))
    decision = asked(published, routing=tried).decision
    assert (decision.crew, decision.role) == ("web", "sales")
    assert asked(published).decision.role == "support"
    unread = Published()
    assert asked(unread, config=SEVEN).decision.role == "support"
    assert unread.asked == []


def test_a_store_that_cannot_be_asked_may_be_asked_later() -> None:
    published = Published(SEVEN)
    published.trouble = McpUnavailable("down")
    for store in (published, None):
        with pytest.raises(HTTPException) as error:
            asked(store)
        assert error.value.status_code == 503


def test_everything_a_rule_may_ask_for_can_be_tried() -> None:
    rule = RoutingRule(inbox=5, label="vip", priority="high", hours="closed", role="support")
    config = turns.config(routing=Routing(rules=(rule,)))
    request = DecideRequest(
        account_id=7, text="oi", inbox_id=5, labels=("VIP",), priority="urgent",
        moment=turns.NOW.replace(hour=22), rules=(turns.promotion(),),
    )  # fmt: skip
    assert dry_run(request, config).decision.role == "support"
    assert dry_run(request.model_copy(update={"labels": ()}), config).decision.role == "service"
    factors = {f.name: f for f in dry_run(request, config).decision.factors}
    assert "1" in factors["rules_in_force"].detail


def run(capsys: pytest.CaptureFixture, *words: str) -> SimpleNamespace:
    status = cli.main(["decide", *words])
    said = capsys.readouterr()
    return SimpleNamespace(status=status, out=said.out, err=said.err)


def test_the_command_line_needs_no_service_with_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    file = tmp_path / "config.json"
    file.write_text(dump_json(SEVEN), encoding="utf-8")
    own = ("--account", "7", "--config", str(file))
    told = run(capsys, *own, "--json", "cadê a areia que comprei?")
    assert told.status == 0
    assert Decided.model_validate_json(told.out).decision.role == "support"
    readable = run(capsys, *own, "--channel", "email", "meu cpf é 529.982.247-25, tem areia?")
    assert "crew email, role support" in readable.out
    assert "529.982" not in readable.out
    assert run(capsys, "--account", "8", "--config", str(file), "oi").status == cli.WRONG_INPUT
    file.write_text('{"account_id": 7}', encoding="utf-8")
    broken = run(capsys, *own, "oi")
    assert (broken.status, "currency" in broken.err) == (cli.WRONG_INPUT, True)
    assert run(capsys, "--account", "7", "--config", "/no/such", "oi").status == cli.WRONG_INPUT
