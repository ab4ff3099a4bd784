from . import chatwoot_account, chatwoot_request
