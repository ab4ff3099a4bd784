def uninstall_hook(env):
    """Have the stores forget the documents that leave with the addon."""
    env["ai.knowledge.binding"]._forget_models(["business.support.document"])
