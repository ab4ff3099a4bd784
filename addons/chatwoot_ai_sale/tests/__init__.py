from . import test_agent_orders, test_quotation
