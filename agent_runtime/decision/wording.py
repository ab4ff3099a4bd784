"""The decision in plain words, in the tenant's language: read by the owner in Odoo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .routing import Route


@dataclass(frozen=True)
class Wording:
    """Sentences of one language."""

    texts: dict[str, Any]

    def intent(self, name: str) -> str:
        """An intent as the owner would call it."""
        return self.texts["intents"].get(name, name)

    def concern(self, detail: str) -> str:
        """What in particular asks for a person: the sensitive topic, or how annoyance shows."""
        return self.texts["concerns"].get(detail, detail)

    def needs_person(self, reason: str, detail: str) -> str:
        """That the message asks for a person, and why."""
        why = self.texts["needs_person"][reason]
        return f"{why} ({self.concern(detail)})" if detail else why

    def route(self, taken: Route, channel: str) -> str:
        """Why the turn goes to the crew."""
        crew = self.texts["crews"][taken.crew]
        if taken.by == "channel":
            return self.texts["channel"].format(channel=self.texts["channels"][channel], crew=crew)
        if taken.rule is None:
            return self.texts["default_crew"].format(crew=crew)
        fits = [self.texts["any_channel"]]
        if taken.rule.channel is not None:
            fits = [self.texts["channels"][taken.rule.channel.value]]
        if taken.rule.inbox is not None:
            fits.append(self.texts["inbox"].format(inbox=taken.rule.inbox))
        return self.texts["routing_rule"].format(
            number=taken.number, fits=", ".join(fits), crew=crew
        )

    def history(self, count: int) -> str:
        """How much of the conversation came before."""
        return self.texts["history"].format(count=count) if count else self.texts["no_history"]

    def topic(self, follows: bool) -> str:
        """Whether the message continues an earlier one."""
        return self.texts["follows" if follows else "stands_alone"]

    def opened(self, is_open: bool) -> str:
        """Whether the company is open at the moment of the turn."""
        return self.texts["open" if is_open else "closed"]

    def known(self, known: bool) -> str:
        """Whether the customer's name is known."""
        return self.texts["known" if known else "unknown"]

    def in_force(self, count: int, temporary: int) -> str:
        """How many rules hold."""
        return self.texts["in_force"].format(count=count, temporary=temporary)

    def services(self, names: list[str]) -> str:
        """Which services the tenant has switched on."""
        listed = ", ".join(self.texts["services"][name] for name in names)
        return self.texts["enabled"].format(services=listed or self.texts["none"])

    def reason(
        self,
        *,
        taken: Route,
        channel: str,
        intents: list[str],
        follows: bool,
        history: int,
        rules: int,
    ) -> str:
        """The whole decision in two or three short sentences."""
        parts = [
            self.route(taken, channel),
            self.texts["topics"].format(topics=", ".join(self.intent(i) for i in intents)),
        ]
        if follows:
            parts.append(self.texts["follows"])
        parts.append(self.history(history))
        parts.append(self.texts["rules"].format(count=rules))
        return " ".join(f"{part.rstrip('.')}." for part in parts)


def of(language: str) -> Wording:
    """The wording of an Odoo language code; English for what we do not speak."""
    return _PT if language.lower().startswith("pt") else _EN


