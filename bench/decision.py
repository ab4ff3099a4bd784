"""``decision_ms``: how long the decision on one message takes, in this process.

There is nothing to compare it with: the bound is the 5 ms that a turn can spare for it.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from agent_runtime.contracts import (
    Channel,
    CompanyProfile,
    DecideRequest,
    EnabledServices,
    HistoryEntry,
    Hours,
    OpeningHours,
    Routing,
    RoutingRule,
    TenantConfig,
    Voice,
)
from agent_runtime.decision.intents import forget
from agent_runtime.engine.dry_run import dry_run

from .rows import Row, percentile

DECISIONS = 1000
LETTERS = 100
WARM_UP = 50
LETTER = """Olá, boa tarde! Tudo bem com vocês?
Comprei uma ração na loja na semana passada e gostaria de saber se posso trocar por outra de sabor
diferente, pois meu cachorro não gostou muito. O pacote ainda está fechado e tenho a nota fiscal
comigo. Também queria saber o horário de funcionamento no sábado e se fazem entrega em Campinas.
Desde já agradeço a atenção.
Atenciosamente,
Maria"""
"""An ordinary e-mail."""
TEXTS = (
    "oi",
    "qto custa a racao golden 15kg?",
    "Boa tarde! Vocês abrem sábado? E até que horas? Queria saber também se tem areia de gato",
    "cade meu pedido SO0123? era p chegar ontem, meu cpf é 529.982.247-25",
    "quero marcar um banho pro meu cachorro dia 22/11 às 14h",
    "vcs aceitam pix? parcela em quantas vezes no cartão",
    "Comprei um bebedouro semana passada e ele parou de funcionar. Como faço pra trocar?",
    "quero falar com uma pessoa",
    "e no domingo?",
    "How much is the dog food and do you deliver to downtown?",
    "¿Cuánto cuesta el envío? ¿Dónde está mi pedido?",
    "obrigada!! 😍",
    "Olá, tudo bem?\nMeu nome é Ana\nvi no instagram a promoção de 20%\nainda tá valendo?\n"
    "me liga no (19) 99876-5432 ou escreve pra ana@exemplo.com.br",
    LETTER,
)
_WORDS = ("aquário", "coleira", "vacina", "tosa", "ração", "brinquedo", "casinha", "banho")
HISTORY = ("oi", "Olá! Como posso ajudar?", "que horas vocês abrem?", "Abrimos às 8:00.") * 3


E_MAIL = "\n".join(
    (
        "Prezados, boa tarde. Escrevo sobre a ração que comprei na semana passada na sua loja.",
        *(
            f"No dia {day} o entregador veio às {day % 9 + 9}h, e o pacote de {day} kg estava "
            "aberto; fiquei de falar com o gerente, mas ninguém soube dizer se a troca é possível."
            for day in range(1, 19)
        ),
        "Podem me dizer qual é o prazo de troca e se vocês abrem no sábado? Atenciosamente, Ana",
    )
)
"""Some 3,000 characters, as letters are."""
LONG_HISTORY = (E_MAIL,) * 10


def measure() -> list[Row]:
    """The median and the 95th percentile over mixed texts, with history and routing rules; and
    the median of a letter, and of a short question after ten letters."""
    return [
        *_rows("decision_ms", TEXTS, HISTORY, DECISIONS, (0.5, 0.95)),
        *_rows("decision_ms letter", (E_MAIL,), (), LETTERS, (0.5,)),
        *_rows("decision_ms after letters", (TEXTS[1],), LONG_HISTORY, LETTERS, (0.5,)),
    ]


def _rows(
    name: str, asked: Sequence[str], said: Sequence[str], count: int, shares: Sequence[float]
) -> list[Row]:
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    config = _config(now)
    history = tuple(
        HistoryEntry(
            role="crew" if number % 2 else "customer",
            text=text,
            sent_at=now - timedelta(minutes=len(said) - number),
        )
        for number, text in enumerate(said)
    )
    taken = []
    texts = itertools.islice(itertools.cycle(asked), WARM_UP + count)
    for text in texts:
        request = DecideRequest(account_id=1, text=text, history=history, moment=now)
        # A customer's message is a new one; only the words of the routing rules are known.
        forget()
        start = time.perf_counter()
        dry_run(request, config)
        taken.append((time.perf_counter() - start) * 1000)
    measured = taken[WARM_UP:]
    return [
        Row(f"{name} p{100 * share:.0f}", percentile(measured, share), "ms") for share in shares
    ]


def _config(now: datetime) -> TenantConfig:
    rules = (
        RoutingRule(channel=Channel.EMAIL, crew="email"),
        RoutingRule(keywords=("nota fiscal", "boleto"), role="support"),
        RoutingRule(intent="order", label="vip", priority="high", role="orders"),
        RoutingRule(hours="closed", crew="web"),
        *(
            RoutingRule(keywords=tuple(f"palavra {n} {word}" for word in _WORDS), role="sales")
            for n in range(10)
        ),
    )
    return TenantConfig(
        account_id=1,
        owner="bench",
        version=1,
        published_at=now,
        content_hash="0" * 64,
        language="pt_BR",
        currency="BRL",
        company=CompanyProfile(name="Bench"),
        voice=Voice(),
        hours=Hours(
            timezone="America/Sao_Paulo",
            week=tuple(OpeningHours(weekday=day, start="08:00", end="18:00") for day in range(5)),
        ),
        services=EnabledServices(sales=True, scheduling=True, delivery=True, support=True),
        routing=Routing(rules=rules),
    )
