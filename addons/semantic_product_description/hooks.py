INDEXED_MODELS = ["product.template"]


def post_init_hook(env):
    """Mark the catalogue that was there before the addon."""
    for model in INDEXED_MODELS:
        env[model]._index_backfill()


def uninstall_hook(env):
    """Have the stores forget what only this addon's fields explain."""
    env["ai.knowledge.binding"]._forget_models(INDEXED_MODELS)
