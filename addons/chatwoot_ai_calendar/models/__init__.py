from . import chatwoot_account, chatwoot_busy_time, chatwoot_request
