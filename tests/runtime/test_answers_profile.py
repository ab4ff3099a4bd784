"""What the published profile says, and nothing that it does not."""

from __future__ import annotations

import pytest

from agent_runtime.contracts import CompanyProfile, ContactPoint, ServiceOffer
from agent_runtime.engine.offers_evidence import of_offers
from tests.doubles import turns
from tests.doubles.briefings import answered
from tests.doubles.engine_bench import Bench, engine_settings
from tests.doubles.openai_server import OpenAIServer

COMPANY = CompanyProfile(
    name="Bicho Bom",
    description="Pet shop de bairro, desde 1999.",
    tax_id="12.345.678/0001-90",
    phone="(19) 3255-1234",
    address="Rua das Flores, 100, Campinas",
    website="https://bichobom.example",
    contacts=(
        ContactPoint(kind="instagram", value="https://instagram.com/bichobom"),
        ContactPoint(kind="whatsapp", label="Pedidos", value="+55 31 98888-7777"),
        ContactPoint(kind="address", label="Filial Savassi", value="Rua Pernambuco, 1000"),
        ContactPoint(kind="address", label="Filial Lourdes", value="Rua da Bahia, 2000"),
        ContactPoint(kind="mercado_livre", value="https://loja.example/bichobom"),
        ContactPoint(kind="other", label="Ouvidoria", value="ouvidoria@bichobom.example"),
    ),
)
BARE = CompanyProfile(name="Bicho Bom")


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("qual o CNPJ de vcs?", "Nosso CNPJ: 12.345.678/0001-90."),
        ("qual o insta de vocês?", "Instagram: https://instagram.com/bichobom"),
        ("qual o whatsapp pra pedidos?", "WhatsApp (Pedidos): +55 31 98888-7777."),
        ("tem filial na Savassi?", "Endereço (Filial Savassi): Rua Pernambuco, 1000."),
        ("onde fica a filial da savassi?", "Endereço (Filial Savassi): Rua Pernambuco, 1000."),
        ("vocês estão no Mercado Livre?", "Mercado Livre: https://loja.example/bichobom"),
        ("tem redes sociais?", "Instagram: https://instagram.com/bichobom"),
        ("o que vocês fazem?", "Pet shop de bairro, desde 1999."),
    ],
)
def test_told_because_it_is_published(question: str, told: str) -> None:
    draft = answered(question, company=COMPANY)
    assert draft.body == told
    assert draft.references == ("config",)
    silent = answered(question, company=BARE)
    assert silent.body == ""
    assert silent.unanswered


def test_a_branch_that_does_not_exist_is_answered_with_all_addresses() -> None:
    body = answered("vocês têm filial na Pampulha?", company=COMPANY).body
    assert "Rua das Flores" in body
    assert "Rua Pernambuco" in body
    assert "Rua da Bahia" in body
    assert "Pampulha" not in body


def test_a_shop_where_the_company_is_not_is_not_known() -> None:
    assert answered("vocês estão na Shopee?", company=COMPANY).unanswered == ("address_contact",)


def test_one_number_is_given_for_both_telephone_and_whatsapp() -> None:
    only = CompanyProfile(name="X", phone="(19) 3255-1234")
    assert answered("qual o whatsapp de vcs?", company=only).body == (
        "Nosso telefone: (19) 3255-1234."
    )


def test_the_line_of_business_stands_in_for_a_description() -> None:
    area = CompanyProfile(name="X", business_area="Pet shop")
    assert answered("qual o ramo de vocês?", company=area).body == "Nossa área: Pet shop."


def test_what_a_company_does_includes_its_services() -> None:
    config = turns.config(offers=(ServiceOffer(key="ai.service.offer,1", name="Banho"),))
    body = answered("o que vocês fazem?", *of_offers(config), company=COMPANY).body
    assert body.startswith("Pet shop de bairro")
    assert "- Banho: valor sob consulta" in body


def test_english_tenants_are_answered_in_english() -> None:
    body = answered("what is your tax id?", company=COMPANY, language="en_US").body
    assert body == "Our tax number: 12.345.678/0001-90."


def test_a_model_may_tell_what_is_published_and_no_more(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    bench = Bench.of(
        engine_settings(tmp_path_factory.mktemp("state")), turns.config(company=COMPANY)
    )
    true = (
        "Nosso CNPJ é 12.345.678/0001-90 e o WhatsApp de pedidos é (31) 98888-7777.\n"
        "A filial Savassi fica na Rua Pernambuco, 1000; veja https://instagram.com/bichobom\n"
        "@sources: config"
    )
    false = "Nosso CNPJ é 99.345.678/0001-90; veja https://instagram.com/outra\n@sources: config"
    with OpenAIServer([true, false]) as server:
        model = {"model": "openai/scripted", "base_url": server.url, "api_key": "k"}
        told = bench.run(turns.turn("qual o cnpj?", model=model))
        refused = bench.run(turns.turn("qual o cnpj?", model=model))
        sent = str(server.requests[0])
    assert told.handover is None
    assert "98888-7777" in told.parts[0]
    assert "99.345" not in refused.parts[0]
    assert refused.handover is not None
    for published in ("12.345.678/0001-90", "Filial Lourdes", "loja.example", "Ouvidoria", "1999"):
        assert published in sent
