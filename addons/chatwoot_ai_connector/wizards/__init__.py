from . import (
    chatwoot_routing_trial,
    chatwoot_self_test,
    chatwoot_self_test_line,
    chatwoot_test_chat,
    chatwoot_test_exchange,
)
