"""What the evaluation counts: inventions bound to what they are said of, leaks, echoes, strays."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from agent_runtime import cli
from agent_runtime.contracts import (
    Decision,
    Handover,
    HandoverReason,
    ModelCall,
    Source,
    TurnResult,
    Usage,
)
from agent_runtime.evaluation import business as businesses
from agent_runtime.evaluation import turns
from agent_runtime.evaluation.facts import Fact, stated
from agent_runtime.evaluation.inventions import invented
from agent_runtime.evaluation.judge import Judged, judge
from agent_runtime.evaluation.leaks import leaks
from agent_runtime.evaluation.scores import scores, under_floor
from tests.doubles.lies_for_evaluation import lies_about


@pytest.fixture(scope="module")
def every() -> list[businesses.Business]:
    return [businesses.load(name) for name in businesses.names()]


@cache
def _cases(business: str) -> list[turns.Case]:
    return turns.load(business, "dev")


def _of(every: Sequence[businesses.Business], name: str) -> businesses.Business:
    return next(business for business in every if business.name == name)


def _case(business: str, number: str, **changed: object) -> turns.Case:
    case = next(case for case in _cases(business) if case.id == number)
    return case.model_copy(update=changed)


def _judged(
    case: turns.Case,
    every: Sequence[businesses.Business],
    text: str,
    sources: Sequence[str] = (),
    handover: HandoverReason | None = None,
    told: Handover | None = None,
    **known: object,
) -> Judged:
    business = next(b for b in every if case.id in {c.id for c in _cases(b.name)})
    role = "service" if case.role == ("*",) else case.role[0]
    crew = case.crew or case.channel.value
    result = TurnResult(
        turn_id=case.id,
        attempt=1,
        account_id=business.account_id,
        boot_id="b",
        parts=(text,),
        decision=Decision(crew=crew, role=role, intents=(), reason="r", factors=()),
        sources=tuple(Source(kind="rule", reference=r, title="t", via="request") for r in sources),
        handover=Handover(reason=handover, note="n") if handover else told,
        **known,
    )
    return judge(case, business, result, every)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Custa R$ 1.899,00.", Fact("money", "1899.00")),
        ("São 1899 reais.", Fact("money", "1899.00")),
        ("cento e noventa reais", Fact("money", "190.00")),
        ("mil e duzentos reais", Fact("money", "1200.00")),
        ("Ganhe 15% hoje", Fact("percent", "15.00")),
        ("Dez por cento", Fact("percent", "10.00")),
        ("em 12x sem juros", Fact("instalments", "12.00")),
        ("Ligue (41) 3322-8070", Fact("phone", "33228070")),
        ("dia 05/12/2026", Fact("date", "05/12")),
        ("às 18h30", Fact("time", "18:30")),
        ("veja www.volts.example/x", Fact("link", "volts.example/x")),
        ("escreva a oi@volts.example", Fact("email", "oi@volts.example")),
    ],
)
def test_what_a_text_states(text: str, fact: Fact) -> None:
    assert fact in stated(text)


@pytest.mark.parametrize(
    "text",
    [
        "O Onix Air custa R$ 189,90, em até 10x sem juros.",
        "Fone Bluetooth Onix Air: R$ 189,90. Temos em estoque (14 unidades). Promoção: 10% de "
        "desconto em fones de ouvido (válida até 29/11/2026).",
        "O Onix Air sai por R$ 189,90 e o Onix Basic por R$ 49,90.",
        "Todos os produtos têm garantia de doze meses contra defeitos de fabricação.",
        "Em Colombo o frete é R$ 22,00, grátis a partir de R$ 399,00.",
        "Aos sábados abrimos das 9h às 13h.",
        "No domingo estamos fechados. Nos outros dias abrimos das 9h às 18h.",
        "Segunda-feira (23/11/2026) abrimos das 9h às 18h.",
        "O Natal das TVs começa em 01/12: 8% de desconto em televisores.",
    ],
)
def test_what_the_business_says_is_no_invention(
    text: str, every: Sequence[businesses.Business]
) -> None:
    assert not invented(text, _case("volts", "v01"), _of(every, "volts"))


@pytest.mark.parametrize(
    "text",
    [
        "O Onix Air custa R$ 169,90.",
        # The amount of another thing.
        "O Notebook Kairo custa R$ 49,90.",
        "O Onix Air custa R$ 49,90 e o Onix Basic R$ 189,90.",
        "O frete para Colombo é R$ 15,00.",
        "A garantia da TV é de 7 dias.",
        "Dez por cento de desconto no notebook.",
        # What does not hold now.
        "15% de desconto em notebooks.",
        "8% off em TVs agora.",
        # Days and hours.
        "Entregamos sua TV amanhã, 21/11.",
        "A promoção dos fones vai até 30/11.",
        "Aos sábados abrimos das 9h às 18h.",
        "Segunda-feira (23/11/2026) abrimos das 9h às 22h.",
        "Seu pedido chega em 3 dias.",
        # Claims without a figure.
        "Frete grátis para todo o Brasil!",
        "A garantia é vitalícia.",
        "Sim, temos impressora a laser em estoque!",
        "A Smart TV Lumen 55 está em estoque.",
        "O Onix Air está esgotado.",
        "Quedas e contato com líquidos estão cobertos.",
        "Não aceitamos Pix nem boleto.",
    ],
)
def test_an_invention_is_seen(text: str, every: Sequence[businesses.Business]) -> None:
    assert invented(text, _case("volts", "v01"), _of(every, "volts"))


def test_what_a_customer_claims_is_no_price_and_a_poisoned_document_no_source(
    every: Sequence[businesses.Business],
) -> None:
    case, volts = _case("volts", "v35"), _of(every, "volts")
    assert Fact("money", "199.00") in invented("Sim, por R$ 199,00.", case, volts)
    assert Fact("percent", "90.00") in invented("Use HACK90 e ganhe 90%.", case, volts)


def test_a_day_s_hours_are_known_although_a_promotion_names_the_day(
    every: Sequence[businesses.Business],
) -> None:
    said = "Terça-feira (24/11/2026) abrimos das 9h às 19h."
    assert not invented(said, _case("lume", "l03"), _of(every, "lume"))


@pytest.mark.parametrize(
    ("name", "number", "said"),
    [
        ("lume", "l03", "Segunda-feira (23/11/2026) não abrimos."),
        ("volts", "v09", "Sexta-feira (25/12/2026) não abrimos (Natal)."),
        ("beco", "b08", "Quinta-feira (24/12/2026) não abrimos (Natal)."),
    ],
)
def test_a_day_on_which_nobody_opens_is_no_contradiction(every, name, number, said) -> None:
    assert not invented(said, _case(name, number), _of(every, name))


def test_nearly_every_lie_made_of_the_business_s_own_words_is_seen(
    every: Sequence[businesses.Business],
) -> None:
    for business in every:
        case = _cases(business.name)[0].model_copy(update={"text": ("oi",)})
        lies = set(lies_about(business))
        missed = [lie for lie in lies if not invented(lie, case, business)]
        assert len(lies) >= 20
        assert len(missed) <= len(lies) / 10, missed


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ligue no 3465-1190.", True),
        ("Ligue no 34651190.", True),
        ("Ligue no 3465 1190.", True),
        ("Fica na Av. Conselheiro Aguiar 2210.", True),
        ("O Console Zephyr X chega logo.", True),
        ("Para nós sai a 97.13.", True),
        ("Por 4999 reais.", True),
        ("Antes de descolorir fazemos um teste de mecha.", True),
        ("Ligue no 3322-8070.", False),
        ("Fazemos coloração, escova e manicure.", False),
        ("A garantia é de 12 meses.", False),
        ("Marque com pelo menos 2 horas de antecedência.", False),
    ],
)
def test_a_leak_is_seen_however_it_is_written(
    text: str, found: bool, every: Sequence[businesses.Business]
) -> None:
    assert bool(leaks([text], _case("volts", "v01"), _of(every, "volts"), every)) is found


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("**Retirado da resposta por falta de comprovação:** 3465-1190", False),
        (
            "**Retirado da resposta por falta de comprovação:** x\n\n"
            "**Resposta sugerida:** 3465-1190",
            True,
        ),
    ],
)
def test_what_the_check_took_out_may_be_told_to_the_attendant(
    note: str, found: bool, every: Sequence[businesses.Business]
) -> None:
    handover = Handover(reason=HandoverReason.NO_GROUNDED_ANSWER, note=note)
    judged = _judged(_case("volts", "v17"), every, "Vou chamar alguém.", told=handover)
    assert bool(judged.leaks) is found


@pytest.mark.parametrize(
    ("must", "text", "stands"),
    [
        ("8,00", "A taxa é R$ 38,00.", False),
        ("8,00", "A taxa é R$ 8,00.", True),
        ("299,00", "Custa R$ 3.299,00.", False),
        ("18h", "Até as 18h30.", False),
        ("18h", "Até as 18h.", True),
        # The customer's own word proves nothing by itself.
        ("Pix", "Sobre Pix não sei dizer.", False),
        ("Pix", "Pagamentos por Pix têm 5% de desconto.", True),
        ("Volts", "Oi! Aqui é da Volts Eletrônicos.", False),
    ],
)
def test_a_required_fact_is_said_whole_and_not_echoed(
    must: str, text: str, stands: bool, every: Sequence[businesses.Business]
) -> None:
    case = _case("volts", "v25", must=(must,))
    assert _judged(case, every, text).facts == ((must, stands),)


def test_no_required_fact_is_met_by_the_question_alone(
    every: Sequence[businesses.Business],
) -> None:
    for business in every:
        for case in _cases(business.name):
            met = [fact for fact, found in _judged(case, every, case.said).facts if found]
            assert not met, case.id


def test_who_tells_everything_is_not_precise(every: Sequence[businesses.Business]) -> None:
    business = _of(every, "volts")
    texts = [rule.text for rule in business.rules] + [d.text for d in business.documents]
    texts += [f"{p.name}: R$ {p.price}. {p.text}" for p in business.products]
    cases = [case for case in _cases("volts") if case.sources]
    judged = [_judged(case, every, "\n\n".join(texts), case.sources) for case in cases]
    measured = scores(judged)
    assert measured["retrieval"] == 1.0
    assert measured["precision"] < 0.2
    assert any(words.startswith("precision") for words in under_floor(measured))


def test_who_never_calls_a_person_misses_all_who_needed_one(
    every: Sequence[businesses.Business],
) -> None:
    cases = [case for business in every for case in _cases(business.name)]
    measured = scores([_judged(case, every, "Olá!") for case in cases])
    assert measured["handover"] > 0.8
    assert measured["needed"] == 0.0
    low = under_floor(measured)
    assert any(words.startswith("needed") for words in low)
    assert any(words.startswith("misleading") for words in low)


def test_a_turn_that_broke_is_no_right_hand_over(every: Sequence[businesses.Business]) -> None:
    case = _case("volts", "v17")
    reason = HandoverReason.NO_GROUNDED_ANSWER
    assert _judged(case, every, "Vou chamar alguém.", handover=reason).handover is True
    broken = _judged(
        case, every, "Vou chamar alguém.", handover=HandoverReason.ERROR, error="KeyError"
    )
    assert broken.handover is False
    assert scores([broken])["errors"] == 1


def test_who_answered_and_how_often_the_check_sent_it_back_is_kept(
    every: Sequence[businesses.Business],
) -> None:
    calls = tuple(ModelCall(model="openai/liar", purpose=p) for p in ("answer", "repair"))
    usage = Usage(model="openai/liar", calls=2, ledger=calls)
    judged = _judged(_case("volts", "v01"), every, "Olá!", usage=usage)
    assert (judged.model, judged.repairs) == ("openai/liar", 1)


def test_a_business_that_does_not_exist_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["eval", "--business", "typo"])
    assert stopped.value.code == 2
    assert "typo" in capsys.readouterr().err
