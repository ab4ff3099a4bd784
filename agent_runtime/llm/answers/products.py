"""Answering what a product costs and whether it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...decision.by_price import by_price
from ...decision.concepts import concept, concepts
from ...decision.exclusions import exclusions, without_exclusions
from ...decision.queries import product_query
from ...decision.sizes import sizes
from ...decision.terms import named
from ...decision.text import plain, words
from ...engine.briefing import Briefing
from ...engine.choices import MOST, titles
from ...engine.companions import COMPANION
from ...evidence import Evidence
from ...spelling import common
from . import promotions
from .money import money, number
from .phrases import listed, phrases
from .relevance import ENOUGH, coverage, is_exact, is_meant, sentences
from .statement import Question, Statement

SHOWN = 3
ANIMALS = frozenset({"DOG", "CAT"})
"""Concepts that tell apart products of the same name."""
_WORDS = """
    loja lojas tamanho tamanhos tam numero numeracao size pacote pacotes saco sacos free
    barato barata baratos baratas baratinho baratinha bom boa bons boas melhor melhores legal
    cheap good best
    reais hoje amanha vem segunda terca quarta quinta sexta sabado domingo feira
"""
BESIDE = frozenset(_WORDS.split())
"""Words around a thing that no product is called by."""
_CLOCK = re.compile(r"\d{1,2}h\d{0,2}")
_COMES_BACK = re.compile(
    r"\b(?:quando|que dia|previsao|prazo)\b[^.?!]*\b(?:cheg|volt|repo|vai ter|vem|tera)"
    r"|\bwhen\b[^.?!]*\b(?:back|arriv|restock|available)"
)
_PLAIN_UNITS = {"unit", "units", "unit(s)", "unidade", "unidades", "unidade(s)", "un", "und"}


def answer(briefing: Briefing) -> list[Statement]:
    """Price and stock of the product named, or the choices when several fit equally."""
    asked = _asked(briefing)
    if not asked:
        return []
    matches = _matches(asked, briefing)
    exact = [product for product in matches if _is_exact(asked, product, briefing)]
    if len(exact) == 1:
        return [_one(exact[0], briefing)]
    if exact:
        wanted = _by_price(exact, briefing)
        return [_one(wanted, briefing)] if wanted else [_choice(exact, briefing)]
    return [_similar(matches[:SHOWN], briefing)] if matches else []


def best_match(briefing: Briefing) -> float:
    """Share of what was named that the best fitting product knows, 0 when none fits."""
    asked = _asked(briefing)
    return max((coverage(asked, _words(m)) for m in _matches(asked, briefing)), default=0.0)


def is_named(briefing: Briefing) -> bool:
    """Whether a product is the thing asked for, and not only like it."""
    asked = _asked(briefing)
    return any(_is_exact(asked, product, briefing) for product in _matches(asked, briefing))


def is_headed(briefing: Briefing) -> bool:
    """Whether a product that is meant is called first by what is asked for."""
    asked = _asked(briefing)
    heads = [named(product.title)[:1] for product in _matches(asked, briefing)]
    return any(concept(word) in asked[:1] for head in heads for word in head)


def names_nothing(briefing: Briefing) -> bool:
    """Whether the customer asks for a product without saying which."""
    return not _asked(briefing) and not exclusions(briefing.question).lacking


def _asked(briefing: Briefing) -> list[str]:
    """The concepts named, in order: the first is the thing, what follows describes it.

    A number is never the thing: "3 areias" are not any product of 3 kg.
    """
    spoken = named(product_query(briefing.question, briefing.latest))
    things = sorted((word for word in spoken if not _is_beside(word)), key=str.isdigit)
    return list(dict.fromkeys(_wanted(map(concept, things), briefing)))


def _is_beside(word: str) -> bool:
    return word in BESIDE or bool(_CLOCK.fullmatch(word))


def _wanted(spoken: Iterable[str], briefing: Briefing) -> list[str]:
    """What is said without what is not wanted: "suco sem ser de uva" asks for juice."""
    no = exclusions(briefing.question).all | exclusions(briefing.latest).all
    return [word for word in spoken if word not in no]


def suits(piece: Evidence, briefing: Briefing) -> bool:
    """Whether a product or service may be told to somebody who wants it without something.

    It must say that it lacks what may make somebody ill: silence is no promise.
    """
    asked = (exclusions(briefing.question), exclusions(briefing.latest))
    lacking = asked[0].lacking | asked[1].lacking
    no = lacking | asked[0].other | asked[1].other
    text = f"{piece.title} {piece.text}"
    return not no & concepts(without_exclusions(text)) and lacking <= exclusions(text).lacking


def awaited(told: Iterable[Statement], briefing: Briefing) -> bool:
    """Whether it is asked when something told of, which is out of stock, comes back: nobody here
    knows."""
    meant = {reference for statement in told for reference in statement.references}
    out = any(
        piece.reference in meant and piece.data.get("stock_state") == "out_of_stock"
        for piece in briefing.evidence
        if piece.kind == "product"
    )
    return out and bool(_COMES_BACK.search(plain(briefing.latest)))


def only_for_another_animal(briefing: Briefing) -> bool:
    """Whether the thing named is sold, but for none of the animals asked for."""
    asked = _asked(briefing)
    return bool(_ranked(asked, briefing)) and not _matches(asked, briefing)


def _is_exact(asked: list[str], product: Evidence, briefing: Briefing) -> bool:
    """Whether a product is the thing asked for, and of the size asked for."""
    wanted = sizes(briefing.latest, product.title) or sizes(briefing.question, product.title)
    return is_exact(asked, _words(product)) and wanted <= set(words(product.title))


def _matches(asked: list[str], briefing: Briefing) -> list[Evidence]:
    """The products for the animal asked for that rank first."""
    animals = ANIMALS & concepts(briefing.latest) or ANIMALS.intersection(asked)
    ranked = [
        (rank, product)
        for rank, product in _ranked(asked, briefing)
        if not for_another_animal(product, animals)
    ]
    best = max((rank for rank, _product in ranked), default=None)
    return [product for rank, product in ranked if rank == best]


def _ranked(asked: list[str], briefing: Briefing) -> list[tuple[tuple[float, ...], Evidence]]:
    """The products that know most of what was named, by their name before their description.

    What the latest message names comes before what it follows up.
    """
    latest = concepts(briefing.latest).intersection(asked)
    ranked = []
    for product in briefing.evidence:
        if product.kind != "product" or product.data.get(COMPANION):
            continue
        if not suits(product, briefing):
            continue
        by_name = coverage(asked, _name(product))
        by_text = coverage(asked, f"{product.title} {product.text}")
        recent = coverage(latest, _name(product))
        follows = briefing.latest != briefing.question
        if is_meant(asked, _words(product)) or (follows and by_text == ENOUGH):
            ranked.append(((recent, by_name, by_text), product))
    return ranked


def for_another_animal(product: Evidence, asked: frozenset[str]) -> bool:
    """Whether a product or service is for animals, and none of them was asked for."""
    meant = ANIMALS & concepts(_words(product))
    return bool(asked and meant and not asked & meant)


def _name(product: Evidence) -> str:
    """What a product is called by, without what its name says that it lacks."""
    return f"{without_exclusions(product.title)} {product.data.get('default_code') or ''}"


def _words(product: Evidence) -> str:
    """What a product has, as far as its texts tell."""
    return f"{_name(product)} {without_exclusions(product.text)}"


def _one(product: Evidence, briefing: Briefing) -> Statement:
    lines = [_price(product, briefing)]
    if stock := _stock(product, briefing):
        lines.append(stock)
    if told := _property(product, briefing):
        lines.append(told)
    offers = promotions.of_product(product, briefing)
    lines += [promotions.of_product_line(offer, briefing) for offer in offers]
    return Statement(" ".join(lines), (product.reference, *(offer.reference for offer in offers)))


def _property(product: Evidence, briefing: Briefing) -> str:
    """The sentence of the description that knows what was asked beside the product's name."""
    name = concepts(product.title)
    asked = [word for word in _asked(briefing) if not common([word], name)]
    told = [s for s in sentences(product.text) if not concepts(s) <= name]
    best = max(told, key=lambda sentence: coverage(asked, sentence), default="")
    return best if coverage(asked, best) else ""


