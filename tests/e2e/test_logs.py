"""Neither secrets nor what people wrote may be found in a log."""

import pytest

from demo.chatwoot_double import Contact
from demo.scenario import PLAYS

from .tokens import HEALTH_TOKEN, METRICS_TOKEN

TELLING = 25
"""Letters from which on a text is taken for a customer's own words and not for anybody's."""


@pytest.fixture(scope="module")
def log(stage):
    """Everything all processes of the stage have logged."""
    folder = stage.odoo.log.parent
    return "\n".join(
        path.read_text(encoding="utf-8", errors="replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


def test_there_is_a_log(log):
    assert "agent_runtime" in log


def test_no_secret_in_the_logs(stage, log):
    secrets = [HEALTH_TOKEN, METRICS_TOKEN, *stage.double.webhook_secrets]
    secrets += [staged.api_key for staged in stage.tenants.values()]
    for account in stage.double.accounts.values():
        for bot in account.bots:
            secrets += [bot.access_token, bot.secret]
        secrets += [user.access_token for user in account.users]
    assert [secret[:4] for secret in secrets if secret in log] == []


def test_no_text_of_a_customer_in_the_logs(stage, log):
    said = {
        message.content
        for account in stage.double.accounts.values()
        for conversation in account.conversations.values()
        for message in conversation.messages
        if isinstance(message.sender, Contact) and len(message.content or "") >= TELLING
    }
    said |= {text for what in PLAYS for text in (*what.before, *what.says)}
    assert [text[:20] for text in said if text in log] == []


def test_no_answer_in_the_logs(stage, log):
    sent = [
        message.content
        for staged in stage.tenants.values()
        for conversation in staged.account.conversations.values()
        for message in stage.double.answers(conversation)
    ]
    assert sent
    assert [text[:20] for text in sent if text in log] == []


def test_secrets_are_encrypted_in_the_database(stage):
    for staged in stage.tenants.values():
        rows = staged.ledger.rows(
            "SELECT bot_token, webhook_secret, account_webhook_secret, user_token"
            "  FROM chatwoot_account"
        )
        stored = " ".join(str(value) for row in rows for value in row)
        assert stored
        secrets = {staged.bot.access_token, staged.bot.secret, *stage.double.webhook_secrets}
        secrets |= {user.access_token for user in staged.account.users}
        assert [secret[:4] for secret in secrets if secret in stored] == []
