def post_init_hook(env):
    """The assistant is to know that it can tell orders now."""
    env["ai.tenant"].search([])._publish_mark()


def uninstall_hook(env):
    """The assistant must not go on offering what nobody can do any more."""
    env["ai.tenant"].search([])._publish_mark()
