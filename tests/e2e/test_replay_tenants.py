"""Two databases and a second company behind one address: everybody's messages are their own."""

from __future__ import annotations

import time
import uuid
from dataclasses import replace

from demo.chatwoot_double.outbox import webhook_headers
from demo.chatwoot_double.payloads import message_event
from demo.chatwoot_double.wire import rails_json

from .asking import PATIENCE, ask, wait_settled
from .served import outcome, served_once, wait_rest
from .stores import in_odoo
from .webhook import post

PHONE = "Qual é o telefone de vocês?"
BRANCH = 303
OF_COMPANY = """
SELECT y.name, count(t.id) FROM chatwoot_conversation c
  JOIN chatwoot_account a ON a.id = c.chatwoot_account_id
  JOIN res_company y ON y.id = c.company_id
  LEFT JOIN chatwoot_turn t ON t.conversation_id = c.id AND t.company_id = c.company_id
 WHERE a.account_id = %s AND c.display_id = %s GROUP BY y.name
"""


def _unheard(stage, staged):
    with stage.double.holding_back():
        return ask(stage, staged, PHONE)


def test_without_a_route_token_the_account_number_finds_the_database(stage, patas, sorriso):
    plain = f"{stage.odoo.url}/webhook/chatwoot"
    asked = {staged.database: (staged, _unheard(stage, staged)) for staged in (patas, sorriso)}
    for staged, message in asked.values():
        body = rails_json(message_event("message_created", message))
        assert post(plain, body, staged.bot.secret).status_code == 200
    for staged, message in asked.values():
        wait_settled(staged, message)
        assert served_once(stage, staged, message) == "delivered"


def test_the_same_delivery_id_in_two_accounts_is_two_deliveries(stage, patas, sorriso):
    delivery = str(uuid.uuid4())
    for staged in (patas, sorriso):
        message = _unheard(stage, staged)
        body = rails_json(message_event("message_created", message))
        headers = webhook_headers(staged.bot.secret, body, delivery, int(time.time()))
        assert post(staged.webhook_url, body, staged.bot.secret, **headers).status_code == 200
        wait_settled(staged, message)
        assert served_once(stage, staged, message) == "delivered"


def test_a_second_company_of_the_database_is_a_tenant_of_its_own(stage, patas):
    double = stage.double
    account = double.add_account(BRANCH, "Filial")
    user = double.add_user(BRANCH, "Bia")
    bot = double.add_bot(BRANCH, "Assistente", "")
    inbox = double.add_inbox(BRANCH, "WhatsApp", "Channel::Whatsapp", bot)
    chatwoot = {
        "base_url": double.url,
        "bot_token": bot.access_token,
        "webhook_secret": bot.secret,
    }
    call = f"odoo_side.make_company(env, {BRANCH}, {chatwoot!r})"
    bot.outgoing_url = in_odoo(stage, patas, call)
    branch = replace(
        patas,
        tenant=replace(patas.tenant, account_id=BRANCH),
        account=account,
        bot=bot,
        user=user,
        inboxes={"whatsapp": inbox},
        webhook_url=bot.outgoing_url,
    )
    # The directory is written by a job.
    event = rails_json({"event": "conversation_typing_on", "account": {"id": BRANCH}})
    assert patas.ledger.wait_for(
        lambda _ledger: post(branch.webhook_url, event, bot.secret).status_code == 200, PATIENCE
    )
    asked = ask(stage, branch, PHONE)
    wait_settled(branch, asked)
    wait_rest(stage, branch)
    # Nothing is known of the branch yet, not even its telephone.
    assert outcome(stage, branch, asked) == "no_grounded_answer"
    display_id = asked.conversation.display_id
    assert patas.ledger.rows(OF_COMPANY, BRANCH, display_id) == [(f"Filial {BRANCH}", 1)]
    told = " ".join(m.content for m in double.answers(asked.conversation))
    assert patas.tenant.phone not in told
    # The other company's secret opens nothing here, nor the other way round.
    foreign = rails_json(message_event("message_created", asked))
    assert post(branch.webhook_url, foreign, patas.bot.secret).status_code == 401
    assert post(patas.webhook_url, foreign, bot.secret).status_code == 401
