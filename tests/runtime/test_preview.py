"""Trying a configuration: the same words a customer would get, without any store."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from agent_runtime.contracts import (
    Channel,
    EnabledServices,
    Preview,
    PreviewRequest,
    RatingRequest,
    ServiceOffer,
    TenantConfig,
    Voice,
    dump_json,
)
from agent_runtime.engine.preview import preview
from agent_runtime.service.app import create_app
from agent_runtime.service.runtime import Runtime
from agent_runtime.settings import Settings
from tests.doubles import turns

TOKEN = "t" * 32
HEADERS = {"Authorization": f"Bearer {TOKEN}"}


def shown(config: TenantConfig | None = None, **changes: object) -> Preview:
    known = {"config": config or turns.config(), "customer_name": "Ana Souza"}
    return preview(PreviewRequest(**known | changes), turns.NOW)


def test_the_three_messages() -> None:
    seen = shown(turns.config(rating=RatingRequest(scale=5), voice=Voice(farewell="Lambeijos!")))
    assert seen.greeting == "Olá, Ana! 😊\n\nComo posso ajudar?"
    assert seen.answer.startswith("Agora estamos abertos, até as 12h.")
    assert seen.farewell.split("\n\n")[1:] == [
        "Lambeijos!",
        "De 1 a 5, que nota você dá ao nosso atendimento?",
    ]


@pytest.mark.parametrize(
    "voice",
    [
        {"greeting": "Oi, aqui é da Patas!"},
        {"farewell": "Lambeijos!"},
        {"sign_off": "Equipe Patas"},
        *({"tone": tone} for tone in ("polite", "professional", "technical")),
        *({"manner": manner} for manner in ("energetic", "calm", "objective")),
        *({"formality": formality} for formality in ("informal", "formal")),
        *({"emoji": emoji} for emoji in ("none", "moderate")),
        {"use_customer_name": False},
        *({"name_frequency": often} for often in ("moderate", "frequent")),
    ],
)
def test_every_setting_of_the_voice_is_seen(voice: dict[str, object]) -> None:
    assert shown(turns.config(voice=Voice(**voice))) != shown()


@pytest.mark.parametrize("manner", ["energetic", "calm"])
def test_the_manner_is_seen_beside_an_own_greeting(manner: str) -> None:
    own = {"greeting": "Oi! Aqui é da Patas.", "manner": manner}
    plain = shown(turns.config(voice=Voice(greeting=own["greeting"])))
    assert shown(turns.config(voice=Voice(**own))) != plain


def test_a_sample_question_is_answered_from_the_configuration() -> None:
    offer = ServiceOffer(key="ai.service.offer,1", name="Banho", pricing="fixed", price=Decimal(60))
    config = turns.config(offers=(offer,))
    assert shown(config, question="quanto custa o banho?").answer == "Banho: R$ 60,00."
    assert "Vou pedir para uma pessoa" in shown(question="vocês consertam celular?").answer
    assert "Vou chamar uma pessoa" in shown(question="quero falar com uma pessoa").answer


def test_rules_are_told_as_in_a_turn() -> None:
    question = "posso pagar em 3x no cartão?"
    assert "3x sem juros" not in shown(question=question).answer
    rule = turns.PAYMENT
    assert "3x sem juros" in shown(question=question, rules=(rule,)).answer
    vip = rule.model_copy(update={"customer_tags": frozenset({"vip"})})
    assert "3x sem juros" not in shown(question=question, rules=(vip,)).answer
    delivers = turns.config(services=EnabledServices(delivery=True))
    quoted = shown(delivers, question="entregam em Contagem?", rules=(turns.delivery(),)).answer
    assert "R$" in quoted


@pytest.mark.parametrize("moment", [turns.NOW, turns.NOW + timedelta(hours=12)])
def test_what_is_said_while_closed_stands_beside_the_voice(moment: datetime) -> None:
    hours = turns.config().hours
    wanted = PreviewRequest(config=turns.config(), customer_name="Ana")
    usual = preview(wanted, moment)
    assert usual.closed is None
    for outside in ("closed_message", "handover"):
        shut = hours.model_copy(update={"outside": outside, "closed_message": "Loja fechada!"})
        seen = preview(wanted.model_copy(update={"config": turns.config(hours=shut)}), moment)
        assert "Loja fechada!\nVoltamos" in seen.closed
        assert seen.model_copy(update={"closed": None}) == usual, "the voice is heard at night too"
    no_week = shut.model_copy(update={"week": ()})
    assert shown(turns.config(hours=no_week)).closed is None


def test_the_channel_shapes_it() -> None:
    assert shown(channel=Channel.EMAIL).answer.endswith("Atenciosamente,\nBicho Bom")


def test_an_english_tenant_is_previewed_in_english() -> None:
    seen = shown(turns.config(language="en_US"))
    assert seen.greeting.startswith("Hello, Ana!")
    assert "We are open now" in seen.answer


def test_it_needs_no_crewai_and_no_second() -> None:
    probe = (
        "import sys; from agent_runtime.engine import preview;"
        "assert not {'crewai', 'mcp', 'qdrant_client', 'torch'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", probe], check=True, timeout=60)
    shown()
    start = time.process_time()
    shown(question="quanto custa a ração?")
    assert time.process_time() - start < 1


def test_over_http_while_the_runtime_is_still_starting(tmp_path: Path) -> None:
    settings = Settings.from_environ(
        {"AGENT_RUNTIME_TOKEN": TOKEN, "AGENT_RUNTIME_STATE_DIR": str(tmp_path)}
    )
    # Without its lifespan the application never starts, as in the seconds before it is warm.
    over = httpx.ASGITransport(create_app(Runtime(settings)))
    wanted = dump_json(PreviewRequest(config=turns.config(), customer_name="Ana"))

    async def post(body: str, headers: dict[str, str]) -> httpx.Response:
        async with httpx.AsyncClient(transport=over, base_url="http://runtime") as client:
            return await client.post("/v1/preview", content=body, headers=headers)

    assert asyncio.run(post(wanted, {})).status_code == 401
    answer = asyncio.run(post(wanted, HEADERS))
    assert answer.status_code == 200
    assert Preview.model_validate(answer.json()).greeting.startswith("Olá, Ana!")
    assert asyncio.run(post("{}", HEADERS)).status_code == 422


def test_the_preview_of_account_8_says_nothing_of_account_7() -> None:
    seen = shown(turns.clinic(), question="qual o telefone e o endereço?")
    assert "4002-8922" in seen.answer
    assert "Flores" not in seen.model_dump_json()
    assert "Bicho Bom" not in seen.model_dump_json()
