"""``agent-runtime decide``."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..contracts import (
    ROLES,
    Channel,
    Decided,
    DecideRequest,
    HistoryEntry,
    InternalAccess,
    Routing,
    TenantConfig,
    dump_json,
)
from . import knowledge, reach
from .texts import WrongInput, entries

Model = TypeVar("Model", bound=BaseModel)


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    command = commands.add_parser(
        "decide",
        help="say who would take a message, and why",
        description="Asks the running service, which reads the account's published configuration. "
        "With --config no service is needed.",
    )
    command.set_defaults(run=_run)
    reach.add_options(command)
    knowledge.add_account(command)
    command.add_argument(
        "--config", type=Path, metavar="FILE.json", help="a configuration as it is published"
    )
    command.add_argument(
        "--routing", type=Path, metavar="FILE.json", help="tried instead of the configuration's"
    )
    command.add_argument("--channel", choices=[c.value for c in Channel], default="whatsapp")
    command.add_argument("--inbox", type=int, help="Chatwoot's number of the inbox")
    command.add_argument("--label", action="append", default=[], help="of conversation or contact")
    command.add_argument("--priority", choices=("low", "medium", "high", "urgent"))
    command.add_argument("--last-role", choices=ROLES, help="who led the answer before")
    command.add_argument(
        "--history",
        type=Path,
        metavar="FILE.jsonl",
        help='what was said before, a line each: {"role": "customer" or "crew", "text": "..."}',
    )
    command.add_argument("--known", action="store_true", help="the customer's name is known")
    command.add_argument("--internal", action="store_true", help="one of the company's own writes")
    command.add_argument(
        "--at",
        type=datetime.fromisoformat,
        metavar="YYYY-MM-DDTHH:MM[+HH:MM]",
        help="when it is written; without an offset by this machine's clock",
    )
    command.add_argument("text", type=_text, help="what the customer writes")


def _run(options: argparse.Namespace) -> int:
    moment = options.at.astimezone() if options.at else datetime.now(UTC)
    request = DecideRequest(
        account_id=options.account,
        text=options.text,
        channel=Channel(options.channel),
        inbox_id=options.inbox,
        labels=tuple(options.label),
        priority=options.priority,
        last_role=options.last_role,
        routing=_routing(options.routing) if options.routing else None,
        history=_history(options.history, moment) if options.history else (),
        customer_known=options.known,
        internal=InternalAccess(name="-") if options.internal else None,
        moment=moment,
    )
    if options.config:
        from ..engine.dry_run import dry_run

        decided = dry_run(request, _config(options.config, options.account))
    else:
        decided = reach.client(options).decide(request)
    if options.json:
        print(dump_json(decided))
    else:
        _print(decided)
    return 0


def _text(written: str) -> str:
    if not written.strip():
        raise argparse.ArgumentTypeError("a message that is not empty")
    return written


def _routing(path: Path) -> Routing:
    # Imported here: the other commands need nothing of the decision engine.
    from ..decision.routing import unknown_names

    routing = _file(path, Routing)
    if unknown := unknown_names(routing):
        raise WrongInput(f"{path} names what there is not: {', '.join(unknown)}")
    return routing


def _config(path: Path, account: int) -> TenantConfig:
    config = _file(path, TenantConfig)
    if config.account_id != account:
        raise WrongInput(f"{path} is the configuration of account {config.account_id}")
    return config


def _history(path: Path, moment: datetime) -> tuple[HistoryEntry, ...]:
    def entry(line: dict[str, Any]) -> HistoryEntry:
        try:
            return HistoryEntry.model_validate({"sent_at": moment, **line})
        except ValidationError as error:
            # Pydantic's own words quote what a customer wrote.
            fields = ", ".join(".".join(map(str, item["loc"])) for item in error.errors())
            raise ValueError(f"wrong or missing: {fields}") from None

    return tuple(entries(path, entry))


def _file(path: Path, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(path.read_bytes())
    except OSError as error:
        raise WrongInput(f"{path}: {error.strerror}") from None
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) for item in error.errors())
        raise WrongInput(f"{path} is no {model.__name__}: {fields or 'no JSON'}") from None


def _print(decided: Decided) -> None:
    decision = decided.decision
    if decided.handover:
        print(f"a person answers, not the crew: {decided.handover.value}")
    elif decided.outside == "closed_message":
        print("closed: the customer reads the message for it, and the crew answers later")
    print(f"crew {decision.crew}, role {decision.role}  ({decided.milliseconds:.1f} ms)")
    print(decision.reason)
    print("  ".join(f"{c.name} {c.score:.2f}" for c in decision.ranking))
    for factor in decision.factors:
        print(
            f"  {factor.group:<8} {factor.weight:>5.2f} x {factor.score:<5.2f}"
            f" {factor.role or '':<11}{factor.detail}"
        )
    print(
        f"  language {decision.language or 'unknown'}, sentiment {decision.sentiment},"
        f" urgency {decision.urgency:g}"
    )
    for entity in decision.entities:
        print(f"  {entity.kind}: {entity.text}")
