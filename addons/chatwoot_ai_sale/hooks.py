def uninstall_hook(env):
    """The assistant must not go on offering what nobody can do any more."""
    env["ai.tenant"].search([])._publish_mark()