_PT = Wording(
    {
        "intents": {
            "greeting": "saudação",
            "thanks": "agradecimento ou despedida",
            "opening_hours": "horário de funcionamento",
            "address_contact": "endereço ou contato",
            "product_price_stock": "preço ou estoque de produto",
            "promotion": "promoção",
            "policy_question": "políticas e condições",
            "person_request": "pedido de atendimento humano",
            "service_catalogue": "serviços oferecidos",
            "booking": "pedido de agendamento",
            "about_company": "o que a empresa faz",
            "rating": "avaliação do atendimento",
            "identity": "quem está respondendo",
            "other": "outro assunto",
        },
        "channels": {
            "whatsapp": "WhatsApp",
            "facebook": "Facebook",
            "instagram": "Instagram",
            "email": "e-mail",
            "web": "site",
            "sms": "SMS",
            "telegram": "Telegram",
            "api": "API",
        },
        "crews": {
            "whatsapp": "mensagens curtas",
            "facebook": "Facebook",
            "instagram": "Instagram",
            "email": "e-mail",
            "web": "site",
            "internal": "atendimento interno",
        },
        "services": {
            "sales": "vendas",
            "scheduling": "agendamento",
            "delivery": "entrega",
            "support": "suporte",
        },
        "channel": "O canal {channel} é atendido pela equipe de {crew}",
        "routing_rule": "A regra de roteamento {number} ({fits}) entrega à equipe de {crew}",
        "default_crew": "A equipe padrão da empresa responde: {crew}",
        "any_channel": "qualquer canal",
        "inbox": "caixa de entrada {inbox}",
        "concerns": {
            "legal": "questão jurídica ou de defesa do consumidor",
            "emergency": "possível emergência",
            "self_harm": "risco de a pessoa se machucar",
            "accident": "acidente ou dano à saúde",
            "privacy": "dados pessoais ou descadastro",
            "violence": "discriminação, assédio ou ameaça",
            "fraud": "fraude ou cobrança contestada",
            "insult": "ofensas",
            "in_vain": "diz que não obteve resposta",
            "treated_badly": "reclama do atendimento ou do serviço",
            "repeated": "repetiu a mesma pergunta",
        },
        "needs_person": {
            "sensitive_topic": "Assunto delicado",
            "frustration": "Cliente insatisfeito",
            "asked_for_person": "Pedido de atendimento humano",
        },
        "topics": "Assuntos: {topics}",
        "history": "{count} mensagens anteriores na conversa",
        "no_history": "Primeira mensagem da conversa",
        "follows": "Continua o assunto da mensagem anterior",
        "stands_alone": "Assunto próprio, não depende da mensagem anterior",
        "open": "A empresa está aberta agora",
        "closed": "A empresa está fechada agora",
        "known": "O nome do cliente é conhecido",
        "unknown": "O nome do cliente não é conhecido",
        "in_force": "{count} regras em vigor, {temporary} delas temporárias",
        "rules": "Regras em vigor: {count}",
        "enabled": "Serviços ativos: {services}",
        "none": "nenhum",
    }
)

_EN = Wording(
    {
        "intents": {
            "greeting": "greeting",
            "thanks": "thanks or goodbye",
            "opening_hours": "opening hours",
            "address_contact": "address or contact",
            "product_price_stock": "price or stock of a product",
            "promotion": "promotion",
            "policy_question": "policies and terms",
            "person_request": "request for a person",
            "service_catalogue": "services offered",
            "booking": "request for an appointment",
            "about_company": "what the company does",
            "rating": "rating of the service",
            "identity": "who is answering",
            "other": "another subject",
        },
        "channels": {
            "whatsapp": "WhatsApp",
            "facebook": "Facebook",
            "instagram": "Instagram",
            "email": "e-mail",
            "web": "website",
            "sms": "SMS",
            "telegram": "Telegram",
            "api": "API",
        },
        "crews": {
            "whatsapp": "short messages",
            "facebook": "Facebook",
            "instagram": "Instagram",
            "email": "e-mail",
            "web": "website",
            "internal": "internal service",
        },
        "services": {
            "sales": "sales",
            "scheduling": "scheduling",
            "delivery": "delivery",
            "support": "support",
        },
        "channel": "The {channel} channel is served by the {crew} crew",
        "routing_rule": "Routing rule {number} ({fits}) leads to the {crew} crew",
        "default_crew": "The company's default crew answers: {crew}",
        "any_channel": "any channel",
        "inbox": "inbox {inbox}",
        "concerns": {
            "legal": "law or consumer protection",
            "emergency": "possible emergency",
            "self_harm": "risk of self-harm",
            "accident": "accident or harm to health",
            "privacy": "personal data or unsubscribing",
            "violence": "discrimination, harassment or threat",
            "fraud": "fraud or disputed charge",
            "insult": "insults",
            "in_vain": "says that nobody answered",
            "treated_badly": "complains about the service",
            "repeated": "has repeated the same question",
        },
        "needs_person": {
            "sensitive_topic": "Sensitive subject",
            "frustration": "Annoyed customer",
            "asked_for_person": "Request for a person",
        },
        "topics": "Subjects: {topics}",
        "history": "{count} earlier messages in the conversation",
        "no_history": "First message of the conversation",
        "follows": "Continues the subject of the previous message",
        "stands_alone": "A subject of its own, independent of the previous message",
        "open": "The company is open now",
        "closed": "The company is closed now",
        "known": "The customer's name is known",
        "unknown": "The customer's name is not known",
        "in_force": "{count} rules in force, {temporary} of them temporary",
        "rules": "Rules in force: {count}",
        "enabled": "Services switched on: {services}",
        "none": "none",
    }
)
