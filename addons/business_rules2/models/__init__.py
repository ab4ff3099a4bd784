# The abstract models first: Odoo builds models in the order of these lines.
from . import company_bound, business_rule_mixin  # isort: skip
from . import (
    ai_tenant,
    business_channel,
    business_rule,
    business_support_document,
    business_temporary_rule,
)
