"""The sentences of the built-in responder, Portuguese and English."""

from __future__ import annotations

from typing import Final

_PT: Final = {
    "weekdays": (
        "segunda-feira",
        "terça-feira",
        "quarta-feira",
        "quinta-feira",
        "sexta-feira",
        "sábado",
        "domingo",
    ),
    "weekdays_short": ("segunda", "terça", "quarta", "quinta", "sexta", "sábado", "domingo"),
    "range": "{first} a {last}",
    "and": "e",
    "from_to": "das {start} às {end}",
    "closed": "fechado",
    "week": "Nosso horário: {week}.",
    "open_until": "Agora estamos abertos, até as {end}.",
    "closed_until": "Agora estamos fechados; abrimos {day} às {start}.",
    "closed_now": "Agora estamos fechados.",
    "today": "hoje",
    "tomorrow": "amanhã",
    "on_day": "{weekday} ({date})",
    "day_open": "{day} abrimos {hours}.",
    "day_closed": "{day} não abrimos.",
    "day_closed_because": "{day} não abrimos ({name}).",
    "closure": "Atenção: em {date} não abrimos ({name}).",
    "closure_range": "Atenção: de {start} a {end} não abrimos ({name}).",
    "closure_part": "Atenção: em {date}, das {start} às {end}, não atendemos ({name}).",
    "no_closures": "Não temos nenhum fechamento programado para os próximos dias.",
    "address": "Nosso endereço: {value}.",
    "phone": "Nosso telefone: {value}.",
    "email": "Nosso e-mail: {value}.",
    "website": "Nosso site: {value}",
    "price": "{product}: {price}.",
    "no_price": "{product}: não tenho o preço aqui.",
    "in_stock": "Temos em estoque ({quantity} {uom}).",
    "in_stock_bare": "Temos em estoque.",
    "units": "unidades",
    "out_of_stock": "No momento está sem estoque.",
    "name_product": "Qual produto você procura?",
    "which_product": "Encontrei mais de uma opção:",
    "which_product_end": "Qual delas você procura?",
    "option_out": "sem estoque",
    "promotions": "Promoções válidas agora:",
    "promotion": "Promoção válida agora:",
    "until": "válida até {date}",
    "until_time": "válida até {date} às {time}",
    "no_promotion": "No momento não temos nenhuma promoção em vigor.",
    "not_this_promotion": "Não temos essa promoção em vigor no momento.",
    "help": "Como posso ajudar?",
    "identity": "Sou o assistente virtual da empresa {company}. "
    "Se preferir falar com uma pessoa, é só pedir.",
    "welcome": "Por nada! Estamos à disposição.",
    "unknown_about": "Sobre {topic}, não encontrei a informação aqui.",
    "topics": {
        "opening_hours": "o horário",
        "address_contact": "o contato pedido",
        "product_price_stock": "o produto",
        "policy_question": "as condições",
        "promotion": "a promoção",
        "other": "o restante da pergunta",
    },
}

_EN: Final = {
    "weekdays": (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ),
    "weekdays_short": (
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ),
    "range": "{first} to {last}",
    "and": "and",
    "from_to": "from {start} to {end}",
    "closed": "closed",
    "week": "Our hours: {week}.",
    "open_until": "We are open now, until {end}.",
    "closed_until": "We are closed now; we open {day} at {start}.",
    "closed_now": "We are closed now.",
    "today": "today",
    "tomorrow": "tomorrow",
    "on_day": "{weekday} ({date})",
    "day_open": "{day} we are open {hours}.",
    "day_closed": "{day} we are closed.",
    "day_closed_because": "{day} we are closed ({name}).",
    "closure": "Please note: on {date} we are closed ({name}).",
    "closure_range": "Please note: from {start} to {end} we are closed ({name}).",
    "closure_part": "Please note: on {date}, from {start} to {end}, we are closed ({name}).",
    "no_closures": "No closures are planned for the next days.",
    "address": "Our address: {value}.",
    "phone": "Our phone: {value}.",
    "email": "Our e-mail: {value}.",
    "website": "Our website: {value}",
    "price": "{product}: {price}.",
    "no_price": "{product}: I do not have the price here.",
    "in_stock": "We have it in stock ({quantity} {uom}).",
    "in_stock_bare": "We have it in stock.",
    "units": "units",
    "out_of_stock": "It is out of stock at the moment.",
    "name_product": "Which product are you looking for?",
    "which_product": "I found more than one option:",
    "which_product_end": "Which one are you looking for?",
    "option_out": "out of stock",
    "promotions": "Promotions valid now:",
    "promotion": "Promotion valid now:",
    "until": "valid until {date}",
    "until_time": "valid until {date} at {time}",
    "no_promotion": "There is no promotion running at the moment.",
    "not_this_promotion": "That promotion is not running at the moment.",
    "help": "How can I help you?",
    "identity": "I am the virtual assistant of {company}. "
    "If you would rather talk to a person, just say so.",
    "welcome": "You are welcome!",
    "unknown_about": "I could not find the information about {topic} here.",
    "topics": {
        "opening_hours": "the hours",
        "address_contact": "the contact you asked for",
        "product_price_stock": "the product",
        "policy_question": "the terms",
        "promotion": "the promotion",
        "other": "the rest of your question",
    },
}


def phrases(language: str) -> dict:
    """The sentences of an Odoo language code; English for what we do not speak."""
    return _PT if language.lower().startswith("pt") else _EN


def listed(items: list[str], language: str) -> str:
    """``a, b e c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {phrases(language)['and']} {items[-1]}"
