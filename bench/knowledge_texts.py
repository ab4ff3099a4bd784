"""Texts of a shop, made up repeatably: the same number gives the same text."""

from __future__ import annotations

import random
from collections.abc import Iterator

from agent_runtime.client import RuntimeClient
from agent_runtime.contracts import KnowledgeItem, KnowledgeReceipt, KnowledgeUpsert

from .knowledge_runtime import ACCOUNT, ORIGIN

SENT_AT_ONCE = 96
"""Records a request, as Odoo's bulk jobs send them to a runtime of ordinary speed."""

_VOCABULARY = """
    ração golden adulto sabor frango arroz cães gatos porte médio grande pequeno filhote
    entrega frete grátis troca devolução prazo dias nota fiscal banho tosa hora marcada
    pagamento pix cartão crédito débito coleira antipulgas areia sanitária brinquedo cama
    transporte vacina consulta retorno desconto promoção embalagem econômica natural grãos
"""
_WORDS = _VOCABULARY.split()


def item(number: int, words: int | None = None) -> KnowledgeItem:
    """One record; without ``words`` as long as a product's description, 20 to 60 words."""
    chance = random.Random(number)
    length = words or chance.randint(20, 60)
    text = " ".join(chance.choice(_WORDS) for _ in range(length))
    return KnowledgeItem(
        model="product.template",
        record_id=number + 1,
        title=f"Produto {number}",
        text=f"{text}.",
        content_hash=f"{number}",
    )


def batches(items: list[KnowledgeItem], size: int) -> Iterator[list[KnowledgeItem]]:
    """The items in order, so many at a time."""
    return (items[start : start + size] for start in range(0, len(items), size))


def receipt_of(
    client: RuntimeClient, collection: str, items: list[KnowledgeItem], lane: str = "live"
) -> KnowledgeReceipt:
    """Send records and make sure that the store has them."""
    receipt = client.upsert(
        KnowledgeUpsert(
            account_id=ACCOUNT, collection=collection, origin=ORIGIN, items=tuple(items), lane=lane
        )
    )
    stored = [entry.content_hash for entry in receipt.receipts]
    if stored != [item.content_hash for item in items]:
        raise RuntimeError("the store does not hold what was sent")
    return receipt
