from . import controllers, models, runtime_process, wizards
from .access_log import hide_route_tokens
from .hooks import post_init_hook, uninstall_hook
from .nodb import serve_webhooks_without_database

hide_route_tokens()
serve_webhooks_without_database()
