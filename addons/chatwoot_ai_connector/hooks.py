from .intake import directory


def post_init_hook(env):
    """Make the accounts that came with the installation known to the webhook."""
    env["chatwoot.account"]._mark_directory()


def publish_anew(env):
    """An app has joined or left: the assistant is to know at once what it can offer by now."""
    env["ai.tenant"].search([])._publish_mark()


def uninstall_hook(env):
    """Leave neither the directory's entry, which would lead nowhere, nor our own tables."""
    directory.forget(env.cr.dbname)
    env.cr.execute(
        "DROP TABLE IF EXISTS chatwoot_intake_drain, chatwoot_metric_total, chatwoot_metric_fold"
    )
