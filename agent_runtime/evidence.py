"""What a tool read, in one shape, whatever server it came from.

The engine gathers evidence before the crew runs, a crew's tools add to it, and the answer is
checked against it: nothing that is not evidence may be stated to a customer.
"""

from __future__ import annotations

from typing import Any

from .contracts import Contract, EvidenceKind, Source


class Evidence(Contract):
    """One fact or passage with its provenance.

    ``data`` holds what has a type of its own, by ``kind``:

    - ``product``: ``price`` (float), ``currency`` (ISO 4217 code), ``stock_state``
      (``in_stock``, ``out_of_stock`` or ``not_tracked``), ``quantity`` (float), ``uom`` (str),
      ``default_code`` (str), ``category`` (id). An absent key means: not known, so not to be told.
    - ``service``: ``pricing`` (as in :class:`~.contracts.ServiceOffer`), ``price`` and
      ``currency``, ``duration_minutes``.
    - ``rule``: ``kind``, ``valid_from`` and ``valid_until`` (ISO times), ``upcoming`` (true: has
      not begun, for the company's own people only), ``discount_percent``, ``discount_amount``
      (decimals as text), ``scope`` (the products it is limited to, in words), ``products`` and
      ``categories`` (the same as ids), ``delivery`` and ``scheduling`` (the terms of the
      contract), ``quote`` (true: terms worked out for this customer's question).
    - ``order``: ``number``, ``state``, ``date`` and ``delivery_date`` (ISO dates), ``total`` and
      ``currency``, ``lines`` (``[name, quantity]``), of the proven customer only.
    - ``slot``: ``starts_at`` (ISO time), ``minutes``, ``rule`` (key of the scheduling rule).
    - ``calculation``: ``result`` (decimal as text), ``currency`` where it is money,
      ``quantities`` (reference to decimal as text), and ``of`` (references of the evidence that
      the operands came from).
    - ``document`` and ``company``: nothing.

    What a customer wants done has ``request`` (its kind) beside the data of what it is about, and
    ``request_state`` (``waiting`` or ``done``) where it was asked for in a former turn.
    """

    kind: EvidenceKind
    reference: str
    """``model,id`` in Odoo, or ``config`` for the published profile."""
    title: str
    text: str
    via: str
    """``request``, ``mcp-mongodb``, ``mcp-qdrant``, ``mcp-odoo`` or ``calculator``."""
    score: float | None = None
    """Search score, higher is better; ``None`` where nothing was ranked."""
    data: dict[str, Any] = {}

    def source(self) -> Source:
        """The part that is kept with the turn: where it was read, not what it says."""
        return Source(
            kind=self.kind,
            reference=self.reference,
            title=self.title,
            via=self.via,
            score=self.score,
        )