def _by_price(products: list[Evidence], briefing: Briefing) -> Evidence | None:
    """The cheapest or the dearest, where that is asked for and told by the prices."""
    end = by_price(briefing.latest)
    prices = [product.data.get("price") for product in products]
    if not end or None in prices or len(set(prices)) < len(prices):
        return None
    return (min if end == "least" else max)(products, key=lambda product: product.data["price"])


def _choice(products: list[Evidence], briefing: Briefing) -> Statement:
    """Which of them is meant: as a list with prices, and as a question beside a list."""
    say, shown = phrases(briefing.language), products[:SHOWN]
    lines = [say["which_product"], *_lines(shown, briefing), say["which_product_end"]]
    references = tuple(product.reference for product in shown)
    return Statement("\n".join(lines), references, _question(products[:MOST], briefing))


def _question(products: list[Evidence], briefing: Briefing) -> Question | None:
    """What they cost from to, which are out of stock, and which one is meant."""
    if not titles([product.title for product in products]):
        return None
    say = phrases(briefing.language)
    lines = [_span(products, briefing)]
    out = [p.title for p in products if p.data.get("stock_state") == "out_of_stock"]
    if len(out) == len(products):
        lines.append(say["options_all_out"])
    elif out:
        lines.append(say["options_out"].format(products=listed(out, briefing.language)))
    lines.append(say["which_product_end"])
    return Question(" ".join(lines), tuple(product.reference for product in products))


