def uninstall_hook(env):
    """Have the stores forget the rules and documents that leave with the addon."""
    env["ai.knowledge.binding"]._forget_models(
        [
            "business.rule",
            "business.temporary.rule",
            "business.scheduling.rule",
            "business.delivery.rule",
            "business.support.document",
        ]
    )
