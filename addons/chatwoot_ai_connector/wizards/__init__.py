from . import chatwoot_self_test, chatwoot_self_test_line
