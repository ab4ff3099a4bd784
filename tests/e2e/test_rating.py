"""A customer says goodbye, rates, and says why: one rating in Odoo, asked for once."""

from .asking import PATIENCE, ask, wait_settled

RATING = (
    "SELECT rating_score, rating_scale, rating_reason, rating_suggestion "
    "FROM chatwoot_conversation WHERE display_id = %s"
)


def test_a_rating_comes_bit_by_bit(stage, patas):
    question = ask(stage, patas, "Qual é o telefone de vocês?")
    wait_settled(patas, question)
    conversation = question.conversation

    replies = ("Obrigada, tchau!", "5", "Fui bem atendida", "Abram aos domingos")
    for turns, text in enumerate(replies, 2):
        said = stage.double.customer_says(
            patas.tenant.account_id, patas.inboxes["whatsapp"], conversation.contact, text
        )
        assert said.conversation is conversation
        assert patas.ledger.wait_for(
            lambda ledger, turns=turns: len(ledger.turns(conversation.display_id)) >= turns,
            PATIENCE,
        )
        assert wait_settled(patas, said).state == "delivered"

    assert patas.ledger.rows(RATING, conversation.display_id) == [
        (5, 5, "Fui bem atendida", "Abram aos domingos")
    ]
    answers = [message.content for message in stage.double.answers(conversation)]
    assert sum("1 a 5" in answer for answer in answers) == 1
