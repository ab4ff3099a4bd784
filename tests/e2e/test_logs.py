"""Neither secrets nor what people wrote may be found in a log."""

import pytest

from demo.scenario import PLAYS


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
    for staged in stage.tenants.values():
        bot, users = staged.bot, staged.account.users
        secrets = [bot.access_token, bot.secret, staged.api_key]
        secrets += [user.access_token for user in users]
        assert [secret[:4] for secret in secrets if secret in log] == []


def test_no_text_of_a_customer_in_the_logs(log):
    assert [what.key for what in PLAYS for text in (*what.before, *what.says) if text in log] == []


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
            "SELECT bot_token, webhook_secret, user_token FROM chatwoot_account"
        )
        stored = " ".join(str(value) for row in rows for value in row)
        assert staged.bot.access_token not in stored
        assert staged.bot.secret not in stored