def _span(products: list[Evidence], briefing: Briefing) -> str:
    say = phrases(briefing.language)
    prices = [product.data.get("price") for product in products]
    currencies = {product.data.get("currency") or briefing.currency for product in products}
    if None in prices or len(currencies) > 1:
        return say["options"]
    currency = currencies.pop()
    low, high = (money(price, currency, briefing.language) for price in (min(prices), max(prices)))
    words = say["options_at" if low == high else "options_between"]
    return words.format(low=low, high=high)


def _similar(products: list[Evidence], briefing: Briefing) -> Statement:
    """What is like the thing asked for, and that it is not the thing."""
    lines = [phrases(briefing.language)["similar"], *_lines(products, briefing)]
    return Statement("\n".join(lines), tuple(product.reference for product in products))


def _lines(products: list[Evidence], briefing: Briefing) -> list[str]:
    say, lines = phrases(briefing.language), []
    for product in products:
        line = _price(product, briefing).rstrip(".")
        if product.data.get("stock_state") == "out_of_stock":
            line += f" ({say['option_out']})"
        lines.append(f"- {line}")
    return lines


def _price(product: Evidence, briefing: Briefing) -> str:
    say = phrases(briefing.language)
    price = product.data.get("price")
    if price is None:
        return say["no_price"].format(product=product.title)
    currency = product.data.get("currency") or briefing.currency
    return say["price"].format(
        product=product.title, price=money(price, currency, briefing.language)
    )


def _stock(product: Evidence, briefing: Briefing) -> str | None:
    say = phrases(briefing.language)
    match product.data.get("stock_state"):
        case "out_of_stock":
            return say["out_of_stock"]
        case "in_stock":
            quantity = product.data.get("quantity") or 0
            if quantity <= 0:
                return say["in_stock_bare"]
            uom = str(product.data.get("uom") or "")
            return say["in_stock"].format(
                quantity=number(quantity, briefing.language),
                uom=say["units"] if not uom or uom.casefold() in _PLAIN_UNITS else uom,
            )
        case _:
            return None
