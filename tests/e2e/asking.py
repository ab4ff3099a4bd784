"""What several tests do: a customer asks, the test waits for the turn."""

from __future__ import annotations

from demo.chatwoot_double import Message
from demo.ledger import Ledger
from demo.player import settled
from demo.scenario import TurnSeen
from demo.stage import Stage, StagedTenant

PATIENCE = 60


def ask(
    stage: Stage, staged: StagedTenant, text: str, inbox: str = "whatsapp", copies: int = 1
) -> Message:
    """A new customer writes ``text``."""
    contact = stage.double.add_contact(staged.tenant.account_id, "Pessoa de Teste")
    return stage.double.customer_says(
        staged.tenant.account_id, staged.inboxes[inbox], contact, text, copies=copies
    )


def wait_settled(staged: StagedTenant, message: Message, timeout: float = PATIENCE) -> TurnSeen:
    """Wait until the conversation's turns have ended; returns the last one."""
    assert staged.ledger.wait_for(lambda ledger: settled(ledger, message.conversation), timeout), (
        f"the turn did not end: {staged.ledger.turns(message.conversation.display_id)}"
    )
    return staged.ledger.turns(message.conversation.display_id)[-1]


def wait_state(staged: StagedTenant, message: Message, state: str) -> TurnSeen:
    """Wait until the conversation's last turn is in ``state``."""

    def look(ledger: Ledger) -> TurnSeen | None:
        turns = ledger.turns(message.conversation.display_id)
        return turns[-1] if turns and turns[-1].state == state else None

    turn = staged.ledger.wait_for(look, PATIENCE)
    assert turn, f"no turn became {state}: {staged.ledger.turns(message.conversation.display_id)}"
    return turn
